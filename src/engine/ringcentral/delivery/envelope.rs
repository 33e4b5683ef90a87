//! The envelope around every result: who sends what, found in one scan that skips the result itself.
//!
//! It is read leniently: what cannot be an id or a time counts as missing, and only what tells nothing of a job is refused.

use super::moment::moment;
use super::status::{Status, Word};
use crate::engine::Task;
use crate::engine::ringcentral::jobs::task_at;
use crate::error::{ApiError, Error, Result};
use crate::json::{Value, pick};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Ids and paths are far shorter; more has no place in a record.
const MAX_TEXT_CHARS: usize = 128;
/// Errors that are larger than this say more than why a job failed: they are not looked for.
const MAX_ERRORS_BYTES: usize = 256 * 1024;
/// What the result of one of the jobs is made of.
const RESULT_FIELDS: [&str; 8] =
    ["transcript", "words", "utterances", "utteranceInsights", "speakerInsights", "conversationalInsights", "texts", "summaries"];

/// What a callback or a job status says about itself; the form of 2022 has nothing but its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// RingCentral's id of the job.
    pub job_id: Option<String>,
    /// The path that the job was submitted to.
    pub api: Option<String>,
    /// How the job stands.
    pub status: Status,
    /// When RingCentral took the job, milliseconds since 1970.
    pub creation_ms: Option<u64>,
    /// When it ended.
    pub completion_ms: Option<u64>,
    /// When RingCentral forgets it.
    pub expiration_ms: Option<u64>,
    /// Why it failed, addresses masked; empty unless it is a Fail that says so.
    pub errors: Vec<ApiError>,
}

impl Envelope {
    /// Reads the envelope of a body.
    ///
    /// # Errors
    /// [`Error::UnreadableDelivery`] saying what is wrong; the body is not quoted.
    pub fn read(body: &[u8]) -> Result<Self> {
        Self::of(&Parts::of(body)?)
    }

    pub(super) fn of(parts: &Parts<'_>) -> Result<Self> {
        let (status, errors) = parts.status()?;
        Ok(Self {
            job_id: parts.job_id(),
            api: parts.api(),
            status,
            creation_ms: moment(parts.creation_time),
            completion_ms: moment(parts.completion_time),
            expiration_ms: moment(parts.expiration_time),
            errors,
        })
    }

    /// The job that `api` names, where it names one that we know.
    #[must_use]
    pub fn task(&self) -> Option<Task> {
        task_at(self.api.as_deref()?)
    }
}

/// The fields of an envelope as they stand in its text; `null` is none.
pub(super) struct Parts<'a> {
    pub(super) response: Option<&'a [u8]>,
    whole: &'a [u8],
    word: Option<&'a [u8]>,
    errors: Option<&'a [u8]>,
    job_id: Option<&'a [u8]>,
    api: Option<&'a [u8]>,
    creation_time: Option<&'a [u8]>,
    completion_time: Option<&'a [u8]>,
    expiration_time: Option<&'a [u8]>,
}

impl<'a> Parts<'a> {
    /// Finds them in one pass; everything else is only checked.
    pub(super) fn of(whole: &'a [u8]) -> Result<Self> {
        let names = ["status", "response", "errors", "jobId", "api", "creationTime", "completionTime", "expirationTime"];
        let found = pick(whole, names).map(|fields| fields.map(|field| field.filter(|json| *json != b"null")));
        match found {
            Some([word, response, errors, job_id, api, creation_time, completion_time, expiration_time]) => {
                Ok(Self { response, whole, word, errors, job_id, api, creation_time, completion_time, expiration_time })
            }
            None if whole.trim_ascii().is_empty() => refuse("it is empty"),
            None if whole.contains(&b'{') => refuse("it is not JSON, or only a part of it"),
            None => refuse("it is not a JSON object"),
        }
    }

    /// Whether there is a result and no envelope around it, as speaker-identify once sent it.
    pub(super) const fn is_bare(&self) -> bool {
        self.word.is_none() && self.response.is_none()
    }

    /// The result, with an envelope around it or without.
    pub(super) const fn result(&self) -> Option<&'a [u8]> {
        if self.is_bare() { Some(self.whole) } else { self.response }
    }

    pub(super) fn job_id(&self) -> Option<String> {
        short(self.job_id)
    }

    pub(super) fn api(&self) -> Option<String> {
        short(self.api)
    }

    /// How the job stands, and why it failed. RingCentral's own words decide; with any other, and with none, what is there does.
    pub(super) fn status(&self) -> Result<(Status, Vec<ApiError>)> {
        let word = self.word.and_then(word);
        let result = self.result();
        Ok(match word {
            Some(Word::Fail) => (Status::Fail, self.errors()),
            Some(Word::Success) => (Status::Success, Vec::new()),
            _ if result.is_some_and(has_result) => (Status::Success, Vec::new()),
            None => return refuse("it says neither how the job stands nor what came of it"),
            Some(Word::InProgress) => (Status::InProgress, Vec::new()),
            Some(word @ (Word::Failing | Word::Unknown)) => match self.errors() {
                errors if word == Word::Failing || !errors.is_empty() => (Status::Fail, errors),
                _ if is_something(self.response) => (Status::Success, Vec::new()),
                _ => (Status::InProgress, Vec::new()),
            },
        })
    }

    /// The errors of a job that failed stand in its response or beside it; or its response is the only one.
    fn errors(&self) -> Vec<ApiError> {
        let fields = ["errors", "errorCode", "message", "parameterName"];
        let fits = |json: &&[u8]| json.len() <= MAX_ERRORS_BYTES;
        let read =
            |json: Option<&'a [u8]>| json.filter(fits).and_then(|json| Value::parse_only(json, &fields)).unwrap_or_default();
        let (response, beside) = (read(self.response), read(self.errors));
        let listed = [response.get("errors"), &beside].into_iter().map(ApiError::list).find(|errors| !errors.is_empty());
        let is_error = response.get("errorCode").text().is_some();
        listed.unwrap_or_else(|| if is_error { ApiError::list(&Value::List(vec![response])) } else { Vec::new() })
    }
}

fn refuse<T>(reason: &'static str) -> Result<T> {
    Err(Error::UnreadableDelivery { reason })
}

/// Whether an object holds something of a result.
fn has_result(json: &[u8]) -> bool {
    pick(json, RESULT_FIELDS).is_some_and(|fields| fields.into_iter().any(is_something))
}

/// Whether a value is there, and not an empty one.
fn is_something(json: Option<&[u8]>) -> bool {
    let is_empty = |json: &[u8]| match json {
        [b'{' | b'[' | b'"', inside @ .., _] => inside.trim_ascii().is_empty(),
        _ => json == b"null",
    };
    json.is_some_and(|json| !is_empty(json))
}

/// How the job stands, in a word.
fn word(json: &[u8]) -> Option<Word> {
    Value::parse(json)?.text().filter(|word| !word.trim().is_empty()).map(Word::of)
}

/// A text or a number, fit to be kept in a record; what is neither, or empty, counts as absent.
fn short(json: Option<&[u8]>) -> Option<String> {
    let json = json.filter(|json| !json.starts_with(b"{") && !json.starts_with(b"["))?;
    let whole = match Value::parse(json)? {
        Value::Text(text) => text,
        Value::Number(digits) => digits.into(),
        _ => return None,
    };
    let kept: String = whole.trim().chars().filter(|c| !c.is_control()).take(MAX_TEXT_CHARS).collect();
    (!kept.is_empty()).then_some(kept)
}

#[cfg(test)]
#[path = "tests/envelope.rs"]
mod tests;
