//! Results as RingCentral writes them, whoever did the job: the house format of what is stored, delivered and read.
//!
//! What is not known is left out, never invented and never `null`; only a list that RingCentral's shape requires is empty then.
//! Times are seconds with three decimals at most. The same input gives the same bytes.

mod analyze_interaction;
mod conversation;
mod fields;
mod punctuate;
mod speaker_diarize;
mod speaker_insights;
mod speech_to_text;
mod summarize;
mod wanted;

pub use conversation::Conversation;
pub use wanted::{flag, is_wanted};

use crate::engine::ringcentral::jobs::path_of;
use crate::engine::{Input, Task};
use crate::json::Object;
use crate::speech::{Insight, Speech};
use crate::time::iso;
use alloc::string::String;

/// What every result says of its job.
#[derive(Debug, Clone, Copy)]
pub struct Envelope<'a> {
    /// The job's id.
    pub job_id: &'a str,
    /// When it was submitted, milliseconds since 1970.
    pub created_ms: u64,
    /// When it ended.
    pub completed_ms: u64,
    /// When it will be forgotten.
    pub expires_ms: u64,
}

/// What was found out for a job.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// What was said; empty where the task has no media.
    pub speech: &'a Speech,
    /// What somebody else found in it. What can be computed is computed where it is not here.
    pub insights: &'a [Insight],
    /// The punctuated texts of `punctuate`, in their order.
    pub texts: &'a [String],
}

/// The whole result of a job. None where what was found is not enough for the task: speakers were not told apart, a text lacks,
/// or enrolled speakers were asked for, of whom speech alone tells nothing.
#[must_use]
pub fn write(task: Task, input: &Input, found: &Found<'_>, envelope: &Envelope<'_>) -> Option<String> {
    let response = match task {
        Task::SpeechToText => speech_to_text::response(input, found.speech),
        Task::SpeakerDiarize => speaker_diarize::response(found.speech)?,
        Task::SpeakerIdentify => return None,
        Task::AnalyzeInteraction => analyze_interaction::response(input, found),
        Task::Punctuate => punctuate::response(input, found.texts)?,
        Task::Summarize => summarize::response(input, found.insights),
    };
    let job = Object::new().text("jobId", envelope.job_id).text("api", path_of(task));
    let times = job.text("creationTime", &iso(envelope.created_ms)).text("completionTime", &iso(envelope.completed_ms));
    let whole = times.text("expirationTime", &iso(envelope.expires_ms)).text("status", "Success");
    Some(whole.json("response", &response).write())
}

#[cfg(test)]
mod tests;
