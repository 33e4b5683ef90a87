//! `GET /healthz`: alive, and which version.

use crate::edge::reply::Reply;
use ringcentral_ai::json::Object;

/// Answers anyone, whatever the settings are.
pub(crate) fn answer() -> Reply {
    Reply::json(200, Object::new().text("status", "ok").text("version", env!("CARGO_PKG_VERSION")).write())
}
