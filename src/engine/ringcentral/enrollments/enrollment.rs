//! How far a speaker is enrolled.

use crate::error::{Error, Result};
use crate::json::{Value, thousandths};
use alloc::borrow::ToOwned;
use alloc::string::String;

/// An enrolled speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// The speaker's id; `enrollmentId` in answers from before 2024.
    pub speaker_id: String,
    /// Whether there is speech enough, 12 seconds or so, to be found by it.
    pub is_complete: bool,
    /// `totalSpeechDuration`; RingCentral's descriptions of this and the next look swapped.
    pub speech_ms: Option<u64>,
    /// `totalEnrollDuration`.
    pub enroll_ms: Option<u64>,
    /// `Poor`, `Average`, `Good`, `High`, or whatever else RingCentral says.
    pub quality: Option<String>,
}

impl Enrollment {
    pub(super) fn read(value: &Value<'_>) -> Result<Self> {
        let id = value.id_of("speakerId").or_else(|| value.id_of("enrollmentId"));
        let ms = |name: &str| if let Value::Number(seconds) = value.get(name) { thousandths(seconds) } else { None };
        Ok(Self {
            speaker_id: id.ok_or(Error::UnexpectedAnswer { what: "an enrollment" })?.to_owned(),
            // What is not said to be complete cannot be counted on.
            is_complete: matches!(value.get("enrollmentComplete"), Value::Flag(true)),
            speech_ms: ms("totalSpeechDuration"),
            enroll_ms: ms("totalEnrollDuration"),
            quality: value.text_of("enrollmentQuality"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Enrollment> {
        Enrollment::read(&Value::parse(text.as_bytes()).unwrap())
    }

    #[test]
    fn an_enrollment_is_read_with_its_old_spelling_too() {
        let enrollment = read(include_str!("../../../../tests/payloads/enrollment-response.json")).unwrap();
        let expected = Enrollment {
            speaker_id: "59586xxxx".into(),
            is_complete: true,
            speech_ms: Some(28_180),
            enroll_ms: Some(28_000),
            quality: Some("Average".into()),
        };
        assert_eq!(enrollment, expected);
        let new = read(r#"{"speakerId":"a","enrollmentId":"b","enrollmentQuality":"Superb","new":{}}"#).unwrap();
        assert_eq!((new.speaker_id.as_str(), new.is_complete, new.quality.as_deref()), ("a", false, Some("Superb")));
        for none in ["{}", "[]", r#"{"speakerId":""}"#, r#"{"enrollmentComplete":true}"#] {
            assert_eq!(read(none), Err(Error::UnexpectedAnswer { what: "an enrollment" }));
        }
    }
}
