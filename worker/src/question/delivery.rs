//! A delivery: whether it is wanted, and whether it is the job's result.

use super::frame::Framed;
use super::{AnyQuestion, Question};
use ringcentral_ai::error::ApiError;
use serde::{Deserialize, Serialize};

/// Whether a delivery is to be taken.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IsWanted(pub(crate) Delivery);

/// Which delivery it is.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Delivery {
    /// The job's id, from the address.
    pub(crate) id: String,
    /// The attempt, from the address.
    pub(crate) attempt: u32,
    /// RingCentral's job id, where the envelope names one.
    pub(crate) ringcentral_job_id: Option<String>,
    /// The task of the envelope's `api`, where that is one we know; the text as it came where it is not.
    pub(crate) api: Option<String>,
}

/// Whether a delivery is to be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Verdict {
    /// Yes.
    Take,
    /// The job has finished, or is gone: answer 200 and drop it.
    Drop,
    /// It belongs to another job or task: 422.
    Foreign {
        /// What does not fit, as a sentence.
        reason: String,
    },
}

impl Framed for Verdict {}

impl Question for IsWanted {
    type Answer = Verdict;

    fn any(self) -> AnyQuestion {
        AnyQuestion::IsWanted(self)
    }
}

/// A delivery lies in KV: is it the first?
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TakeDelivery {
    /// What was delivered.
    pub(crate) delivery: Delivery,
    /// Its key in KV.
    pub(crate) key: String,
    /// Whether the job succeeded.
    pub(crate) succeeded: bool,
    /// What RingCentral said when it did not.
    pub(crate) errors: Vec<ApiError>,
    /// When RingCentral ended it, ISO 8601.
    pub(crate) completed_at: Option<String>,
    /// When KV forgets it, milliseconds since 1970: the record goes earlier.
    pub(crate) retained_until_ms: u64,
    /// Its bytes, where they are short enough for a copy; else none.
    #[serde(skip)]
    pub(crate) copy: Vec<u8>,
}

impl TakeDelivery {
    /// A row of the Desk's database holds two megabytes at most.
    pub(crate) const MAX_COPY_BYTES: usize = 1_900_000;
}

impl Question for TakeDelivery {
    /// Whether it is the job's result; else its key is to be deleted.
    type Answer = Verdict;

    fn any(self) -> AnyQuestion {
        AnyQuestion::TakeDelivery(self)
    }
}
