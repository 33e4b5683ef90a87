//! The call log as RingCentral writes it, read for what a recording needs.

use super::paging::{Listed, page};
use super::{Party, Recording};
use crate::engine::recording_id::{TOO_SHORT, of_short_call};
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::json::Value;

pub(super) const SOURCE: &str = "calls";

/// What is read of a page; a call has much more.
const FIELDS: &[&str] = &[
    "records",
    "id",
    "startTime",
    "duration",
    "direction",
    "from",
    "to",
    "phoneNumber",
    "name",
    "recording",
    "shortRecording",
    "contentUri",
    "navigation",
    "nextPage",
    "uri",
];

pub(super) fn read(response: &HttpResponse) -> Result<Listed> {
    let page = page(response, FIELDS, "records").ok_or(Error::UnexpectedAnswer { what: "a page of the call log" })?;
    Ok(Listed::new(page.get("records").entries(), |call, found| found.extend(recording(call))).navigated(&page))
}

/// The recording of a call that has one, or had one that was too short to be kept: RingCentral only says that it had.
fn recording(call: &Value<'_>) -> Option<Recording> {
    let recording = call.get("recording");
    let is_short = *call.get("shortRecording") == Value::Flag(true);
    let lost = || call.get("id").text().filter(|_| is_short).map(of_short_call);
    let content_uri = recording.text_of("contentUri");
    Some(Recording {
        id: recording.text_of("id").or_else(lost)?,
        source: SOURCE,
        started_at: call.text_of("startTime"),
        duration_s: call.get("duration").whole(),
        direction: call.text_of("direction"),
        from: Party::read(call.get("from")),
        to: Party::read(call.get("to")),
        content_uri: if is_short { content_uri.unwrap_or_default() } else { content_uri? },
        content_type: None,
        bytes: None,
        submittable: !is_short,
        reason: is_short.then(|| TOO_SHORT.into()),
    })
}
