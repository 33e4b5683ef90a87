//! One error in a service's own words, masked before anybody sees it.

use crate::json::{Object, Value};
use crate::secret::{MASK, Secret, find, without_userinfo};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// At most so many characters of a message are kept.
const MAX_MESSAGE_CHARS: usize = 300;
/// At most so many errors of one body are kept.
const MAX_ERRORS: usize = 10;

/// One entry of RingCentral's `errors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// RingCentral's code, as in `CAI-101`.
    pub error_code: String,
    /// RingCentral's sentence, addresses in it masked.
    pub message: String,
    /// The parameter it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter_name: Option<String>,
}

impl ApiError {
    /// The same with every address cut down to its origin, and of a bounded length.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.error_code = mask_addresses(&self.error_code);
        self.message = mask_addresses(&self.message);
        self.parameter_name = self.parameter_name.map(|name| mask_addresses(&name));
        self
    }

    /// Reads RingCentral's `errors`, ten at most, masked; what is no such list has none.
    #[must_use]
    pub fn list(errors: &Value<'_>) -> Vec<Self> {
        let entries = errors.entries().iter().filter(|entry| entry.is_object()).take(MAX_ERRORS);
        entries.map(Self::read).collect()
    }

    fn read(entry: &Value<'_>) -> Self {
        let text = |name: &str| entry.text_of(name).unwrap_or_default();
        Self { error_code: text("errorCode"), message: text("message"), parameter_name: entry.text_of("parameterName") }.masked()
    }

    /// The error as JSON.
    #[must_use]
    pub fn write(&self) -> String {
        let object = Object::new().text("errorCode", &self.error_code).text("message", &self.message);
        object.optional_text("parameterName", self.parameter_name.as_deref()).write()
    }

    pub(super) fn mask(&mut self, secret: &Secret) {
        if secret.is_empty() {
            return;
        }
        // The secret is looked for in order to be removed.
        let secret = secret.expose();
        let mut masked = String::new();
        let mut rest = self.message.as_str();
        while let Some(at) = find(rest, secret) {
            masked.extend([&rest[..at], MASK]);
            rest = &rest[at + secret.len()..];
        }
        masked.push_str(rest);
        self.message = masked;
    }
}

/// Cuts every address in a text down to scheme and host: paths and queries may hold secrets.
fn mask_addresses(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = find(rest, "://") {
        let after = at + 3;
        let end = |from: usize, stop: fn(char) -> bool| rest[from..].find(stop).map_or(rest.len(), |at| from + at);
        let host_end = end(after, |c| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>'));
        let address_end = end(after, |c| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'));
        let host = &rest[after..host_end];
        masked.push_str(&rest[..after]);
        masked.push_str(without_userinfo(host));
        if host_end < address_end {
            masked.push('/');
            masked.push_str(MASK);
        }
        rest = &rest[address_end..];
    }
    masked.push_str(rest);
    masked.chars().filter(|c| !c.is_control()).take(MAX_MESSAGE_CHARS).collect()
}
