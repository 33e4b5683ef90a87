//! GET of one recording, meeting or voicemail message: where the recording's content is, and its type.
//! <https://developers.ringcentral.com/guide/voice/call-log/recordings>,
//! <https://developers.ringcentral.com/guide/video/api/meeting-history>

use super::paging::{Found, Push};
use super::recording::NO_ADDRESS;
use super::{Recording, meetings, voicemail};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::RecordingId;
use crate::engine::recording_id::{ONLY, Place};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, encode};
use crate::json::Value;
use crate::pace::{Group, Rank};
use crate::secret::{Secret, SecretUrl};
use alloc::string::String;
use alloc::vec::Vec;

/// What an error about the recording names.
const FIELD: &str = "media.recordingId";
const UNKNOWN: &str = "RingCentral knows no recording of this id there";
const NO_RECORDING: &str = "the meeting has no recording";
/// Why one cannot be submitted that may be submitted in a few minutes.
const NOT_YET: [&str; 3] = [meetings::PROCESSING, meetings::IN_PROGRESS, NO_ADDRESS];

/// A question after one recording.
#[derive(Debug, Clone)]
pub struct ReadRecording {
    id: RecordingId,
    is_for_stranger: bool,
}

/// A recording as RingCentral describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Where its content is.
    pub content_uri: SecretUrl,
    /// The content's type, as in `audio/mpeg`.
    pub content_type: Option<String>,
}

/// A recording; or, where it may be there soon, what is to be said if it never is.
pub type Looked = core::result::Result<Recorded, Error>;

impl Recorded {
    fn new(content_uri: String, content_type: Option<String>) -> Self {
        Self { content_uri: SecretUrl::hiding_query(content_uri), content_type }
    }
}

impl ReadRecording {
    /// A question after a recording that a job is to be submitted for.
    #[must_use]
    pub const fn for_job(id: RecordingId) -> Self {
        Self { id, is_for_stranger: false }
    }

    /// The same for a job that another engine does, which comes to us for the content: RingCentral's AI has no part in it.
    #[must_use]
    pub const fn for_stranger(id: RecordingId) -> Self {
        Self { id, is_for_stranger: true }
    }

    /// The recording of this id among those of a meeting or message.
    fn find(&self, within: &Value<'_>, push: Push) -> Result<Looked> {
        let mut found = Found::default();
        push(within, &mut found);
        let recordings = found.items;
        let id = self.id.write();
        let named = recordings.iter().find(|recording| recording.id == id);
        let found = match (named, self.id.place()) {
            (Some(named), _) => named,
            (None, Place::Meeting { recording, .. }) if recording == ONLY && recordings.is_empty() => {
                return Ok(Err(refused(NO_RECORDING)));
            }
            (None, Place::Meeting { recording, .. }) if recording == ONLY => only_one(&recordings)?,
            (None, _) => return Ok(Err(refused(UNKNOWN))),
        };
        match found.reason.as_deref() {
            Some(reason) if NOT_YET.contains(&reason) => Ok(Err(refused(reason))),
            Some(reason) => Err(refused(reason)),
            None => Ok(Ok(Recorded::new(found.content_uri.clone(), found.content_type.clone()))),
        }
    }
}

/// The one that can be submitted, or else the one that there is.
fn only_one(recordings: &[Recording]) -> Result<&Recording> {
    let mut ready = recordings.iter().filter(|recording| recording.submittable);
    match (ready.next(), ready.next(), recordings) {
        (Some(only), None, _) | (None, _, [only]) => Ok(only),
        _ => {
            let ids: Vec<&str> = recordings.iter().map(|recording| recording.id.as_str()).filter(is_id).collect();
            Err(refused(&["the meeting has several recordings, name one of ", &ids.join(", ")].concat()))
        }
    }
}

/// RingCentral's words stay out of our sentences: an id that cannot be given to us is not named.
fn is_id(id: &&str) -> bool {
    RecordingId::parse(id, FIELD).is_ok()
}

fn refused(reason: &str) -> Error {
    Error::invalid(FIELD, ["it cannot be submitted: ", reason].concat())
}

impl Endpoint for ReadRecording {
    type Output = Looked;

    /// The permissions of a job's whole way, so that a missing one is named before its first request.
    fn needs(&self) -> Needs {
        let (asked, group, permissions): (_, _, &[_]) = match self.id.place() {
            Place::Meeting { .. } => ("the meeting", Group::Light, &["AI", "Video"]),
            Place::Voicemail { .. } => ("the voicemail", Group::Light, &["AI", "ReadMessages"]),
            Place::Call(_) => ("the recording", Group::Heavy, &["AI", "ReadCallRecording"]),
        };
        if self.is_for_stranger {
            return Needs { keeps: 1, ..Needs::repeatable(asked, group, Rank::Submit, &permissions[1..]) };
        }
        Needs::repeatable(asked, group, Rank::Submit, permissions)
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let (path, id) = match self.id.place() {
            Place::Call(id) => ("/restapi/v1.0/account/~/recording/", id),
            Place::Meeting { meeting, .. } => ("/rcvideo/v1/history/meetings/", meeting),
            Place::Voicemail { message, .. } => ("/restapi/v1.0/account/~/extension/~/message-store/", message),
        };
        Ok(HttpRequest::new(Method::Get, site.at(&[path, &encode(id)].concat())))
    }

    fn read(&self, response: &HttpResponse) -> Result<Looked> {
        const WHAT: &str = "a recording";
        let body = response.object(WHAT)?;
        match self.id.place() {
            Place::Meeting { .. } => self.find(&body, meetings::recordings),
            Place::Voicemail { .. } => self.find(&body, voicemail::recordings),
            Place::Call(_) => {
                let content_uri = body.text_of("contentUri").ok_or(Error::UnexpectedAnswer { what: WHAT })?;
                Ok(Ok(Recorded::new(content_uri, body.text_of("contentType"))))
            }
        }
    }
}
