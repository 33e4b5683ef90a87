//! What `media.recordingId` takes: a call's recording id as it is, or the id of a meeting's or a voicemail's recording.

use crate::error::{Error, Result};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

const MEETING: &str = "meeting-";
const VOICEMAIL: &str = "voicemail-";
/// Stands before the id of a call whose recording was not kept: RingCentral names no recording there.
const SHORT_CALL: &str = "call-";
/// Why that one cannot be submitted.
pub(super) const TOO_SHORT: &str = "it is too short: RingCentral does not keep it";
/// Stands for the id of a meeting's only recording, where RingCentral does not name it.
pub(super) const ONLY: &str = "only";
/// The longest id that is believed to be one.
const MAX_CHARS: usize = 200;
/// How long a UUID is.
const UUID_CHARS: usize = 36;

/// The id of a recording, parsed: it says where the recording is to be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordingId(Place);

/// Where a recording is to be looked up; its parts hold nothing that could lead elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Place {
    /// By its own id.
    Call(String),
    /// Among those of a meeting.
    Meeting { meeting: String, recording: String },
    /// Among the attachments of a message.
    Voicemail { message: String, attachment: String },
}

impl RecordingId {
    /// Reads an id; `field` is the name that an error gives it.
    ///
    /// # Errors
    /// [`Error::InvalidField`] when it can be no recording's.
    pub fn parse(text: &str, field: &str) -> Result<Self> {
        let is_id = |id: &str, others: &[u8]| {
            let is_plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || others.contains(&b));
            !id.is_empty() && id.len() <= MAX_CHARS && is_plain
        };
        if text.starts_with(SHORT_CALL) {
            return Err(Error::invalid(field, ["it cannot be submitted: ", TOO_SHORT].concat()));
        }
        // RingCentral's ids of meetings look like 0fd2ae49-…-7461!us-11-pdx10@us-11.
        if let Some((id, part)) = text.strip_prefix(MEETING).and_then(split) {
            if is_id(id, b"-_.!@:") && is_id(part, b"-_.") && !matches!(id, "." | "..") {
                return Ok(Self(Place::Meeting { meeting: id.to_owned(), recording: part.to_owned() }));
            }
        } else if let Some((id, part)) = text.strip_prefix(VOICEMAIL).and_then(split) {
            if is_id(id, b"") && is_id(part, b"") {
                return Ok(Self(Place::Voicemail { message: id.to_owned(), attachment: part.to_owned() }));
            }
        } else if is_id(text, b"-_") {
            return Ok(Self(Place::Call(text.to_owned())));
        }
        Err(Error::invalid(field, "it must be the id of a recording, as a list of recordings gives it"))
    }

    /// The id as a text.
    #[must_use]
    pub fn write(&self) -> String {
        match &self.0 {
            Place::Call(id) => id.clone(),
            Place::Meeting { meeting, recording } => of_meeting(meeting, recording),
            Place::Voicemail { message, attachment } => of_voicemail(message, attachment),
        }
    }

    pub(super) const fn place(&self) -> &Place {
        &self.0
    }
}

/// The id that a list gives a meeting's recording.
pub(super) fn of_meeting(meeting_id: &str, id: &str) -> String {
    [MEETING, meeting_id, "-", id].concat()
}

/// The id that a list gives a message's sound.
pub(super) fn of_voicemail(message_id: &str, attachment_id: &str) -> String {
    [VOICEMAIL, message_id, "-", attachment_id].concat()
}

/// The id that a list gives a call whose recording was not kept.
pub(super) fn of_short_call(call_id: &str) -> String {
    [SHORT_CALL, call_id].concat()
}

/// Parts the id of a recording from the id before it: a UUID at the end is a whole id, else the last part is.
fn split(text: &str) -> Option<(&str, &str)> {
    let is_uuid = |id: &str| {
        let dashes: Vec<usize> = id.match_indices('-').map(|(at, _)| at).collect();
        dashes == [8, 13, 18, 23] && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
    };
    let uuid = text.len().checked_sub(UUID_CHARS).and_then(|at| text.split_at_checked(at));
    let before = uuid.filter(|(_, id)| is_uuid(id)).and_then(|(before, id)| Some((before.strip_suffix('-')?, id)));
    before.or_else(|| text.rsplit_once('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_tells_where_to_look() {
        let uuid = "554d06ea-5d44-498a-93e9-0978bfa73ecd";
        let meeting = "0fd2ae49-1a2b-7461!us-11-pdx10@us-11";
        let in_meeting = |meeting: &str, id: &str| Place::Meeting { meeting: meeting.to_owned(), recording: id.to_owned() };
        let in_message = |message: &str, id: &str| Place::Voicemail { message: message.to_owned(), attachment: id.to_owned() };
        for (whole, place) in [
            (of_meeting(meeting, uuid), in_meeting(meeting, uuid)),
            (of_meeting(uuid, uuid), in_meeting(uuid, uuid)),
            (of_meeting(uuid, "7"), in_meeting(uuid, "7")),
            (of_meeting("m", "7"), in_meeting("m", "7")),
            (of_voicemail("82063400004", "1"), in_message("82063400004", "1")),
            ("1662272004".to_owned(), Place::Call("1662272004".to_owned())),
        ] {
            let id = RecordingId::parse(&whole, "f").unwrap();
            assert_eq!((id.place(), id.write()), (&place, whole));
        }
    }

    #[test]
    fn a_call_whose_recording_was_too_short_cannot_be_looked_up() {
        let refused = RecordingId::parse(&of_short_call("A7"), "f").unwrap_err();
        assert_eq!(refused.to_string(), "f: it cannot be submitted: it is too short: RingCentral does not keep it");
    }

    #[test]
    fn what_could_lead_elsewhere_is_no_id() {
        for text in [
            "",
            "a/b",
            "..",
            "meeting-../x-1",
            "meeting-..-1",
            "meeting--1",
            "meeting-1-",
            "voicemail-1/2-3",
            "voicemail-a b-1",
            "é",
        ] {
            assert!(RecordingId::parse(text, "f").is_err(), "{text}");
        }
        assert!(RecordingId::parse(&"7".repeat(201), "f").is_err());
    }
}
