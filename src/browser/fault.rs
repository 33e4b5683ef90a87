//! An error as it crosses to JavaScript: a `RingCentralError` of `www/package/error.mjs`.

use crate::error::{ApiError, Error};
use crate::json::Object;
use alloc::string::String;
use js_sys::JSON;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(raw_module = "./error.mjs")]
extern "C" {
    type RingCentralError;
    #[wasm_bindgen(constructor)]
    fn new(fields: &JsValue) -> RingCentralError;
}

/// What an exported function ends with.
pub(in crate::browser) type Result<T> = core::result::Result<T, Fault>;

/// A refusal, which JavaScript catches as its error.
#[derive(Debug)]
pub struct Fault(Error);

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl From<Fault> for JsValue {
    fn from(fault: Fault) -> Self {
        thrown(&fault.0)
    }
}

/// The error as JavaScript throws it.
pub(in crate::browser) fn thrown(error: &Error) -> JsValue {
    // What is written here is read; should it ever not be, then that is thrown.
    JSON::parse(&write(error)).map_or_else(Into::into, |fields| RingCentralError::new(&fields).into())
}

/// Whether something that was thrown is the package's own error.
#[cfg(feature = "client")]
pub(in crate::browser) fn is_ours(thrown: &JsValue) -> bool {
    thrown.is_instance_of::<RingCentralError>()
}

/// Every field that a JavaScript error has, as JSON; those that do not apply are left out.
fn write(error: &Error) -> String {
    let mut fields =
        Object::new().text("code", error.code()).text("message", &error.sentence()).flag("retryable", error.is_retryable());
    fields = fields.optional_number("status", error.status().map(u64::from));
    let said = error.ringcentral();
    if !said.is_empty() {
        fields = fields.list("ringcentral", said.iter().map(ApiError::write));
    }
    match error {
        Error::InvalidField { field, .. } => fields.text("field", field),
        Error::PermissionMissing { permission, .. } => fields.text("permission", permission),
        Error::RateLimited { retry_after_s }
        | Error::SessionEnded { retry_after_s }
        | Error::PauseTooLong { retry_after_s, .. } => fields.number("retryAfter", *retry_after_s),
        Error::Worker { details, .. } => fields
            .optional_text("requestId", details.request_id.as_deref())
            .optional_text("permission", details.permission.as_deref())
            .optional_text("field", details.field.as_deref())
            .optional_number("retryAfter", details.retry_after_s),
        _ => fields,
    }
    .write()
}
