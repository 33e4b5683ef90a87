//! The call log as RingCentral writes it, read for what a recording needs.

use super::paging::{Found, Listed, page};
use super::recording::{NO_ADDRESS, began};
use super::{Party, Recording};
use crate::engine::recording_id::{TOO_SHORT, of_short_call};
use crate::error::{Error, Result};
use crate::json::Value;
use alloc::borrow::ToOwned;
use core::iter::once;

pub(super) const SOURCE: &str = "calls";
/// When a call, or a leg of it, began.
const STARTED: &str = "startTime";

/// What is read of a page; a call has much more.
const FIELDS: &[&str] = &[
    "records",
    "id",
    STARTED,
    "duration",
    "direction",
    "from",
    "to",
    "phoneNumber",
    "name",
    "recording",
    "shortRecording",
    "legs",
    "contentUri",
    "navigation",
    "nextPage",
    "uri",
];

pub(super) fn read(body: &[u8]) -> Result<Listed> {
    let page = page(body, FIELDS, "records").ok_or(Error::UnexpectedAnswer { what: "a page of the call log" })?;
    Ok(Listed::new(page.get("records").entries(), recordings).navigated(&page, STARTED))
}

/// Takes the recordings of a call: its own, and those that only its legs name where it was asked for with them.
fn recordings(call: &Value<'_>, found: &mut Found) {
    for part in once(call).chain(call.get("legs").entries()) {
        let is_short = matches!(part.get("shortRecording"), Value::Flag(true));
        if is_short || !matches!(part.get("recording"), Value::Null) {
            found.take(recording(call, part, is_short));
        }
    }
}

/// The recording of a call or of one of its legs; of one that was too short to be kept RingCentral only says that there was one.
/// What the leg does not say of itself, its call does.
fn recording(call: &Value<'_>, part: &Value<'_>, is_short: bool) -> Option<Recording> {
    let recording = part.get("recording");
    let lost = || call.id_of("id").filter(|_| is_short).map(of_short_call);
    let [started, duration, direction, from, to] =
        [STARTED, "duration", "direction", "from", "to"].map(|name| match part.get(name) {
            Value::Null => call.get(name),
            own => own,
        });
    let content_uri = recording.text_of("contentUri").unwrap_or_default();
    let reason = if is_short { Some(TOO_SHORT) } else { content_uri.is_empty().then_some(NO_ADDRESS) };
    Some(Recording {
        id: recording.id_of("id").map(ToOwned::to_owned).or_else(lost)?,
        source: SOURCE,
        started_at: began(started),
        duration_s: duration.whole(),
        direction: direction.text().map(ToOwned::to_owned),
        from: Party::read(from),
        to: Party::read(to),
        content_uri,
        content_type: None,
        bytes: None,
        submittable: reason.is_none(),
        reason: reason.map(Into::into),
    })
}
