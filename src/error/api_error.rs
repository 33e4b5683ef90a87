//! One error in a service's own words, masked before anybody sees it.

use super::masking::masked;
use crate::json::{Object, Value};
use crate::secret::{MASK, Secret, find};
use alloc::string::String;
use alloc::vec::Vec;
use serde::{Deserialize, Serialize};

/// At most so many errors of one body are kept.
const MAX_ERRORS: usize = 10;

/// One entry of RingCentral's `errors`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiError {
    /// RingCentral's code, as in `CAI-101`.
    pub error_code: String,
    /// RingCentral's sentence, without what may be secret in it.
    pub message: String,
    /// The parameter it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameter_name: Option<String>,
}

impl ApiError {
    /// The same with every address cut down to its origin, without what looks like a token, and of a bounded length.
    #[must_use]
    pub fn masked(mut self) -> Self {
        self.error_code = masked(&self.error_code);
        self.message = masked(&self.message);
        self.parameter_name = self.parameter_name.map(|name| masked(&name));
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

    /// Masks a secret wherever it stands.
    pub(crate) fn mask(&mut self, secret: &Secret) {
        if secret.is_empty() {
            return;
        }
        // The secret is looked for in order to be removed.
        let secret = secret.expose();
        self.error_code = without(&self.error_code, secret);
        self.message = without(&self.message, secret);
        self.parameter_name = self.parameter_name.take().map(|name| without(&name, secret));
    }
}

fn without(text: &str, secret: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = find(rest, secret) {
        masked.extend([&rest[..at], MASK]);
        rest = &rest[at + secret.len()..];
    }
    masked.push_str(rest);
    masked
}
