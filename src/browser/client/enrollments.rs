//! Enrolled speakers, for JavaScript: its `enrollments.mjs` says what is asked of them.

use super::drive::{Give, start};
use super::how::How;
use super::ringcentral::RingCentral;
use crate::engine::ringcentral::enrollments::EnrollmentRequest;
use crate::http::Method;
use crate::secret::Secret;
use alloc::string::String;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl RingCentral {
    /// RingCentral's own answer; `rest` follows the path of the collection.
    pub fn enrollment(&self, method: &str, rest: &str, body: Option<String>, how: &How) -> Promise {
        let method = match method {
            "DELETE" => Method::Delete,
            "PATCH" => Method::Patch,
            "POST" => Method::Post,
            _ => Method::Get,
        };
        let call = self.0.call(EnrollmentRequest::new(method, rest, body.map(Secret::new)));
        start(call, Give::Object, how, None)
    }
}
