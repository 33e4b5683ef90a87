//! One shape for every recording, wherever it was made.

use crate::json::{Object, Value};
use alloc::string::String;
use alloc::vec::Vec;

/// A recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// What `media.recordingId` takes.
    pub id: String,
    /// `calls`, `meetings` or `voicemail`.
    pub source: &'static str,
    /// When it began, ISO 8601.
    pub started_at: Option<String>,
    /// How long it is, in seconds.
    pub duration_s: Option<u64>,
    /// `Inbound` or `Outbound`.
    pub direction: Option<String>,
    /// Who called.
    pub from: Option<Party>,
    /// Who was called.
    pub to: Option<Party>,
    /// Where its content is, without a token; empty where RingCentral names no place yet.
    pub content_uri: String,
    /// The content's type.
    pub content_type: Option<String>,
    /// The content's size.
    pub bytes: Option<u64>,
    /// Whether a job can be submitted for it.
    pub submittable: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// One end of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The number.
    pub phone_number: Option<String>,
    /// The name.
    pub name: Option<String>,
}

/// A page of recordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The recordings, newest first as RingCentral lists them.
    pub items: Vec<Recording>,
    /// What to ask for the next page with; the last page has none.
    pub next_cursor: Option<String>,
}

impl Page {
    /// The page as JSON: `{"items": […], "nextCursor"?}`.
    #[must_use]
    pub fn write(&self) -> String {
        let page = Object::new().list("items", self.items.iter().map(Recording::write));
        page.optional_text("nextCursor", self.next_cursor.as_deref()).write()
    }
}

impl Recording {
    /// The recording as JSON; what is not known is left out.
    #[must_use]
    pub fn write(&self) -> String {
        let mut recording = Object::new()
            .text("id", &self.id)
            .text("source", self.source)
            .optional_text("startedAt", self.started_at.as_deref())
            .optional_number("durationS", self.duration_s)
            .optional_text("direction", self.direction.as_deref());
        for (name, party) in [("from", &self.from), ("to", &self.to)] {
            if let Some(party) = party {
                recording = recording.json(name, &party.write());
            }
        }
        recording
            .text("contentUri", &self.content_uri)
            .optional_text("contentType", self.content_type.as_deref())
            .optional_number("bytes", self.bytes)
            .flag("submittable", self.submittable)
            .optional_text("reason", self.reason.as_deref())
            .write()
    }
}

impl Party {
    /// An end of a call or message as RingCentral writes it.
    pub(super) fn read(party: &Value<'_>) -> Option<Self> {
        party.is_object().then(|| Self { phone_number: party.text_of("phoneNumber"), name: party.text_of("name") })
    }

    fn write(&self) -> String {
        let party = Object::new().optional_text("phoneNumber", self.phone_number.as_deref());
        party.optional_text("name", self.name.as_deref()).write()
    }
}
