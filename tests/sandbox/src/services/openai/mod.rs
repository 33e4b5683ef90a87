//! A stand-in for OpenAI and for whatever speaks as it does: transcriptions of uploaded files, chat completions, models.
//!
//! The base URL of a client ends in `/openai/v1`.

pub mod chat;
pub mod formats;
pub mod models;
pub mod refusal;
pub mod transcriptions;
pub mod upload;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::server::Sandbox;
use crate::services::door::{Service, guard, key_after};

/// This service.
pub static SERVICE: Service =
    Service { name: "openai", path: "/openai", key: |headers| key_after(headers, &["Bearer"]), refuse: refusal::refuse };

/// The routes of this service.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let router = Router::new()
        .route("/v1/audio/transcriptions", post(transcriptions::transcribe))
        .route("/v1/chat/completions", post(chat::complete))
        .route("/v1/models", get(models::list))
        .route("/v1/models/{*id}", get(models::single));
    guard(router, sandbox, &SERVICE)
}
