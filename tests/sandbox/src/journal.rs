//! What was asked of the sandbox, for tests: `GET /sandbox/requests`.

use axum::http::{Method, StatusCode};
use serde::Serialize;

use crate::limits::Verdict;

/// More requests than this and the oldest are forgotten.
const MAX_ENTRIES: usize = 100_000;

/// One request; never its query, headers or body.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    at_ms: u64,
    method: String,
    path: String,
    group: Option<&'static str>,
    status: u16,
    in_penalty: bool,
}

/// The requests so far, in the order of their answers.
#[derive(Debug, Default)]
pub struct Journal(std::collections::VecDeque<Entry>);

impl Journal {
    /// Writes one request down.
    pub fn note(&mut self, at_ms: u64, method: &Method, path: &str, status: StatusCode, verdict: Option<Verdict>) {
        if self.0.len() == MAX_ENTRIES {
            self.0.pop_front();
        }
        self.0.push_back(Entry {
            at_ms,
            method: method.to_string(),
            path: path.to_owned(),
            group: verdict.map(|v| v.group.name()),
            status: status.as_u16(),
            in_penalty: verdict.is_some_and(|v| v.in_penalty),
        });
    }

    /// The list as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!(self.0)
    }
}
