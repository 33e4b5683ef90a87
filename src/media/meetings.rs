//! RingCentral Video's meetings as RingCentral writes them: each may have several recordings.

use super::Recording;
use super::call_log::page;
use super::moment::iso;
use super::paging::Listed;
use super::recording_id::RecordingId;
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::json::Value;

pub(super) const SOURCE: &str = "meetings";
/// The guide: recordings of meetings are MP4 files.
const CONTENT_TYPE: &str = "video/mp4";

/// What is read of a page; a meeting has its participants and summaries too.
const FIELDS: &[&str] = &[
    "meetings",
    "id",
    "startTime",
    "recordings",
    "availabilityStatus",
    "status",
    "url",
    "metadata",
    "duration",
    "fileSize",
    "paging",
    "nextPageToken",
];

pub(super) fn read(response: &HttpResponse) -> Result<Listed> {
    let page = page(response, FIELDS, "meetings").ok_or(Error::UnexpectedAnswer { what: "a page of meetings" })?;
    Ok(Listed::new(page.get("meetings").entries(), recordings).paged_by_token(&page))
}

/// Adds the recordings of one meeting.
pub(super) fn recordings(meeting: &Value<'_>, found: &mut Vec<Recording>) {
    let Some(id) = meeting.get("id").text() else { return };
    for file in meeting.get("recordings").entries() {
        found.extend(recording(meeting, id, file));
    }
}

fn recording(meeting: &Value<'_>, meeting_id: &str, file: &Value<'_>) -> Option<Recording> {
    let started = file.get("startTime").integer().or_else(|| meeting.get("startTime").integer());
    let reason = reason(file);
    Some(Recording {
        id: RecordingId::of_meeting(meeting_id, file.get("id").text()?),
        source: SOURCE,
        started_at: started.and_then(iso),
        // Assumption: seconds, as everywhere else; the guide's sample has 1638 for a file of 66 MB.
        duration_s: file.get("metadata").get("duration").whole(),
        direction: None,
        from: None,
        to: None,
        // A recording that is not ready may have no address yet.
        content_uri: file.text_of("url").unwrap_or_default(),
        content_type: Some(CONTENT_TYPE.into()),
        bytes: file.get("metadata").get("fileSize").whole(),
        submittable: reason.is_none(),
        reason: reason.map(Into::into),
    })
}

/// Why a recording cannot be submitted; a state that is not known does not stand in its way.
fn reason(file: &Value<'_>) -> Option<&'static str> {
    match file.get("availabilityStatus").text() {
        Some("Deleted") => return Some("it was deleted"),
        Some("Purged") => return Some("RingCentral has purged it"),
        Some("NotAvailable") => return Some("it is not available"),
        _ => {}
    }
    match file.get("status").text() {
        Some("Processing") => Some("RingCentral is still processing it"),
        Some("InProgress") => Some("it is still being recorded"),
        Some("Purged") => Some("RingCentral has purged it"),
        Some("Corrupted") => Some("it is corrupted"),
        Some("Error" | "Failed") => Some("RingCentral could not process it"),
        _ => file.get("url").text().is_none_or(str::is_empty).then_some("RingCentral names no address for it"),
    }
}
