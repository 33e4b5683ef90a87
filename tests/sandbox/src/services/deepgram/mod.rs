//! A stand-in for Deepgram: `POST /v1/listen`, answered at once or by a callback.
//!
//! By Deepgram's published schema, and by what has been seen of its answers: times are 32-bit floats, words carry
//! `punctuated_word`, `speaker` and `speaker_confidence`.

pub mod callback;
pub mod intelligence;
pub mod listen;
pub mod numbers;
pub mod options;
pub mod refusal;
pub mod response;
pub mod transcript;

use std::sync::Arc;

use axum::Router;
use axum::routing::post;

use crate::server::Sandbox;
use crate::services::door::{Service, guard, key_after};

/// This service.
pub static SERVICE: Service = Service {
    name: "deepgram",
    path: "/deepgram",
    key: |headers| key_after(headers, &["Token", "Bearer"]),
    refuse: refusal::refuse,
};

/// The routes of this service.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    guard(Router::new().route("/v1/listen", post(listen::listen)), sandbox, &SERVICE)
}
