//! A finished job's body as a typed result.

use super::envelope::{Envelope, Status};
use super::result::{Diarization, Identification, Interaction, Punctuation, SpeechToText, Summary};
use crate::engine::Task;
use crate::error::{ApiError, Error, Result};
use alloc::vec::Vec;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// What a job ended with.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
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
    Other(Value),
}

impl Outcome {
    /// Reads the body of a callback, or of a job status that has finished.
    ///
    /// The job is the one that `api` names, else `hint`, else the one whose fields the response has. A body without
    /// an envelope, as speaker-identify once sent it, is taken for the response itself.
    ///
    /// # Errors
    /// [`Error::UnreadableDelivery`] when it is no result; [`Error::UnexpectedAnswer`] when the job is unfinished.
    pub fn read(body: &[u8], hint: Option<Task>) -> Result<Self> {
        let mut whole: Value = serde_json::from_slice(body).map_err(|_| unreadable("it is not JSON, or only a part of it"))?;
        if whole.get("status").is_none() && whole.get("response").is_none() {
            let task = hint.or_else(|| task_of_shape(&whole));
            return Self::of(task, whole);
        }
        let envelope = Envelope::read(body)?;
        match envelope.status {
            Status::Fail => Ok(Self::Fail(envelope.errors)),
            Status::InProgress => Err(Error::UnexpectedAnswer { what: "a finished job" }),
            Status::Success | Status::Unknown(_) => {
                let response = whole["response"].take();
                let task = envelope.task().or(hint).or_else(|| task_of_shape(&response));
                Self::of(task, response)
            }
        }
    }

    fn of(task: Option<Task>, response: Value) -> Result<Self> {
        Ok(match task {
            Some(Task::SpeechToText) => Self::SpeechToText(typed(response)?),
            Some(Task::SpeakerDiarize) => Self::Diarization(typed(response)?),
            Some(Task::SpeakerIdentify) => Self::Identification(typed(response)?),
            Some(Task::AnalyzeInteraction) => Self::Interaction(typed(response)?),
            Some(Task::Punctuate) => Self::Punctuation(typed(response)?),
            Some(Task::Summarize) => Self::Summary(typed(response)?),
            None => Self::Other(response),
        })
    }
}

fn typed<T: DeserializeOwned>(response: Value) -> Result<T> {
    if !response.is_object() {
        return Err(unreadable("response is not an object"));
    }
    serde_json::from_value(response).map_err(|_| unreadable("response has not the shape of its job's result"))
}

fn unreadable(reason: &'static str) -> Error {
    Error::UnreadableDelivery { reason }
}

/// The job whose result has such fields; identification looks like diarization, without the count.
fn task_of_shape(response: &Value) -> Option<Task> {
    let has = |names: &[&str]| names.iter().any(|name| response.get(name).is_some());
    let known: [(&[&str], Task); 6] = [
        (&["transcript", "words"], Task::SpeechToText),
        (&["utteranceInsights", "speakerInsights", "conversationalInsights"], Task::AnalyzeInteraction),
        (&["texts"], Task::Punctuate),
        (&["summaries"], Task::Summarize),
        (&["speakerCount"], Task::SpeakerDiarize),
        (&["utterances"], Task::SpeakerIdentify),
    ];
    known.into_iter().find(|(names, _)| has(names)).map(|(_, task)| task)
}

#[cfg(test)]
#[path = "tests/outcome.rs"]
mod tests;
