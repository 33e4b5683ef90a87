//! How a call's requests are sent: what the JavaScript half says for each call.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AbortSignal, RequestInit};

#[wasm_bindgen]
extern "C" {
    /// The object that `www/package/how.mjs` makes.
    #[derive(Clone)]
    pub type How;

    /// Ends the call.
    #[wasm_bindgen(method, getter)]
    pub(super) fn signal(this: &How) -> Option<AbortSignal>;

    /// An answer that takes longer counts as lost.
    #[wasm_bindgen(method, getter, js_name = limitMs)]
    pub(super) fn limit_ms(this: &How) -> u32;

    /// No pause is longer.
    #[wasm_bindgen(method, getter, js_name = pauseMs)]
    pub(super) fn pause_ms(this: &How) -> u32;

    /// So often something is tried.
    #[wasm_bindgen(method, getter, js_name = maxTries)]
    pub(super) fn max_tries(this: &How) -> u32;

    /// The platform's `fetch`, or one of the caller's.
    #[wasm_bindgen(method, catch)]
    pub(super) fn fetch(this: &How, url: &str, init: &RequestInit) -> Result<Promise, JsValue>;
}
