//! A job's media, on its way through the edge to whoever fetches it.

use super::frame::Framed;
use super::{AnyQuestion, Question};
use ringcentral_ai::secret::MASK;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Who fetches media.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Fetcher {
    /// The job's id.
    pub(crate) id: String,
    /// The attempt whose engine it is, from the address; none for whoever listens.
    pub(crate) attempt: Option<u32>,
}

/// Where a job's media is, and what opens it now.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct OpenMedia(pub(crate) Fetcher);

/// A request for media that is to be sent at once; what is answered to it goes into [`MediaAnswered`].
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct MediaRequest {
    /// Its number, for the answer.
    pub(crate) number: u64,
    /// Where the media is; it may hold a secret.
    pub(crate) address: String,
    /// The headers that open it there, and nowhere else.
    pub(crate) headers: Vec<(String, String)>,
}

impl fmt::Debug for MediaRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl Framed for Option<MediaRequest> {}

impl Question for OpenMedia {
    /// None: there is no such job, or nothing is to be fetched for it any more.
    type Answer = Option<MediaRequest>;

    fn any(self) -> AnyQuestion {
        AnyQuestion::OpenMedia(self)
    }
}

/// What was answered where the media is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MediaAnswered {
    /// The request's number.
    pub(crate) number: u64,
    /// Who fetches it.
    pub(crate) fetcher: Fetcher,
    /// The status; none where no answer came.
    pub(crate) status: Option<u16>,
    /// The headers that tell of a session or a rate limit.
    pub(crate) headers: Vec<(String, String)>,
    /// How many bytes the whole media has, where that is known.
    pub(crate) whole_bytes: Option<u64>,
}

impl Question for MediaAnswered {
    type Answer = ();

    fn any(self) -> AnyQuestion {
        AnyQuestion::MediaAnswered(self)
    }
}

/// So much of it has gone through, and no more will.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MediaPassed {
    /// The job's id.
    pub(crate) id: String,
    /// How many bytes.
    pub(crate) bytes: u64,
}

impl Question for MediaPassed {
    type Answer = ();

    fn any(self) -> AnyQuestion {
        AnyQuestion::MediaPassed(self)
    }
}
