//! `GET` and `PUT /sandbox/faults`: what goes wrong, and what has gone wrong so far.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::json;

use crate::errors::json_response;
use crate::faults::Rules;
use crate::server::Sandbox;

/// The rules that hold and what was done.
pub async fn show(State(sandbox): State<Arc<Sandbox>>) -> Response {
    json_response(StatusCode::OK, &sandbox.faults().to_json())
}

/// From now on by these rules; the answer is as after `GET`. 400 says what is wrong with them.
pub async fn replace(State(sandbox): State<Arc<Sandbox>>, body: Bytes) -> Response {
    match Rules::parse(&body) {
        Ok(rules) => {
            sandbox.faults().replace(rules);
            json_response(StatusCode::OK, &sandbox.faults().to_json())
        }
        Err(problem) => json_response(StatusCode::BAD_REQUEST, &json!({"message": problem})),
    }
}
