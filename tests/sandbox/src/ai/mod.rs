//! The AI API: jobs that are submitted, worked off and answered by a callback.
//!
//! A task is one file with a [`Task`] value in it; `TASKS` is the list. Everything else here is the same for all.

pub mod analyze_interaction;
pub mod enrolling;
pub mod enrollments;
pub mod envelope;
pub mod habit;
pub mod input;
pub mod insights;
pub mod punctuate;
pub mod speaker_diarize;
pub mod speaker_identify;
pub mod speakers;
pub mod speech_to_text;
pub mod status;
pub mod submit;
pub mod summarize;
pub mod turns;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use serde_json::Value;

use crate::errors::Refusal;
use crate::gate::{Terms, guard};
use crate::hearing::Heard;
use crate::limits::Group;
use crate::server::Sandbox;
use input::Input;

/// The tasks of this API.
const TASKS: [Task; 6] = [
    speech_to_text::TASK,
    speaker_diarize::TASK,
    speaker_identify::TASK,
    analyze_interaction::TASK,
    punctuate::TASK,
    summarize::TASK,
];

const TERMS: Terms = Terms { group: Group::Heavy, permission: "AI", token_in_query: false };

/// One asynchronous task.
#[derive(Debug, Clone, Copy)]
pub struct Task {
    /// Its path, which is also the `api` of its envelopes.
    pub path: &'static str,
    /// Refuses what RingCentral would refuse.
    pub check: fn(&Input) -> Result<(), Refusal>,
    /// Makes the `response`.
    pub answer: Answer,
}

/// What a task works on.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// The audio at its `contentUri`.
    FromAudio(fn(&Input, &Heard) -> Value),
    /// The texts in its input.
    FromText(fn(&Input) -> Value),
}

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let others = enrollments::routes().route("/ai/status/v1/jobs/{id}", get(status::status));
    let router = TASKS.into_iter().fold(others, |router, task| {
        router
            .route(task.path, post(async move |state, uri, id, caller, body| submit::submit(task, state, uri, id, caller, body)))
    });
    guard(router, sandbox, TERMS)
}
