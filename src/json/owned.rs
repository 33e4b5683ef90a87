//! A value that is kept after its text is gone.

use super::Value;
use alloc::string::String;

/// A JSON value that owns its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owned(String);

impl Owned {
    /// The value to be read.
    #[must_use]
    pub fn read(&self) -> Value<'_> {
        Value::parse(self.0.as_bytes()).unwrap_or_default()
    }

    /// The value as a text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Value<'_>> for Owned {
    fn from(value: &Value<'_>) -> Self {
        Self(value.write())
    }
}
