//! The envelope around every result: who sends what, found in one scan that skips the result itself.

use crate::engine::Task;
use crate::engine::ringcentral::jobs::task_at;
use crate::error::{ApiError, Error, Result};
use crate::json::{Unfit, Value, pick};
use alloc::string::String;
use alloc::vec::Vec;

/// Ids, paths and times are far shorter; what is longer has no place in a record.
const MAX_TEXT_BYTES: usize = 128;
/// A Fail whose response is larger than this says more than its errors: they are not looked for.
const MAX_FAIL_BYTES: usize = 256 * 1024;

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
        Self::of(&Parts::of(body)?)
    }

    pub(super) fn of(parts: &Parts<'_>) -> Result<Self> {
        let status = short(parts.status, "status is not a short text")?;
        let status = Status::from(status.ok_or(Error::UnreadableDelivery { reason: "status is missing" })?);
        let errors = if status == Status::Fail { parts.response.map_or_else(Vec::new, errors) } else { Vec::new() };
        Ok(Self {
            job_id: short(parts.job_id, "jobId is not a short text")?,
            api: short(parts.api, "api is not a short text")?,
            status,
            creation_time: short(parts.creation_time, "creationTime is not a short text")?,
            completion_time: short(parts.completion_time, "completionTime is not a short text")?,
            expiration_time: short(parts.expiration_time, "expirationTime is not a short text")?,
            errors,
        })
    }

    /// The job that `api` names, where it names one that we know.
    #[must_use]
    pub fn task(&self) -> Option<Task> {
        task_at(self.api.as_deref()?)
    }
}

/// The fields of an envelope as they stand in its text.
pub(super) struct Parts<'a> {
    pub(super) status: Option<&'a [u8]>,
    pub(super) response: Option<&'a [u8]>,
    job_id: Option<&'a [u8]>,
    api: Option<&'a [u8]>,
    creation_time: Option<&'a [u8]>,
    completion_time: Option<&'a [u8]>,
    expiration_time: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    /// Finds them in one pass; everything else is only checked.
    pub(super) fn of(body: &'a [u8]) -> Result<Self> {
        let names = ["status", "response", "jobId", "api", "creationTime", "completionTime", "expirationTime"];
        match pick(body, names) {
            Ok([status, response, job_id, api, creation_time, completion_time, expiration_time]) => {
                Ok(Self { status, response, job_id, api, creation_time, completion_time, expiration_time })
            }
            Err(Unfit::Twice) => refuse("a field of the envelope stands twice"),
            Err(Unfit::NotAnObject) if body.contains(&b'{') => refuse("it is not JSON, or only a part of it"),
            Err(Unfit::NotAnObject) => refuse("it is not a JSON object"),
        }
    }
}

fn refuse<T>(reason: &'static str) -> Result<T> {
    Err(Error::UnreadableDelivery { reason })
}

/// A text fit to be kept in a record; an empty one counts as absent.
fn short(field: Option<&[u8]>, reason: &'static str) -> Result<Option<String>> {
    let Some(json) = field.filter(|json| *json != b"null") else { return Ok(None) };
    match json.starts_with(b"\"").then(|| Value::parse(json)).flatten() {
        Some(Value::Text(text)) if text.is_empty() => Ok(None),
        Some(Value::Text(text)) if text.len() <= MAX_TEXT_BYTES && !text.contains(char::is_control) => {
            Ok(Some(text.into_owned()))
        }
        _ => refuse(reason),
    }
}

/// The errors of a Fail; whatever else its response holds, it stays a Fail.
fn errors(response: &[u8]) -> Vec<ApiError> {
    let fields = ["errors", "errorCode", "message", "parameterName"];
    let fits = response.len() <= MAX_FAIL_BYTES;
    let response = fits.then(|| Value::parse_only(response, &fields)).flatten().unwrap_or_default();
    ApiError::list(response.get("errors"))
}

#[cfg(test)]
#[path = "tests/envelope.rs"]
mod tests;
