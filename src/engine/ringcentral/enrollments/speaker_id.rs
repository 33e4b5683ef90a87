//! The id of an enrolled speaker: unique in an account, chosen by whoever enrolls; RingCentral advises the user's extension id.

use super::PATH;
use crate::error::{Error, Result};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A longer id is a mistake.
const MAX_CHARS: usize = 200;

/// The id of an enrolled speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpeakerId(String);

impl SpeakerId {
    /// Letters, digits and `_` make an id; `-` is taken too, for ids that were given before that was the rule.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `speakerId`.
    pub fn new(id: &str) -> Result<Self> {
        let is_id = (1..=MAX_CHARS).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        let reason = "it must be 1 to 200 letters, digits and _";
        if is_id { Ok(Self(id.to_owned())) } else { Err(Error::invalid("speakerId", reason)) }
    }

    pub(super) fn path(&self) -> String {
        [PATH, "/", &self.0].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_lead_elsewhere() {
        for id in ["59586", "ext_7", "80800e1a-a663"] {
            assert!(SpeakerId::new(id).is_ok());
        }
        for id in ["", ".", "..", "a/b", "a?b", "a%2Fb", "ä", &"a".repeat(201)] {
            assert!(SpeakerId::new(id).is_err(), "{id}");
        }
    }
}
