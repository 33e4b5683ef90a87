//! `/sandbox/…`: what tests want to know and to do. It is no part of RingCentral.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::callback::deliver;
use crate::errors::{Refusal, json_response};
use crate::server::Sandbox;

/// `GET /sandbox/requests`: what was asked so far.
pub async fn requests(State(sandbox): State<Arc<Sandbox>>) -> Response {
    json_response(StatusCode::OK, &sandbox.journal().to_json())
}

/// `GET /sandbox/jobs`: every job that was taken, with the SHA-256 of its envelope and what its callbacks were answered.
pub async fn jobs(State(sandbox): State<Arc<Sandbox>>) -> Response {
    json_response(StatusCode::OK, &sandbox.jobs().to_json())
}

/// `POST /sandbox/jobs/{jobId}/redeliver`: sends a callback again.
pub async fn redeliver(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Response {
    let delivery = sandbox.jobs().delivery(&id);
    match delivery {
        Some(delivery) => {
            tokio::spawn(deliver(Arc::clone(&sandbox), delivery));
            StatusCode::ACCEPTED.into_response()
        }
        None => Refusal::not_found("jobId").into_response(),
    }
}
