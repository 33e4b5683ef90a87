//! An error as it crosses to JavaScript: JSON that `www/package/error.mjs` makes a real `Error` of.

use crate::error::{ApiError, Error};
use crate::json::{Object, Value};

/// What an exported function ends with: a refusal is thrown as the text of [`write`].
pub(super) type Result<T> = std::result::Result<T, String>;

/// Every field that a JavaScript error has; those that do not apply are left out.
pub(super) fn write(error: &Error) -> String {
    let mut fields =
        Object::new().text("code", error.code()).text("message", &error.to_string()).flag("retryable", error.is_retryable());
    fields = fields.optional_number("status", error.status().map(u64::from));
    let said = error.ringcentral();
    if !said.is_empty() {
        fields = fields.list("ringcentral", said.iter().map(ApiError::write));
    }
    match error {
        Error::InvalidField { field, .. } => fields.text("field", field),
        Error::PermissionMissing { permission } => fields.text("permission", permission),
        Error::RateLimited { retry_after_s } => fields.number("retryAfter", *retry_after_s),
        Error::Worker { request_id, .. } => fields.optional_text("requestId", request_id.as_deref()),
        _ => fields,
    }
    .write()
}

/// The arguments of a call, which the JavaScript half writes itself.
pub(super) fn arguments(json: &str) -> Result<Value<'_>> {
    let read = Value::parse(json.as_bytes()).filter(Value::is_object);
    read.ok_or_else(|| write(&Error::invalid("options", "they must be an object")))
}
