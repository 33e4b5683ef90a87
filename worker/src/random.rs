//! Random numbers: the platform's own, good enough for ids that nobody may guess.

use ringcentral_ai::http::hex;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
    fn fill(bytes: &mut [u8]);
}

/// So many random bytes.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    fill(&mut bytes);
    bytes
}

/// A random number.
pub(crate) fn number() -> u64 {
    u64::from_le_bytes(bytes())
}

/// A random id: 128 bits in hexadecimal digits.
pub(crate) fn id() -> String {
    hex(&bytes::<16>())
}

/// A new job's id: UUID version 7, so that ids stand in the order in which they were made.
pub(crate) fn job_id(now_ms: u64) -> String {
    uuid::Builder::from_unix_timestamp_millis(now_ms, &bytes()).into_uuid().hyphenated().to_string()
}
