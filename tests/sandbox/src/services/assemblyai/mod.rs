//! A stand-in for AssemblyAI: `POST /v2/transcript`, and `GET` and `DELETE /v2/transcript/{id}`.
//!
//! By its published description: a transcript is queued, processed and then there, or an error; a webhook names it and says no
//! more. Times are milliseconds, speakers are letters.

pub mod create;
pub mod findings;
pub mod highlights;
pub mod rules;
pub mod transcripts;
pub mod webhook;
pub mod words;

use std::sync::Arc;

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::json;

use crate::errors::json_response;
use crate::server::Sandbox;
use crate::services::door::{Service, Trouble, guard};

/// This service. Its key stands alone in the header, without a word before it.
pub static SERVICE: Service =
    Service { name: "assemblyai", path: "/assemblyai", key: |headers| headers.get(header::AUTHORIZATION)?.to_str().ok(), refuse };

/// The routes of this service.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let router = Router::new()
        .route("/v2/transcript", post(create::create))
        .route("/v2/transcript/{id}", get(transcripts::show).delete(transcripts::delete));
    guard(router, sandbox, &SERVICE)
}

/// An error as AssemblyAI says it.
#[must_use]
pub fn error(status: StatusCode, message: &str) -> Response {
    json_response(status, &json!({ "error": message }))
}

fn refuse(trouble: Trouble, _: &str) -> Response {
    match trouble {
        Trouble::NoKey | Trouble::WrongKey => error(StatusCode::UNAUTHORIZED, "Authentication error, API token missing/invalid"),
        Trouble::NoCredit => {
            error(StatusCode::BAD_REQUEST, "Your current account balance is negative. Please top up to continue using the API.")
        }
        Trouble::TooMany => error(StatusCode::TOO_MANY_REQUESTS, "Too Many Requests"),
        Trouble::Server(status) => error(status, "Server error, developers have been alerted."),
        Trouble::UnknownPath => error(StatusCode::NOT_FOUND, "Not found"),
    }
}
