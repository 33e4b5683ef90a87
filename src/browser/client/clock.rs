//! Time and chance of the platform.

use crate::call::Now;
use js_sys::{Date, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The longest that `setTimeout` can hold, 24.8 days; a longer sleep is several.
const LONGEST_TIMER_MS: i32 = i32::MAX;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(wake: &Function, ms: i32) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill_random(bytes: &mut [u8]);
}

/// The time and a random number, which the core never gets by itself.
pub(super) fn now() -> Now {
    let mut random = [0; 8];
    fill_random(&mut random);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time is a whole number, after 1970")]
    Now { ms: Date::now() as u64, random: u64::from_le_bytes(random) }
}

/// Ends in so many milliseconds.
pub(super) async fn sleep(mut ms: u64) {
    while ms > 0 {
        let turn = i32::try_from(ms).unwrap_or(LONGEST_TIMER_MS);
        Timer::start(turn).wake.woken().await;
        ms -= u64::from(turn.unsigned_abs());
    }
}

/// A timer that is dropped does not ring.
struct Timer {
    wake: Wake,
    id: JsValue,
}

impl Timer {
    fn start(ms: i32) -> Self {
        let wake = Wake::new();
        let id = set_timeout(wake.function(), ms);
        Self { wake, id }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.id);
    }
}

/// A promise, and the function of JavaScript's that resolves it.
pub(super) struct Wake {
    promise: Promise,
    resolve: Function,
}

impl Wake {
    pub(super) fn new() -> Self {
        // A promise hands over its function before `new` returns.
        let mut resolve = JsValue::UNDEFINED.unchecked_into();
        let promise = Promise::new(&mut |function, _| resolve = function);
        Self { promise, resolve }
    }

    /// The function to be called.
    pub(super) fn function(&self) -> &Function {
        &self.resolve
    }

    /// Waits until it is called.
    pub(super) async fn woken(&self) {
        // It cannot reject.
        let _ = JsFuture::from(self.promise.clone()).await;
    }
}

impl Drop for Wake {
    fn drop(&mut self) {
        // A future of a promise that never resolves would never be freed.
        let _ = self.resolve.call0(&JsValue::UNDEFINED);
    }
}
