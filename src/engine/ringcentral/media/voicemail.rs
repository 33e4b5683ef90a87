//! Voicemail as RingCentral's message store writes it: each message may have a sound among its attachments.

use super::paging::{Found, Listed, page};
use super::recording::{NO_ADDRESS, began};
use super::{Party, Recording};
use crate::engine::recording_id::of_voicemail;
use crate::error::{Error, Result};
use crate::json::Value;

pub(super) const SOURCE: &str = "voicemail";
/// When a message was left.
const CREATED: &str = "creationTime";

/// What is read of a page.
const FIELDS: &[&str] = &[
    "records",
    "id",
    CREATED,
    "direction",
    "availability",
    "from",
    "to",
    "phoneNumber",
    "name",
    "attachments",
    "uri",
    "type",
    "contentType",
    "vmDuration",
    "size",
    "navigation",
    "nextPage",
];

pub(super) fn read(body: &[u8]) -> Result<Listed> {
    let page = page(body, FIELDS, "records").ok_or(Error::UnexpectedAnswer { what: "a page of the message store" })?;
    Ok(Listed::new(page.get("records").entries(), recordings).navigated(&page, CREATED))
}

/// Takes the sounds of one message.
pub(super) fn recordings(message: &Value<'_>, found: &mut Found) {
    for attachment in message.get("attachments").entries() {
        if attachment.get("type").text() == Some("AudioRecording") {
            found.take(recording(message, attachment));
        }
    }
}

fn recording(message: &Value<'_>, sound: &Value<'_>) -> Option<Recording> {
    let content_uri = sound.text_of("uri").unwrap_or_default();
    let reason = reason(message).or_else(|| content_uri.is_empty().then_some(NO_ADDRESS));
    let to = message.get("to");
    Some(Recording {
        id: of_voicemail(message.id_of("id")?, sound.id_of("id")?),
        source: SOURCE,
        started_at: began(message.get(CREATED)),
        duration_s: sound.get("vmDuration").whole(),
        direction: message.text_of("direction"),
        from: Party::read(message.get("from")),
        to: Party::read(to.entries().first().unwrap_or(to)),
        content_uri,
        content_type: sound.text_of("contentType"),
        bytes: sound.get("size").whole(),
        submittable: reason.is_none(),
        reason: reason.map(Into::into),
    })
}

/// Why a message's sound cannot be submitted.
fn reason(message: &Value<'_>) -> Option<&'static str> {
    match message.get("availability").text() {
        Some("Deleted") => Some("it was deleted"),
        Some("Purged") => Some("RingCentral has purged it"),
        _ => None,
    }
}
