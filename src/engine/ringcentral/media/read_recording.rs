//! GET of one recording, meeting or voicemail message: where the recording's content is, and its type.
//! <https://developers.ringcentral.com/guide/voice/call-log/recordings>,
//! <https://developers.ringcentral.com/guide/video/api/meeting-history>

use super::paging::Push;
use super::{Recording, meetings, voicemail};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::recording_id::{ONLY, RecordingId, check_id};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, encode};
use crate::json::Value;
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What an error about the recording names.
const FIELD: &str = "media.recordingId";

/// A question after one recording.
#[derive(Debug, Clone)]
pub struct ReadRecording {
    id: String,
}

/// A recording as RingCentral describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Where its content is.
    pub content_uri: String,
    /// The content's type, as in `audio/mpeg`.
    pub content_type: Option<String>,
}

impl ReadRecording {
    /// A question after a recording that a job is to be submitted for.
    ///
    /// # Errors
    /// [`Error::InvalidField`] when the id cannot be one.
    pub fn for_job(id: &str) -> Result<Self> {
        check_id(id, FIELD)?;
        Ok(Self { id: id.to_owned() })
    }

    /// The recording of this id among those of a meeting or message; `only` is the id that stands for the only one there.
    fn find(&self, within: &Value<'_>, push: Push, only: Option<String>) -> Result<Recorded> {
        let mut recordings = Vec::new();
        push(within, &mut recordings);
        let named = recordings.iter().find(|recording| recording.id == self.id);
        let found = match named {
            None if only.is_some_and(|only| only == self.id) => only_one(&recordings)?,
            named => named.ok_or_else(|| refused("RingCentral knows no recording of this id there"))?,
        };
        match &found.reason {
            Some(reason) => Err(refused(reason)),
            None => Ok(Recorded { content_uri: found.content_uri.clone(), content_type: found.content_type.clone() }),
        }
    }
}

/// The one that can be submitted, or else the one that there is.
fn only_one(recordings: &[Recording]) -> Result<&Recording> {
    let mut ready = recordings.iter().filter(|recording| recording.submittable);
    match (ready.next(), ready.next(), recordings) {
        (Some(only), None, _) | (None, _, [only]) => Ok(only),
        (None, _, []) => Err(refused("the meeting has no recording")),
        _ => {
            let ids: Vec<&str> = recordings.iter().map(|recording| recording.id.as_str()).filter(is_id).collect();
            Err(refused(&["the meeting has several recordings, name one of ", &ids.join(", ")].concat()))
        }
    }
}

/// RingCentral's words stay out of our sentences: an id that cannot be given to us is not named.
fn is_id(id: &&str) -> bool {
    check_id(id, FIELD).is_ok()
}

fn refused(reason: &str) -> Error {
    Error::invalid(FIELD, ["it cannot be submitted: ", reason].concat())
}

impl Endpoint for ReadRecording {
    type Output = Recorded;

    /// The permissions of a job's whole way, so that a missing one is named before its first request.
    fn needs(&self) -> Needs {
        let (group, permissions): (_, &[_]) = match RecordingId::parse(&self.id, FIELD) {
            Ok(RecordingId::Meeting(_)) => (Group::Light, &["AI", "Video"]),
            Ok(RecordingId::Voicemail(_)) => (Group::Light, &["AI", "ReadMessages"]),
            _ => (Group::Heavy, &["AI", "ReadCallRecording"]),
        };
        Needs { group, slots: 1, rank: Rank::Submit, permissions, repeatable: true }
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let (path, id) = match RecordingId::parse(&self.id, FIELD)? {
            RecordingId::Call(id) => ("/restapi/v1.0/account/~/recording/", id),
            RecordingId::Meeting(id) => ("/rcvideo/v1/history/meetings/", id),
            RecordingId::Voicemail(id) => ("/restapi/v1.0/account/~/extension/~/message-store/", id),
        };
        Ok(HttpRequest::new(Method::Get, site.at(&[path, &encode(id)].concat())))
    }

    fn read(&self, response: &HttpResponse) -> Result<Recorded> {
        const WHAT: &str = "a recording";
        let body = response.object(WHAT)?;
        match RecordingId::parse(&self.id, FIELD)? {
            RecordingId::Meeting(id) => self.find(&body, meetings::recordings, Some(RecordingId::of_meeting(id, ONLY))),
            RecordingId::Voicemail(_) => self.find(&body, voicemail::recordings, None),
            RecordingId::Call(_) => {
                let content_uri = body.text_of("contentUri").ok_or(Error::UnexpectedAnswer { what: WHAT })?;
                Ok(Recorded { content_uri, content_type: body.text_of("contentType") })
            }
        }
    }
}
