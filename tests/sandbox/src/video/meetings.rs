//! The meetings: those whose files are held here, and some whose recordings cannot be had.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::clock::write_iso;
use crate::library::{Recording, id_of};
use crate::oauth::apps::{ACCOUNT_ID, OWNER_ID};
use crate::recording::whole_seconds;
use crate::server::Sandbox;

/// Meetings without a file: title, minutes before the start, and the `availabilityStatus` and `status` of a recording.
const WITHOUT_FILES: [(&str, u64, Option<Lost>); 4] = [
    ("Weekly stand-up", 4, Some(("NotAvailable", "Processing"))),
    ("Interview", 2000, Some(("Deleted", "Processed"))),
    ("Summer party", 520_000, Some(("Purged", "Purged"))),
    ("Coffee chat", 900, None),
];

/// RingCentral keeps a recording for a year.
const KEPT_MS: u64 = 365 * 86_400_000;

/// The two statuses of a recording that cannot be had.
type Lost = (&'static str, &'static str);

/// One meeting.
#[derive(Debug)]
pub struct Meeting<'a> {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// When it began.
    pub start_ms: u64,
    files: Vec<&'a Recording>,
    unavailable: Option<Lost>,
}

/// Every meeting, newest first.
#[must_use]
pub fn all(sandbox: &Sandbox) -> Vec<Meeting<'_>> {
    let start_ms = |minutes_ago: u64| sandbox.started_ms - minutes_ago * 60_000;
    let mut meetings: Vec<_> = WITHOUT_FILES
        .into_iter()
        .map(|(title, minutes_ago, unavailable)| Meeting::new(title, start_ms(minutes_ago), unavailable))
        .collect();
    let mut files: Vec<_> = sandbox.library.meetings().collect();
    files.sort_by_key(|(_, meeting)| meeting.part);
    for (file, told) in files {
        let known = meetings.iter().position(|meeting| meeting.title == told.title);
        let at = known.unwrap_or_else(|| {
            meetings.push(Meeting::new(&told.title, start_ms(told.minutes_ago), None));
            meetings.len() - 1
        });
        meetings[at].files.push(file);
    }
    meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.start_ms));
    meetings
}

/// The last part of the address of a meeting's file: what RingCentral calls an encrypted link.
#[must_use]
pub fn address(file: &Recording) -> String {
    format!("{}==", URL_SAFE_NO_PAD.encode(format!("rcv:{}", file.id)))
}

impl<'a> Meeting<'a> {
    /// Its files in their order.
    #[must_use]
    pub fn files(&self) -> &[&'a Recording] {
        &self.files
    }

    fn new(title: &str, start_ms: u64, unavailable: Option<Lost>) -> Self {
        Self { id: format!("{}!us-06", id_of(title)), title: title.to_owned(), start_ms, files: Vec::new(), unavailable }
    }

    /// Whether it was recorded.
    #[must_use]
    pub fn has_recordings(&self) -> bool {
        !self.files.is_empty() || self.unavailable.is_some()
    }

    /// What every list says of a meeting.
    fn basics(&self) -> Value {
        json!({
            "id": self.id,
            "shortId": self.short_id(),
            "bridgeId": format!("{}@us", self.short_id()),
            "displayName": self.title,
            "startTime": write_iso(self.start_ms),
            "duration": self.parts().map(|(file, _)| whole_seconds(file)).sum::<u64>().max(60),
            "hostInfo": host(),
        })
    }

    /// The meeting as its host's history shows it.
    #[must_use]
    pub fn to_json(&self, base_url: &str) -> Value {
        let mut shown = self.basics();
        shown["type"] = json!("Meeting");
        shown["status"] = json!("Done");
        shown["rights"] = json!(["delete", "download", "share"]);
        let mut participant = participant();
        participant["type"] = json!("User");
        shown["participants"] = json!([participant]);
        shown["recordings"] = json!(self.recordings(base_url));
        shown
    }

    /// The meeting as the history of a whole account shows it: its recordings are not there.
    #[must_use]
    pub fn to_admin_json(&self) -> Value {
        let mut shown = self.basics();
        shown["participants"] = json!([participant()]);
        shown
    }

    /// Its recordings as its history entry lists them; `startTime` is in milliseconds there.
    fn recordings(&self, base_url: &str) -> Vec<Value> {
        let alive = self.parts().map(|(file, start_ms)| {
            json!({
                "id": file.id,
                "availabilityStatus": "Alive",
                "status": "Processed",
                "startTime": start_ms,
                "url": url(base_url, file),
                "metadata": {"duration": whole_seconds(file), "fileSize": file.bytes.len()},
            })
        });
        let gone = self.unavailable.map(|(availability, status)| {
            json!({"id": self.lost_id(), "availabilityStatus": availability, "status": status, "startTime": self.start_ms})
        });
        alive.chain(gone).collect()
    }

    /// Its recordings as the lists of recordings show them: only those that can be had. `id` is the meeting's, as the
    /// description has it. Assumption: `startTime` and `duration` are the recording's own.
    pub fn cloud_recordings(&self, base_url: &str) -> impl Iterator<Item = Value> {
        self.parts().map(move |(file, start_ms)| {
            let mut row = self.basics();
            row["startTime"] = json!(write_iso(start_ms));
            row["duration"] = json!(whole_seconds(file));
            row["url"] = json!(url(base_url, file));
            row["mediaLink"] = json!(format!("{base_url}/rcvideo/v1/media/{}", file.id));
            row["expiresIn"] = json!(write_iso(start_ms + KEPT_MS));
            row
        })
    }

    /// Its files, each with its own beginning.
    fn parts(&self) -> impl Iterator<Item = (&Recording, u64)> {
        let begun = self.files.iter().scan(self.start_ms, |start_ms, file| {
            let begun = *start_ms;
            *start_ms += whole_seconds(file) * 1000;
            Some(begun)
        });
        self.files.iter().copied().zip(begun)
    }

    /// The number that people dial in with.
    fn short_id(&self) -> String {
        id_of(&format!("{} bridge", self.title))
    }

    fn lost_id(&self) -> String {
        id_of(&format!("{} recording", self.title))
    }
}

fn host() -> Value {
    json!({"displayName": "Dana Brightwater", "accountId": ACCOUNT_ID, "extensionId": OWNER_ID})
}

fn participant() -> Value {
    json!({"id": OWNER_ID, "displayName": "Dana Brightwater", "accountId": ACCOUNT_ID, "extensionId": OWNER_ID})
}

fn url(base_url: &str, file: &Recording) -> String {
    format!("{base_url}/rcvideo/v1/recordings/{}", address(file))
}
