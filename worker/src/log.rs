//! One structured line per request: what it was and how it ended; never its path, which may be a capability.

use ringcentral_ai::json::Object;
use worker::console_log;

/// What is known of a request when it ends.
#[derive(Debug)]
pub(crate) struct Line<'a> {
    /// The route's name.
    pub(crate) route: &'a str,
    /// The method.
    pub(crate) method: &'a str,
    /// The status code.
    pub(crate) status: u16,
    /// How long it took, in milliseconds.
    pub(crate) ms: u64,
    /// The id that its answer carries too.
    pub(crate) request_id: &'a str,
    /// The error's code, when it ended with one.
    pub(crate) code: Option<&'a str>,
    /// What is ours to mend.
    pub(crate) cause: Option<&'a str>,
}

/// Writes the line.
pub(crate) fn write(line: &Line<'_>) {
    let Line { route, method, status, ms, request_id, code, cause } = line;
    let line = Object::new().text("route", route).text("method", method).number("status", (*status).into()).number("ms", *ms);
    let line = line.text("requestId", request_id).optional_text("code", *code).optional_text("cause", *cause);
    console_log!("{}", line.write());
}
