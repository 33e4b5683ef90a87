//! RingCentral Video as RingCentral writes it: a history of meetings, each with its recordings, or a list of recordings.

use super::Recording;
use super::paging::{Found, Listed, page};
use super::recording::{NO_ADDRESS, began};
use crate::engine::recording_id::{ONLY, of_meeting};
use crate::error::{Error, Result};
use crate::json::Value;
use alloc::string::String;

pub(super) const SOURCE: &str = "meetings";
/// The guide: recordings of meetings are MP4 files.
const CONTENT_TYPE: &str = "video/mp4";
/// Why a recording cannot be submitted yet.
pub(super) const PROCESSING: &str = "RingCentral is still processing it";
pub(super) const IN_PROGRESS: &str = "it is still being recorded";

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

/// Reads a page of either kind.
pub(super) fn read(body: &[u8]) -> Result<Listed> {
    let wrong = Error::UnexpectedAnswer { what: "a page of meetings" };
    let page = page(body, FIELDS, "meetings").ok_or(wrong.clone())?;
    let listed = match page.get("recordings") {
        Value::List(rows) => Listed::new(rows, listed_recording),
        Value::Null => Listed::new(page.get("meetings").entries(), recordings),
        _ => return Err(wrong),
    };
    Ok(listed.paged_by_token(&page))
}

/// Takes the recordings of one meeting.
pub(super) fn recordings(meeting: &Value<'_>, found: &mut Found) {
    for file in meeting.get("recordings").entries() {
        let metadata = file.get("metadata");
        let started_at = begun(file).or_else(|| begun(meeting));
        // Assumption: seconds, as everywhere else; the guide's sample has 1638 for a file of 66 MB.
        let duration_s = metadata.get("duration").whole();
        found.take(meeting.id_of("id").zip(file.id_of("id")).map(|(meeting, id)| {
            let found_here = recording(of_meeting(meeting, id), started_at, duration_s, file, reason(file));
            Recording { bytes: metadata.get("fileSize").whole(), ..found_here }
        }));
    }
}

/// Takes a row of a list of recordings.
///
/// Assumption: its `id` is its meeting's, as RingCentral's description has it, and no id of the recording is named; so the
/// row stands for the only recording of that meeting.
fn listed_recording(row: &Value<'_>, found: &mut Found) {
    let duration_s = row.get("duration").whole();
    found.take(row.id_of("id").map(|id| recording(of_meeting(id, ONLY), begun(row), duration_s, row, no_address(row))));
}

fn recording(
    id: String,
    started_at: Option<String>,
    duration_s: Option<u64>,
    file: &Value<'_>,
    reason: Option<&'static str>,
) -> Recording {
    Recording {
        id,
        source: SOURCE,
        started_at,
        duration_s,
        direction: None,
        from: None,
        to: None,
        // A recording that is not ready may have no address yet.
        content_uri: file.text_of("url").unwrap_or_default(),
        content_type: Some(CONTENT_TYPE.into()),
        bytes: None,
        submittable: reason.is_none(),
        reason: reason.map(Into::into),
    }
}

fn begun(of: &Value<'_>) -> Option<String> {
    began(of.get("startTime"))
}

/// Why a recording cannot be submitted; a state that is not known does not stand in its way.
fn reason(file: &Value<'_>) -> Option<&'static str> {
    let [availability, status] = ["availabilityStatus", "status"].map(|name| file.get(name).text());
    match (availability, status) {
        (Some("Deleted"), _) => Some("it was deleted"),
        (Some("Purged"), _) | (_, Some("Purged")) => Some("RingCentral has purged it"),
        // What is not available yet says so in its status.
        (_, Some("Processing")) => Some(PROCESSING),
        (_, Some("InProgress")) => Some(IN_PROGRESS),
        (_, Some("Corrupted")) => Some("it is corrupted"),
        (_, Some("Error" | "Failed")) => Some("RingCentral could not process it"),
        (Some("NotAvailable"), _) => Some("it is not available"),
        _ => no_address(file),
    }
}

fn no_address(file: &Value<'_>) -> Option<&'static str> {
    file.get("url").text().is_none_or(str::is_empty).then_some(NO_ADDRESS)
}
