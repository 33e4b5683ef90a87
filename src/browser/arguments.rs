//! What JavaScript gives with a call: JSON that its half writes.

use super::fault::Result;
use crate::error::Error;
use crate::json::Value;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::slice;

/// The arguments of a call, which the JavaScript half writes itself.
pub(in crate::browser) fn arguments(json: &str) -> Result<Value<'_>> {
    let read = Value::parse(json.as_bytes()).filter(Value::is_object);
    Ok(read.ok_or_else(|| Error::invalid("options", "they must be an object"))?)
}

/// Filters as they stand in a query; JavaScript's `Date` comes as text, an invalid one as `null`.
pub(in crate::browser) fn pairs(query: &Value<'_>) -> crate::error::Result<Vec<(String, String)>> {
    let mut pairs = Vec::new();
    for (name, value) in query.fields() {
        let is_list = matches!(value, Value::List(_));
        for value in if is_list { value.entries() } else { slice::from_ref(value) } {
            let text = match value {
                Value::Text(text) => text.to_string(),
                Value::Number(_) | Value::Flag(_) => value.write(),
                _ => return Err(Error::invalid(&**name, "it must be a text, a number, a flag, a valid date, or a list of such")),
            };
            pairs.push((name.to_string(), text));
        }
    }
    Ok(pairs)
}
