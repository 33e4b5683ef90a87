//! The call log as RingCentral writes it, read for what a recording needs.

use super::{Party, Recording};
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::json::Value;

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
    "contentUri",
    "navigation",
    "nextPage",
    "uri",
];

/// A page of the call log.
pub(super) struct CallLog<'a>(Value<'a>);

impl<'a> CallLog<'a> {
    pub(super) fn read(response: &'a HttpResponse) -> Result<Self> {
        let page = Value::parse_only(&response.body, FIELDS).filter(Value::is_object);
        let is_list = |page: &Value<'_>| matches!(page.get("records"), Value::List(_) | Value::Null);
        page.filter(is_list).map(Self).ok_or(Error::UnexpectedAnswer { what: "a page of the call log" })
    }

    /// The ids of all calls, recorded or not.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.calls().iter().map(|call| call.get("id").text().unwrap_or_default())
    }

    /// The recordings of the calls that have one.
    pub(super) fn recordings(&self) -> Vec<Recording> {
        self.calls().iter().filter_map(recording).collect()
    }

    /// The address of the next page.
    pub(super) fn next_page(&self) -> Option<&str> {
        self.0.get("navigation").get("nextPage").get("uri").text()
    }

    fn calls(&self) -> &[Value<'a>] {
        self.0.get("records").entries()
    }
}

fn recording(call: &Value<'_>) -> Option<Recording> {
    let recording = call.get("recording");
    Some(Recording {
        id: recording.text_of("id")?,
        source: "calls",
        started_at: call.text_of("startTime"),
        duration_s: call.get("duration").whole(),
        direction: call.text_of("direction"),
        from: party(call.get("from")),
        to: party(call.get("to")),
        content_uri: recording.text_of("contentUri")?,
        content_type: None,
        bytes: None,
        submittable: true,
        reason: None,
    })
}

fn party(party: &Value<'_>) -> Option<Party> {
    party.is_object().then(|| Party { phone_number: party.text_of("phoneNumber"), name: party.text_of("name") })
}
