//! `GET /ai/status/v1/jobs/{jobId}`: the envelope of a job, with its result once there is one.

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::ai::envelope;
use crate::errors::Refusal;
use crate::gate::Caller;
use crate::server::Sandbox;

/// Answers a status question.
///
/// # Errors
/// 400 for what is no UUID, 404 for a job that nobody knows. Assumption: both codes are CAI-101; the specification
/// gives the statuses only, and the sentence of the 404.
pub async fn status(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Result<Response, Refusal> {
    if !is_uuid(&id) {
        return Err(Refusal::ai("jobId", "It should be a valid uuid"));
    }
    let (id, now_ms) = (id.to_lowercase(), sandbox.now_ms());
    let shown = |client_id| envelope::shown(&id, sandbox.jobs().find(&id)?, client_id, now_ms);
    let Some(envelope) = shown(caller.app.client_id) else {
        return Err(Refusal { status: StatusCode::NOT_FOUND, ..Refusal::ai("jobId", &format!("The {id} doesn't exist")) });
    };
    Ok(([(header::CONTENT_TYPE, "application/json;charset=utf-8")], envelope).into_response())
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
