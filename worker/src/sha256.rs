//! SHA-256 by the platform: native, and the bytes stay in JavaScript.

use ringcentral_ai::http::hex;
use worker::js_sys::{Promise, Uint8Array};
use worker::wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use worker::wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"])]
    fn digest(algorithm: &str, bytes: &Uint8Array) -> Promise;
}

/// The digest in hexadecimal digits.
///
/// # Errors
/// The platform's, which says nothing of the bytes.
pub(crate) async fn sha256(bytes: &Uint8Array) -> Result<String, JsValue> {
    let digest = JsFuture::from(digest("SHA-256", bytes)).await?;
    Ok(hex(&Uint8Array::new(&digest).to_vec()))
}
