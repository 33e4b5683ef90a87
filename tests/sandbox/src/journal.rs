//! What was asked of the sandbox, for tests: `GET /sandbox/requests`.

use axum::http::Method;
use axum::response::Response;
use serde::Serialize;

use crate::faults::request::NoAnswer;
use crate::gate::CountedAs;
use crate::limits::Verdict;

/// More requests than this and the oldest are forgotten.
const MAX_ENTRIES: usize = 100_000;

/// One request; never its query, headers or body.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    at_ms: u64,
    method: String,
    path: String,
    answered_ms: u64,
    /// The user and the app that it was counted for.
    by: Option<String>,
    group: Option<&'static str>,
    /// None where no answer got through.
    status: Option<u16>,
    in_penalty: bool,
}

/// The requests so far, in the order of their answers.
#[derive(Debug, Default)]
pub struct Journal(std::collections::VecDeque<Entry>);

impl Journal {
    /// Writes one request down, with when it came (or was counted) and when it was answered.
    pub fn note(&mut self, [at_ms, answered_ms]: [u64; 2], method: &Method, path: &str, response: &Response) {
        let verdict = response.extensions().get::<Verdict>();
        let is_lost = response.extensions().get::<NoAnswer>().is_some();
        if self.0.len() == MAX_ENTRIES {
            self.0.pop_front();
        }
        self.0.push_back(Entry {
            at_ms: verdict.map_or(at_ms, |verdict| verdict.at_ms),
            answered_ms,
            by: response.extensions().get().map(|CountedAs(who)| who.clone()),
            method: method.to_string(),
            path: path.to_owned(),
            group: verdict.map(|v| v.group.name()),
            status: (!is_lost).then_some(response.status().as_u16()),
            in_penalty: verdict.is_some_and(|v| v.in_penalty),
        });
    }

    /// The list as JSON.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!(self.0)
    }
}
