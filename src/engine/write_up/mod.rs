//! A result in the house format, made of what a service heard: what it did not find is computed, or written by a language model.

mod insights;
mod lines;
mod punctuated;
mod written;

use super::chat::{Chat, NO_CHAT};
use super::heard::{Heard, unusable};
use super::{Made, Making, Missing, Task};
use crate::call::{Io, Operation};
use crate::error::{Error, Result};
use crate::house::{self, Envelope, Found};
use alloc::string::String;
use alloc::vec::Vec;

/// A language model that does not answer is asked so often: what can be had without it is not kept waiting for long.
const TRIES: u32 = 3;

/// The call that makes it.
pub(super) fn write_up(engine: &'static str, chat: Option<Chat>, making: Making, heard: Heard) -> Operation<Made> {
    Operation::new("making of a result", |io| async move { make(engine, chat.as_ref(), &io, &making, heard).await })
        .trying_at_most(TRIES)
}

async fn make(engine: &'static str, chat: Option<&Chat>, io: &Io, making: &Making, mut heard: Heard) -> Result<Made> {
    let input = &making.input;
    let (texts, missing) = match making.task {
        Task::Punctuate => punctuated::punctuated(chat.ok_or_else(|| Error::invalid("task", NO_CHAT))?, io, input).await?,
        Task::Summarize => (Vec::new(), insights::of_text(chat, io, input, &mut heard).await?),
        Task::AnalyzeInteraction => (Vec::new(), insights::of_interaction(chat, io, input, &mut heard).await),
        Task::SpeechToText | Task::SpeakerDiarize | Task::SpeakerIdentify => Default::default(),
    };
    written(making, &heard, &texts, missing).ok_or_else(|| unusable(engine, "one that tells speakers apart"))
}

fn written(making: &Making, heard: &Heard, texts: &[String], missing: Vec<Missing>) -> Option<Made> {
    let Making { task, input, job_id, created_ms, completed_ms, expires_ms, .. } = making;
    let envelope = Envelope { job_id, created_ms: *created_ms, completed_ms: *completed_ms, expires_ms: *expires_ms };
    let found = Found { speech: &heard.speech, insights: &heard.insights, texts };
    Some(Made { result: house::write(*task, input, &found, &envelope)?, missing })
}
