//! The calls themselves: one for every recording, and some that nobody recorded.

use serde_json::{Value, json};

use crate::clock::write_iso;
use crate::library::Recording;
use crate::oauth::apps::{ACCOUNT_ID, OWNER_ID};
use crate::recording::{content_uri, uri, whole_seconds};
use crate::server::Sandbox;
use crate::words::{Call, Party};

/// Calls without a recording: minutes before the start, seconds, direction, type, result, the other's number, extension.
const UNRECORDED: [Row; 9] = [
    (8, 0, "Inbound", "Voice", "Missed", "+16195550147", OWN),
    (190, 42, "Outbound", "Voice", "Call connected", "+13125550162", OWN),
    (1100, 12, "Inbound", "Fax", "Received", "+18585550120", OWN),
    (1900, 305, "Outbound", "Voice", "Call connected", "+16195550147", OWN),
    (4500, 9, "Inbound", "Voice", "Accepted", "+12065550188", OWN),
    (2100, 0, "Inbound", "Voice", BLOCKED, "+19005550111", OWN),
    (2200, 61, "Inbound", "Voice", DELETED, "+16195550147", OWN),
    (420, 95, "Outbound", "Voice", "Call connected", "+12065550142", COLLEAGUE),
    (1700, 0, "Inbound", "Voice", "Missed", "+13125550162", COLLEAGUE),
];
type Row = (u64, u64, &'static str, &'static str, &'static str, &'static str, Extension);
/// Its id and its short number.
type Extension = (&'static str, &'static str);
const OWN: Extension = (OWNER_ID, "101");
const COLLEAGUE: Extension = ("256440017", "102");
/// The result of a call that the user's rules kept away.
pub const BLOCKED: &str = "Blocked";
/// Stands for a call that the user deleted.
const DELETED: &str = "Deleted";
const OWN_NUMBER: &str = "+16505550199";
/// A connected call shorter than this has a recording that is too short to be returned.
const SHORT_RECORDING_S: u64 = 30;

/// One call of the log.
#[derive(Debug)]
pub struct LoggedCall<'a> {
    /// Its id in the log.
    pub id: String,
    /// When it began.
    pub start_ms: u64,
    /// How long it was, in seconds.
    pub duration_s: u64,
    /// `Voice` or `Fax`.
    pub kind: &'static str,
    /// What became of it.
    pub result: &'static str,
    /// Its ends and its direction.
    pub call: Call,
    /// Its recording.
    pub recording: Option<&'a Recording>,
    /// The id and the number of the extension that had the call.
    pub extension: Extension,
    /// Whether the user deleted it.
    pub deleted: bool,
    session_id: u64,
}

/// Every call of the account, newest first.
#[must_use]
pub fn all(sandbox: &Sandbox) -> Vec<LoggedCall<'_>> {
    let recorded = sandbox.library.calls().map(|recording| recorded(sandbox, recording));
    let mut calls: Vec<_> = recorded.chain(UNRECORDED.iter().map(|row| unrecorded(sandbox, *row))).collect();
    calls.sort_by(|a, b| b.start_ms.cmp(&a.start_ms).then_with(|| a.id.cmp(&b.id)));
    calls
}

fn recorded<'a>(sandbox: &Sandbox, recording: &'a Recording) -> LoggedCall<'a> {
    let call = recording.words.as_ref().map(|words| words.call.clone()).unwrap_or_default();
    LoggedCall {
        id: format!("A{}UQ", recording.id),
        start_ms: sandbox.started_ms - call.minutes_ago * 60_000,
        duration_s: whole_seconds(recording),
        kind: "Voice",
        result: if call.direction == "Inbound" { "Accepted" } else { "Call connected" },
        call,
        recording: Some(recording),
        extension: OWN,
        deleted: false,
        session_id: 40_000_000_000 + recording.id.parse::<u64>().unwrap_or_default(),
    }
}

fn unrecorded<'a>(
    sandbox: &Sandbox,
    (minutes_ago, duration_s, direction, kind, result, number, extension): Row,
) -> LoggedCall<'a> {
    let party = |phone_number: &str| Party { phone_number: phone_number.to_owned(), ..Party::default() };
    let (from, to) = if direction == "Inbound" { (number, OWN_NUMBER) } else { (OWN_NUMBER, number) };
    let call = Call { minutes_ago, direction: direction.to_owned(), from: party(from), to: party(to), ..Call::default() };
    LoggedCall {
        id: format!("A{:010}UQ", 7_000_000 + minutes_ago),
        start_ms: sandbox.started_ms - minutes_ago * 60_000,
        duration_s,
        kind,
        result: if result == DELETED { "Accepted" } else { result },
        call,
        recording: None,
        extension,
        deleted: result == DELETED,
        session_id: 41_000_000_000 + minutes_ago,
    }
}

impl LoggedCall<'_> {
    /// The record as the call log shows it; `detailed` adds the legs.
    #[must_use]
    pub fn record(&self, base_url: &str, detailed: bool) -> Value {
        let view = if detailed { "Detailed" } else { "Simple" };
        let id = self.extension.0;
        let mut record = self.leg(base_url);
        let extension = format!("{base_url}/restapi/v1.0/account/{ACCOUNT_ID}/extension/{id}");
        record["uri"] = json!(format!("{extension}/call-log/{}?view={view}", self.id));
        record["id"] = json!(self.id);
        record["sessionId"] = json!(self.session_id());
        record["extension"] = json!({"uri": extension, "id": id.parse::<u64>().unwrap_or_default()});
        if self.deleted {
            record["deleted"] = json!(true);
        }
        if self.result == "Accepted" && self.recording.is_none() && self.duration_s < SHORT_RECORDING_S {
            record["shortRecording"] = json!(true);
        }
        if detailed {
            let mut leg = self.leg(base_url);
            leg["legType"] = json!("Accept");
            leg["master"] = json!(true);
            record["legs"] = json!([leg]);
            record["lastModifiedTime"] = json!(write_iso(self.start_ms + self.duration_s * 1000 + 20_000));
        }
        record
    }

    /// The id that the record calls `sessionId`.
    #[must_use]
    pub fn session_id(&self) -> String {
        self.session_id.to_string()
    }

    /// The id that live events of the call carry.
    #[must_use]
    pub fn telephony_session_id(&self) -> String {
        format!("s-a0d{:x}", self.session_id)
    }

    /// `PSTN`, or `VoIP` for calls that the extension made.
    #[must_use]
    pub fn transport(&self) -> &'static str {
        if self.recording.is_none() && self.call.direction == "Outbound" { "VoIP" } else { "PSTN" }
    }

    fn leg(&self, base_url: &str) -> Value {
        let mut leg = json!({
            "startTime": write_iso(self.start_ms),
            "duration": self.duration_s,
            "type": self.kind,
            "internalType": "Local",
            "direction": self.call.direction,
            "action": if self.kind == "Fax" { "Incoming Fax" } else { "Phone Call" },
            "result": self.result,
            "from": self.call.from,
            "to": self.call.to,
            "telephonySessionId": self.telephony_session_id(),
            "transport": self.transport(),
        });
        if let Some(recording) = self.recording {
            leg["recording"] = json!({
                "uri": uri(base_url, recording),
                "id": recording.id,
                "type": self.call.recording_type,
                "contentUri": content_uri(base_url, recording),
            });
        }
        leg
    }
}
