//! What can be analysed: recorded calls, and meetings with all their files.

use serde_json::{Value, json};

use super::findings;
use crate::calllog::calls::{self, LoggedCall};
use crate::clock::write_iso;
use crate::library::Recording;
use crate::oauth::apps::{ACCOUNT_ID, OWNER_ID};
use crate::server::Sandbox;
use crate::video::meetings::{self, Meeting};
use crate::words::{Party, Utterance, Word, Words};

/// A recording of nobody with a licence: it is never analysed.
const UNLICENSED: &str = "silence";

/// One of them.
#[derive(Debug)]
pub struct Source<'a> {
    /// `pbx` or `rcv`.
    pub domain: &'static str,
    /// The id of the recording, or of the meeting.
    pub record_id: String,
    /// The telephony session of the call, or the meeting once more.
    pub session_id: String,
    title: String,
    direction: Option<&'a str>,
    start_ms: u64,
    duration_s: f64,
    words: Words,
    speakers: Vec<Speaker<'a>>,
}

#[derive(Debug)]
struct Speaker<'a> {
    name: String,
    phone_number: Option<&'a str>,
    is_own: bool,
}

/// All that have words and a licence.
#[must_use]
pub fn all(sandbox: &Sandbox) -> Vec<Source<'_>> {
    let calls = calls::all(sandbox).into_iter().filter_map(|call| of_call(&call));
    calls.chain(meetings::all(sandbox).into_iter().filter_map(|meeting| of_meeting(&meeting))).collect()
}

fn of_call<'a>(call: &LoggedCall<'a>) -> Option<Source<'a>> {
    let recording = call.recording.filter(|recording| recording.name != UNLICENSED)?;
    let words = recording.words.as_deref()?;
    let (from, to) = (&words.call.from, &words.call.to);
    let is_inbound = words.call.direction == "Inbound";
    let speaker = |party: &'a Party, is_own| Speaker { name: name(party), phone_number: Some(&party.phone_number), is_own };
    // Who is called speaks first, but for a voicemail.
    let mut speakers = vec![speaker(to, is_inbound), speaker(from, !is_inbound)];
    if words.voicemail {
        speakers.reverse();
    }
    speakers.truncate(words.speakers().len());
    Some(Source {
        domain: "pbx",
        record_id: recording.id.clone(),
        session_id: call.telephony_session_id(),
        title: format!("Call from {} to {}", name(from), name(to)),
        direction: Some(&words.call.direction),
        start_ms: call.start_ms,
        duration_s: recording.sound().duration_s,
        words: joined([recording].into_iter())?,
        speakers,
    })
}

/// Assumption: a meeting that was recorded in parts is one, its times counted from the beginning of the first part.
fn of_meeting<'a>(meeting: &Meeting<'a>) -> Option<Source<'a>> {
    let files = || meeting.files().iter().copied();
    let words = joined(files())?;
    let speaker = |(number, _)| {
        let name = if number == 0 { "Dana Brightwater".to_owned() } else { format!("Participant {}", number + 1) };
        Speaker { name, phone_number: None, is_own: number == 0 }
    };
    Some(Source {
        domain: "rcv",
        record_id: meeting.id.clone(),
        session_id: meeting.id.clone(),
        title: meeting.title.clone(),
        direction: None,
        start_ms: meeting.start_ms,
        duration_s: files().map(|file| file.sound().duration_s).sum(),
        speakers: words.speakers().into_iter().enumerate().map(speaker).collect(),
        words,
    })
}

/// The words of some files, one after another; none where one's are not known, or where there is no file.
fn joined<'a>(files: impl Iterator<Item = &'a Recording>) -> Option<Words> {
    let mut all: Option<Words> = None;
    let mut begun_s = 0.0;
    for file in files {
        let words = file.words.as_deref()?;
        let later = |word: &Word| Word { start: word.start + begun_s, end: word.end + begun_s, ..word.clone() };
        let turn = |turn: &Utterance| Utterance { words: turn.words.iter().map(later).collect(), ..turn.clone() };
        let known = all.get_or_insert_with(|| Words { utterances: Vec::new(), ..words.clone() });
        known.utterances.extend(words.utterances.iter().map(turn));
        begun_s += file.sound().duration_s;
    }
    all
}

fn name(party: &Party) -> String {
    party.name.clone().unwrap_or_else(|| party.phone_number.clone())
}

impl Source<'_> {
    /// Its insights, those that are wanted, or all where none are named.
    #[must_use]
    pub fn to_json(&self, ready_ms: u64, wanted: &[&str]) -> Value {
        let ids: Vec<_> = (1..=self.speakers.len()).map(|number| self.speaker_id(number)).collect();
        let speakers = self.speakers.iter().zip(&ids).map(|(speaker, id)| {
            let (account, extension) = (speaker.is_own.then_some(ACCOUNT_ID), speaker.is_own.then_some(OWNER_ID));
            let mut shown = json!({"speakerId": id, "name": speaker.name, "accountId": account, "extensionId": extension});
            if let Some(number) = speaker.phone_number {
                shown["phoneNumber"] = json!(number);
            }
            shown
        });
        let mut shown = json!({
            "title": self.title,
            "domain": self.domain,
            "sourceRecordId": self.record_id,
            "sourceSessionId": self.session_id,
            "ownerExtensionId": OWNER_ID,
            "recordingDurationMs": std::time::Duration::from_secs_f64(self.duration_s).as_millis(),
            "recordingStartTime": write_iso(self.start_ms),
            "creationTime": write_iso(ready_ms),
            "lastModifiedTime": write_iso(ready_ms),
            "speakerInfo": speakers.collect::<Vec<_>>(),
            "insights": findings::all(&self.words, &ids, wanted),
        });
        if let Some(direction) = self.direction {
            shown["callDirection"] = json!(direction);
        }
        shown
    }

    fn speaker_id(&self, number: usize) -> String {
        format!("p-{}-{number}", self.session_id.trim_start_matches("s-"))
    }
}
