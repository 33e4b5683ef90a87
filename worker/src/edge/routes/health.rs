//! `GET /healthz`: alive, and which version.

use crate::edge::reply::Reply;
use crate::problem::Problem;
use serde_json::json;

/// Answers anyone, whatever the settings are.
pub(crate) fn answer() -> Result<Reply, Problem> {
    Reply::json(200, &json!({ "status": "ok", "version": env!("CARGO_PKG_VERSION") }))
}
