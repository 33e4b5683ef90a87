//! The Desk's log: one line of JSON per event, with ids, states and codes alone; never an address or a text from outside.

use serde_json::json;

/// Something happened to a job; `code` says why, where that is to be said.
pub(super) fn job(event: &str, id: &str, code: Option<&str>) {
    let mut fields = json!({ "desk": event, "job": id });
    if let Some(code) = code {
        fields["code"] = code.into();
    }
    worker::console_log!("{fields}");
}

/// Something of our own did not work.
pub(super) fn trouble(place: &str, error: &worker::Error) {
    worker::console_error!("{}", json!({ "desk": "trouble", "place": place, "error": error.to_string() }));
}
