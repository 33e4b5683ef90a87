//! A result in the house format, made of what a service heard: what it did not find is computed, or written by a language model.

mod insights;

use super::chat::Chat;
use super::heard::Heard;
use super::{Made, Making};
use crate::call::Operation;
use crate::error::{Error, Result};
use crate::house::{self, Envelope, Found};
use alloc::vec::Vec;

/// The call that makes it.
pub(super) fn write_up(chat: Option<Chat>, making: Making, heard: Heard) -> Operation<Made> {
    Operation::new("making of a result", |_| async move {
        let mut missing = Vec::new();
        insights::complete(chat.as_ref(), &making, &heard, &mut missing);
        written(&making, &heard, missing)
    })
}

fn written(making: &Making, heard: &Heard, missing: Vec<super::Missing>) -> Result<Made> {
    let Making { task, input, job_id, created_ms, completed_ms, expires_ms, .. } = making;
    let envelope = Envelope { job_id, created_ms: *created_ms, completed_ms: *completed_ms, expires_ms: *expires_ms };
    let found = Found { speech: &heard.speech, insights: &heard.insights, texts: &[] };
    let result = house::write(*task, input, &found, &envelope);
    Ok(Made { result: result.ok_or(Error::UnexpectedAnswer { what: "one that tells speakers apart" })?, missing })
}
