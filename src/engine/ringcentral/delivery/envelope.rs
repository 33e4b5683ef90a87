//! The envelope around every result: who sends what, found in one scan that skips the result itself.

use super::field::Field;
use crate::engine::Task;
use crate::engine::ringcentral::jobs::task_at;
use crate::error::{ApiError, Error, Result};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;

/// Ids, paths and times are far shorter; what is longer has no place in a record.
const MAX_TEXT_BYTES: usize = 128;
/// A Fail that is larger than this says more than its errors: they are not looked for.
const MAX_FAIL_BYTES: usize = 256 * 1024;
/// At most so many errors of one Fail are kept.
const MAX_ERRORS: usize = 10;

/// How a job stands, in RingCentral's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The result is there.
    Success,
    /// There will be no result.
    Fail,
    /// Not finished; said by the job status only.
    InProgress,
    /// A word that nobody has documented, as it came.
    Unknown(String),
}

impl Status {
    /// RingCentral's word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Success => "Success",
            Self::Fail => "Fail",
            Self::InProgress => "InProgress",
            Self::Unknown(word) => word,
        }
    }
}

impl From<String> for Status {
    fn from(word: String) -> Self {
        match word.as_str() {
            "Success" => Self::Success,
            "Fail" => Self::Fail,
            "InProgress" => Self::InProgress,
            _ => Self::Unknown(word),
        }
    }
}

/// What a callback or a job status says about itself; the form of 2022 has nothing but its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// RingCentral's id of the job.
    pub job_id: Option<String>,
    /// The path that the job was submitted to.
    pub api: Option<String>,
    /// How the job stands.
    pub status: Status,
    /// When RingCentral took the job, as RingCentral writes it.
    pub creation_time: Option<String>,
    /// When it ended.
    pub completion_time: Option<String>,
    /// When RingCentral forgets it.
    pub expiration_time: Option<String>,
    /// Why it failed, addresses masked; empty unless it is a Fail that says so.
    pub errors: Vec<ApiError>,
}

impl Envelope {
    /// Reads the envelope of a body; unknown fields pass, a field that stands twice does not.
    ///
    /// # Errors
    /// [`Error::UnreadableDelivery`] saying what is wrong; the body is not quoted.
    pub fn read(body: &[u8]) -> Result<Self> {
        let text = core::str::from_utf8(body).or_else(|_| refuse("it is not UTF-8"))?;
        if !text.trim_start().starts_with('{') {
            return refuse("it is not a JSON object");
        }
        let raw: Raw = serde_json::from_str(text).or_else(|error| match error.classify() {
            Category::Data => refuse("a field of the envelope stands twice"),
            _ => refuse("it is not JSON, or only a part of it"),
        })?;
        let status =
            short(raw.status, "status is not a short text")?.ok_or(Error::UnreadableDelivery { reason: "status is missing" })?;
        let status = Status::from(status);
        let errors = if status == Status::Fail { errors(text) } else { Vec::new() };
        Ok(Self {
            job_id: short(raw.job_id, "jobId is not a short text")?,
            api: short(raw.api, "api is not a short text")?,
            status,
            creation_time: short(raw.creation_time, "creationTime is not a short text")?,
            completion_time: short(raw.completion_time, "completionTime is not a short text")?,
            expiration_time: short(raw.expiration_time, "expirationTime is not a short text")?,
            errors,
        })
    }

    /// The job that `api` names, where it names one that we know.
    #[must_use]
    pub fn task(&self) -> Option<Task> {
        task_at(self.api.as_deref()?)
    }
}

/// The envelope as it comes; everything else, `response` above all, is skipped.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Raw {
    job_id: Field,
    api: Field,
    status: Field,
    creation_time: Field,
    completion_time: Field,
    expiration_time: Field,
}

fn refuse<T>(reason: &'static str) -> Result<T> {
    Err(Error::UnreadableDelivery { reason })
}

/// A text fit to be kept in a record; an empty one counts as absent.
fn short(field: Field, reason: &'static str) -> Result<Option<String>> {
    match field {
        Field::Absent => Ok(None),
        Field::Text(text) if text.is_empty() => Ok(None),
        Field::Text(text) if text.len() <= MAX_TEXT_BYTES && !text.contains(char::is_control) => Ok(Some(text)),
        Field::Text(_) | Field::Odd => refuse(reason),
    }
}

/// The errors of a Fail; whatever else its response holds, it stays a Fail.
fn errors(text: &str) -> Vec<ApiError> {
    let fits = text.len() <= MAX_FAIL_BYTES;
    let body: Value = fits.then(|| serde_json::from_str(text).ok()).flatten().unwrap_or_default();
    let entries = body["response"]["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    entries.iter().filter(|entry| entry.is_object()).take(MAX_ERRORS).map(api_error).collect()
}

fn api_error(entry: &Value) -> ApiError {
    let text = |name: &str| entry[name].as_str().map(str::to_owned);
    let error_code = text("errorCode").unwrap_or_default();
    let message = text("message").unwrap_or_default();
    ApiError { error_code, message, parameter_name: text("parameterName") }.masked()
}

#[cfg(test)]
#[path = "tests/envelope.rs"]
mod tests;
