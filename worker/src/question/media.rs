//! A job's media, on its way through the edge to whoever fetches it.

use super::frame::Framed;
use crate::file::File;
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
pub(crate) struct OpenMedia {
    /// Who fetches it.
    pub(crate) fetcher: Fetcher,
    /// Whether they may come for more of it: then it is worth a copy in the bucket, where there is one.
    pub(crate) keeps: bool,
}

/// Media that is opened now; what is answered where it is goes into [`MediaAnswered`].
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Opened {
    /// The number of the call that waits for the answer, where one does.
    pub(crate) call: Option<u64>,
    /// Where the media is.
    pub(crate) place: Place,
}

/// Where media is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Place {
    /// At an address: the request is to be sent at once.
    Address {
        /// The request.
        request: MediaRequest,
        /// Whether all of it is to be copied into the bucket; what came of that goes into [`MediaKept`].
        keeps: bool,
    },
    /// In the bucket.
    Bucket(File),
}

/// A request for media.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct MediaRequest {
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

impl Framed for Option<Opened> {}

/// What becomes of the body of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Body {
    /// Nobody asked for one.
    None,
    /// It goes through to whoever fetches, which is noted with the job.
    Passed,
    /// It is copied into the bucket.
    Copied,
}

/// What was answered where the media is.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MediaAnswered {
    /// The number of the call that waits for it, where one does.
    pub(crate) call: Option<u64>,
    /// Who fetches it.
    pub(crate) fetcher: Fetcher,
    /// The status; none where no answer came.
    pub(crate) status: Option<u16>,
    /// The headers that tell of a session or a rate limit.
    pub(crate) headers: Vec<(String, String)>,
    /// What becomes of its body.
    pub(crate) body: Body,
    /// How many bytes the whole media has, where that is known.
    pub(crate) whole_bytes: Option<u64>,
}

/// What came of a copy into the bucket.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MediaKept {
    /// The job's id.
    pub(crate) id: String,
    /// The copy; none where it was not to be had, or nothing that is copied.
    pub(crate) file: Option<File>,
}

/// So much of it has gone through, and no more will.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct MediaPassed {
    /// The job's id.
    pub(crate) id: String,
    /// How many bytes.
    pub(crate) bytes: u64,
}
