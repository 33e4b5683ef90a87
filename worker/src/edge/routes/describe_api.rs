//! `GET /openapi.json`: the API's own description, for people, generators of clients and tests.

use crate::edge::reply::Reply;

/// The description; `openapi_tests` holds it against the routes, the codes, the engine's rules and the Job.
pub(crate) const DOCUMENT: &str = include_str!("../../../openapi.json");

/// Answers anyone, and pages of any origin, whatever the settings are.
pub(crate) fn answer() -> Reply {
    Reply::json(200, DOCUMENT.to_owned()).with("access-control-allow-origin", "*")
}
