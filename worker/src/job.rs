//! The Job as the API shows it (one shape everywhere), and what becomes of it.

use ringcentral_ai::error::ApiError;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Waits for its turn.
    Queued,
    /// Sent; whether it runs is not known yet.
    Unconfirmed,
    /// RingCentral has it.
    Submitted,
    /// The caller submits it; the callback's address is given out.
    Reserved,
    /// There is a result.
    Succeeded,
    /// It ended without a result.
    Failed,
    /// Nothing came before RingCentral forgot it.
    Expired,
}

impl Status {
    /// Whether nothing changes any more.
    #[must_use]
    pub const fn is_finished(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed | Self::Expired)
    }
}

/// Why a job failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct JobError {
    /// One of the codes of the API, as it was written down: by a later version perhaps.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// RingCentral's own words, addresses masked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ringcentral: Option<Vec<ApiError>>,
}

/// A job; times are ISO 8601 in UTC.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// UUID version 7.
    pub id: String,
    /// The task's name, as in `speech-to-text`.
    pub task: String,
    /// Where it stands.
    pub status: Status,
    /// How often it was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u32>,
    /// RingCentral's id of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ringcentral_job_id: Option<String>,
    /// The media, without secrets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media: Option<Value>,
    /// RingCentral's request fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<Value>,
    /// When it was written down.
    pub created_at: String,
    /// When RingCentral took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<String>,
    /// When it finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_at: Option<String>,
    /// Until when it is kept.
    pub retained_until: String,
    /// How the result came: `callback` or `status`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<JobError>,
    /// Reads this job and nothing else; only in answers to API tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_token: Option<String>,
    /// Where RingCentral is to send the result; only in the answer that reserves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback_url: Option<String>,
}
