//! One shape for every recording, wherever it was made.

use super::cursor::{NONE, fingerprint};
use crate::endpoint::Site;
use crate::engine::recording_id::ONLY;
use crate::http::Url;
use crate::json::{Object, Value};
use crate::time::{LAST_MS, iso, parse};
use alloc::borrow::ToOwned;
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

/// Why one cannot be submitted of which nobody says where it is.
pub(super) const NO_ADDRESS: &str = "RingCentral names no address for it";

/// A time in milliseconds since 1970: ISO 8601 in RingCentral's descriptions, a number in some of its samples.
pub(super) fn began_ms(time: &Value<'_>) -> Option<u64> {
    time.whole().filter(|ms| *ms <= LAST_MS).or_else(|| time.text().and_then(parse))
}

/// The same as it is shown: a text as it stands.
pub(super) fn began(time: &Value<'_>) -> Option<String> {
    time.text().map(ToOwned::to_owned).or_else(|| began_ms(time).map(iso))
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
    /// How many more RingCentral named in a form that cannot be read.
    pub skipped: u64,
    /// What to ask for the next page with; the last page has none.
    pub next_cursor: Option<String>,
}

impl Page {
    /// The same with whole addresses; what lies on a host that may not see an access token says so.
    #[must_use]
    pub fn at(mut self, site: &Site) -> Self {
        self.items.iter_mut().for_each(|item| item.place(site));
        self
    }

    /// The page as JSON: `{"items": […], "skipped"?, "nextCursor"?}`.
    #[must_use]
    pub fn write(&self) -> String {
        let page = Object::new().list("items", self.items.iter().map(Recording::write));
        let page = page.optional_number("skipped", Some(self.skipped).filter(|skipped| *skipped > 0));
        page.optional_text("nextCursor", self.next_cursor.as_deref()).write()
    }
}

impl Recording {
    /// What tells it from others: recordings of one meeting may be listed with the meeting's id alone.
    pub(super) fn fingerprint(&self) -> u64 {
        fingerprint(fingerprint(NONE, &self.id), if self.id.ends_with(ONLY) { &self.content_uri } else { "" })
    }

    fn place(&mut self, site: &Site) {
        if self.content_uri.is_empty() {
            return;
        }
        self.content_uri = site.media_at(&self.content_uri);
        let refusal = match Url::parse(&self.content_uri, "") {
            Ok(url) if site.may_see_token(&url) => return,
            Ok(url) => site.refusal(&url),
            Err(_) => NO_ADDRESS.to_owned(),
        };
        self.submittable = false;
        self.reason.get_or_insert(refusal);
    }

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
