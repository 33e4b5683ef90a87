//! The end of a wasm instance: a panic, or whatever else traps, ends it at once and for good.

use wasm_bindgen::handler::set_on_abort;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The entry's.
    #[wasm_bindgen(js_name = onInstanceEnd)]
    fn end();
}

/// Has the entry told at the very moment when this instance ends. Without that the next call into it, which may be an answer to
/// something that the old instance asked, would start the next one by itself and land there with a pointer of the old.
#[wasm_bindgen(js_name = tellInstanceEnd)]
pub fn tell_instance_end() {
    set_on_abort(end);
}
