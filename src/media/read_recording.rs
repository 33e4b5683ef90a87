//! GET /restapi/v1.0/account/~/recording/{recordingId}: where a recording's content is, and its type.
//! <https://developers.ringcentral.com/guide/voice/call-log/recordings>

use crate::error::{Error, Result};
use crate::http::{Endpoint, HttpRequest, HttpResponse, Method, Needs, Site};
use crate::pace::{Group, Rank};
use crate::secret::Secret;

/// The longest id that is believed to be one.
const MAX_ID_CHARS: usize = 100;

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
        check_id(id, "recordingId")?;
        Ok(Self { id: id.to_owned() })
    }
}

impl Endpoint for ReadRecording {
    type Output = Recorded;

    fn needs(&self) -> Needs {
        Needs { group: Group::Heavy, slots: 1, rank: Rank::Submit, permissions: &["AI", "ReadCallRecording"], repeatable: true }
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let path = ["/restapi/v1.0/account/~/recording/", &self.id].concat();
        Ok(HttpRequest::new(Method::Get, site.at(&path)))
    }

    fn read(&self, response: &HttpResponse) -> Result<Recorded> {
        const WHAT: &str = "a recording";
        let body = response.object(WHAT)?;
        let content_uri = body.text_of("contentUri").ok_or(Error::UnexpectedAnswer { what: WHAT })?;
        Ok(Recorded { content_uri, content_type: body.text_of("contentType") })
    }
}

/// Checks that a text can be the id of a recording.
pub(super) fn check_id(id: &str, field: &str) -> Result<()> {
    let is_id = !id.is_empty() && id.len() <= MAX_ID_CHARS && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if is_id { Ok(()) } else { Err(Error::invalid(field, "it must be a recording's id: letters, digits, - and _")) }
}
