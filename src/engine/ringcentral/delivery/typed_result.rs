//! A finished job's body as a typed result.

use super::envelope::{Envelope, Parts};
use super::result::{Diarization, Identification, Interaction, Punctuation, SpeechToText, Summary};
use super::shape::task_of_shape;
use super::status::Status;
use crate::engine::Task;
use crate::error::{ApiError, Error, Result};
use crate::json::{Owned, Value};
use alloc::vec::Vec;

/// What a job ended with, typed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TypedResult {
    /// Of speech-to-text.
    SpeechToText(SpeechToText),
    /// Of speaker-diarize.
    Diarization(Diarization),
    /// Of speaker-identify.
    Identification(Identification),
    /// Of analyze-interaction.
    Interaction(Interaction),
    /// Of punctuate.
    Punctuation(Punctuation),
    /// Of summarize.
    Summary(Summary),
    /// No result, and why; addresses are masked.
    Fail(Vec<ApiError>),
    /// A result of no job that we know, as it came.
    Other(Owned),
}

impl TypedResult {
    /// Reads the body of a callback, or of a job status that has finished.
    ///
    /// The job is the one that `api` names, else `hint`, else the one whose fields the response has. A body without
    /// an envelope, as speaker-identify once sent it, is taken for the response itself.
    ///
    /// # Errors
    /// [`Error::UnreadableDelivery`] when it is no result; [`Error::UnexpectedAnswer`] when the job is unfinished.
    pub fn read(body: &[u8], hint: Option<Task>) -> Result<Self> {
        let text = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        if !text.trim_ascii_start().starts_with(b"{") {
            return Self::bare(body, hint);
        }
        let parts = Parts::of(body)?;
        if parts.is_bare() {
            return Self::bare(body, hint);
        }
        let envelope = Envelope::of(&parts)?;
        match envelope.status {
            Status::Fail => Ok(Self::Fail(envelope.errors)),
            Status::InProgress => Err(Error::UnexpectedAnswer { what: "a finished job" }),
            Status::Success => {
                let response = Value::parse(parts.response.unwrap_or(b"null"));
                let response = response.ok_or_else(|| unreadable("response is nested too deeply"))?;
                let task = envelope.task().or(hint).or_else(|| of_fields(&response));
                Self::of(task, &response)
            }
        }
    }

    /// A body without an envelope.
    fn bare(body: &[u8], hint: Option<Task>) -> Result<Self> {
        let response = Value::parse(body).ok_or_else(|| unreadable("it is not JSON, or only a part of it"))?;
        Self::of(hint.or_else(|| of_fields(&response)), &response)
    }

    fn of(task: Option<Task>, response: &Value<'_>) -> Result<Self> {
        let Some(task) = task else { return Ok(Self::Other(response.into())) };
        if !response.is_object() {
            return Err(unreadable("response is not an object"));
        }
        let typed = match task {
            Task::SpeechToText => SpeechToText::read(response).map(Self::SpeechToText),
            Task::SpeakerDiarize => Diarization::read(response).map(Self::Diarization),
            Task::SpeakerIdentify => Identification::read(response).map(Self::Identification),
            Task::AnalyzeInteraction => Interaction::read(response).map(Self::Interaction),
            Task::Punctuate => Punctuation::read(response).map(Self::Punctuation),
            Task::Summarize => Summary::read(response).map(Self::Summary),
        };
        typed.ok_or_else(|| unreadable("response has not the shape of its job's result"))
    }
}

fn unreadable(reason: &'static str) -> Error {
    Error::UnreadableDelivery { reason }
}

fn of_fields(response: &Value<'_>) -> Option<Task> {
    task_of_shape(|name| response.fields().iter().any(|(field, _)| field == name))
}

#[cfg(test)]
#[path = "tests/typed_result.rs"]
mod tests;
