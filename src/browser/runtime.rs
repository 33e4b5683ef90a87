//! What std would bring along: where memory comes from, and how a panic ends. A page's module has no std, which saves
//! a tenth of it.

use core::arch::wasm32;
use core::panic::PanicInfo;
use talc::wasm::{WasmDynamicTalc, new_wasm_dynamic_allocator};

#[global_allocator]
static MEMORY: WasmDynamicTalc = new_wasm_dynamic_allocator();

/// A trap, which JavaScript sees as a `WebAssembly.RuntimeError`; the message would weigh more than it tells.
#[panic_handler]
fn panicked(_: &PanicInfo<'_>) -> ! {
    wasm32::unreachable()
}
