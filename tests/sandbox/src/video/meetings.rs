//! The meetings: those whose files are held here, and some whose recordings cannot be had.

use serde_json::{Value, json};

use crate::base64;
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
    format!("{}==", base64::encode_url(format!("rcv:{}", file.id).as_bytes()))
}

impl Meeting<'_> {
    fn new(title: &str, start_ms: u64, unavailable: Option<Lost>) -> Self {
        Self { id: format!("{}!us-06", id_of(title)), title: title.to_owned(), start_ms, files: Vec::new(), unavailable }
    }

    /// Whether it was recorded.
    #[must_use]
    pub fn has_recordings(&self) -> bool {
        !self.files.is_empty() || self.unavailable.is_some()
    }

    /// The meeting as the history shows it.
    #[must_use]
    pub fn to_json(&self, base_url: &str) -> Value {
        let duration_s: u64 = self.files.iter().map(|file| whole_seconds(file)).sum();
        let host = json!({"displayName": "Dana Brightwater", "accountId": ACCOUNT_ID, "extensionId": OWNER_ID});
        json!({
            "id": self.id,
            "type": "Meeting",
            "status": "Done",
            "displayName": self.title,
            "startTime": write_iso(self.start_ms),
            "duration": duration_s.max(60),
            "hostInfo": host,
            "participants": [host],
            "recordings": self.recordings(base_url),
        })
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

    /// Its recordings as the lists of recordings show them: only those that can be had.
    pub fn cloud_recordings(&self, base_url: &str) -> impl Iterator<Item = Value> {
        self.parts().map(move |(file, start_ms)| {
            json!({
                "id": file.id,
                "shortId": self.id,
                "displayName": self.title,
                "startTime": write_iso(start_ms),
                "hostInfo": {"accountId": ACCOUNT_ID, "extensionId": OWNER_ID},
                "url": url(base_url, file),
                "duration": whole_seconds(file),
                "expiresIn": 31_536_000,
            })
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

    fn lost_id(&self) -> String {
        id_of(&format!("{} recording", self.title))
    }
}

fn url(base_url: &str, file: &Recording) -> String {
    format!("{base_url}/rcvideo/v1/recordings/{}", address(file))
}
