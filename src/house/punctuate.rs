//! Texts with punctuation.

use crate::engine::Input;
use crate::json::{Object, Value, push_text};
use alloc::string::String;

/// The response; none unless there is a text for each that was given.
pub(super) fn response(input: &Input, texts: &[String]) -> Option<String> {
    let given = input.field("texts").and_then(|json| Value::parse(json.as_bytes())).unwrap_or_default();
    let written = texts.iter().map(|text| {
        let mut json = String::new();
        push_text(&mut json, text);
        json
    });
    (given.entries().len() == texts.len()).then(|| Object::new().list("texts", written).write())
}
