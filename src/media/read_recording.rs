//! GET of one recording, meeting or voicemail message: where the recording's content is, and its type.
//! <https://developers.ringcentral.com/guide/voice/call-log/recordings>,
//! <https://developers.ringcentral.com/guide/video/api/meeting-history>

use super::paging::Push;
use super::recording_id::RecordingId;
use super::{meetings, voicemail};
use crate::error::{Error, Result};
use crate::http::{Endpoint, HttpRequest, HttpResponse, Method, Needs, Site, encode};
use crate::json::Value;
use crate::pace::{Group, Rank};
use crate::secret::Secret;

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

    /// The recording of this id among those of a meeting or message.
    fn find(&self, within: &Value<'_>, push: Push) -> Result<Recorded> {
        let mut recordings = Vec::new();
        push(within, &mut recordings);
        let refused = |reason: &str| Error::invalid(FIELD, ["it cannot be submitted: ", reason].concat());
        let Some(found) = recordings.into_iter().find(|recording| recording.id == self.id) else {
            return Err(refused("RingCentral knows no recording of this id there"));
        };
        match found.reason {
            Some(reason) => Err(refused(&reason)),
            None => Ok(Recorded { content_uri: found.content_uri, content_type: found.content_type }),
        }
    }
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
            RecordingId::Meeting(_) => self.find(&body, meetings::recordings),
            RecordingId::Voicemail(_) => self.find(&body, voicemail::recordings),
            RecordingId::Call(_) => {
                let content_uri = body.text_of("contentUri").ok_or(Error::UnexpectedAnswer { what: WHAT })?;
                Ok(Recorded { content_uri, content_type: body.text_of("contentType") })
            }
        }
    }
}

/// Checks that a text can be the id of a recording.
pub(super) fn check_id(id: &str, field: &str) -> Result<()> {
    RecordingId::parse(id, field).map(|_| ())
}
