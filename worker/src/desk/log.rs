//! The Desk's log: one line of JSON per event, with ids, states and codes alone; never an address or a text from outside.

use crate::request_id;
use ringcentral_ai::json::Object;

/// Something happened to a job; `code` says why, where that is to be said.
pub(super) fn job(event: &str, id: &str, code: Option<&str>) {
    worker::console_log!("{}", line(event).text("job", id).optional_text("code", code).write());
}

/// Whoever is told of a job's end was told, or not.
pub(super) fn notice(outcome: &str, job_id: &str, status: Option<u16>) {
    let line = line("notice").text("job", job_id).text("outcome", outcome);
    worker::console_log!("{}", line.optional_number("status", status.map(u64::from)).write());
}

/// Something of our own did not work.
pub(super) fn trouble(place: &str, error: &worker::Error) {
    let line = line("trouble").text("place", place).text("error", &error.to_string());
    worker::console_error!("{}", line.write());
}

/// The beginning of a line; what a request causes has its id.
fn line(event: &str) -> Object {
    Object::new().text("desk", event).optional_text("requestId", request_id::current().as_deref())
}
