//! AI Conversation Expert, RingCentral's own successor of its AI: the insights of a recording that RingCentral has analysed by itself
//! are fetched. Nothing is submitted, and no media of one's own is taken.
//! <https://developers.ringcentral.com/guide/ai/ace>

mod event;
mod found;
mod heard;
mod record;
mod record_insights;
mod speakers;

use super::chat::Chat;
use super::hearing::{Unable, check, honoured};
use super::ringcentral::RingCentral;
use super::ringcentral::client::Client;
use super::write_up::write_up;
use super::{Accepted, BoxedCall, Delivery, Engine, Input, Job, Made, Making, Media, Outcome, Task};
use crate::call::{Operation, Report, Wait};
use crate::error::{Error, Result};
use crate::json::{Value, pick};
use crate::pace::Group;
use crate::secret::Secret;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use record::Record;
use record_insights::{NOT_YET, insights};

/// An analysis takes half an hour after a call, as seen in RingCentral's samples; after so long it will not come.
const REMEMBERS_MS: u64 = 24 * 3_600_000;
/// How soon it is asked for again that was not there at once; each pause is twice as long as the one before.
const ASK_AFTER_MS: u64 = 15_000;

const NAME: &str = "ace";
/// `languageCode` is taken, and of no use: RingCentral finds the language out, as it does the rest.
const UNABLE: Unable = &[
    ("speakerIds", "names the speakers by itself"),
    ("speakerCount", "has told the speakers apart already"),
    ("separateSpeakerPerChannel", "has told the speakers apart already"),
    ("speechContexts", "has heard the recording already"),
];
const NO_MEDIA: &str =
    "ace has the recordings of calls and meetings that RingCentral analysed by itself: name one by its recordingId";

/// It as an engine, with the session and the rate limits of RingCentral's client.
#[derive(Debug)]
pub struct Ace {
    client: Client,
    chat: Option<Chat>,
}

impl Ace {
    /// It beside RingCentral's AI.
    #[must_use]
    pub fn new(ringcentral: &RingCentral, chat: Option<Chat>) -> Self {
        Self { client: ringcentral.client().clone(), chat }
    }

    fn unable(task: Task) -> core::result::Result<Unable, &'static str> {
        match task {
            Task::SpeechToText | Task::SpeakerDiarize | Task::AnalyzeInteraction => Ok(UNABLE),
            Task::SpeakerIdentify => Err("names the speakers by itself: ask for speaker-diarize"),
            Task::Punctuate | Task::Summarize => Err("has recordings alone, and takes no text"),
        }
    }
}

impl Engine for Ace {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fields(&self, task: Task) -> Option<Vec<&'static str>> {
        Self::unable(task).ok().map(|unable| honoured(task, unable))
    }

    fn check(&self, task: Task, fields: &Value<'_>) -> Result<Input> {
        let unable = Self::unable(task).map_err(|reason| Error::invalid("task", [NAME, " ", reason].concat()))?;
        check(NAME, task, fields, unable)
    }

    fn check_media(&self, media: &Media) -> Result<()> {
        Record::of(media).map(|_| ()).ok_or_else(|| Error::invalid("media", NO_MEDIA))
    }

    /// What is there already is had at once; a permission that is missing is told now.
    fn submit(&self, job: Job) -> Result<BoxedCall<Accepted>> {
        let record = job.media.as_ref().and_then(Record::of).ok_or_else(|| Error::invalid("media", NO_MEDIA))?;
        let client = self.client.clone();
        Ok(Box::new(Operation::new("search for insights", |io| async move {
            let said = insights(&client, &io, &record).await?;
            io.report(Report::Sending).await;
            let said = said.filter(|said| is_whole(said.as_bytes())).map(String::into_bytes);
            Ok(Accepted { job_id: Some(record.write()), said })
        })))
    }

    fn status(&self, job_id: &str) -> Result<BoxedCall<String>> {
        let record = Record::parse(job_id).ok_or_else(|| Error::invalid("jobId", "it must be a domain and a record"))?;
        let client = self.client.clone();
        Ok(Box::new(Operation::new("question after insights", |io| async move {
            Ok(insights(&client, &io, &record).await?.unwrap_or_else(|| NOT_YET.into()))
        })))
    }

    /// What is not there yet may come.
    fn denies(&self, _error: &Error) -> bool {
        false
    }

    /// No id is read: two jobs may be about the same record.
    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let [insights, word] = pick(body, ["insights", "status"])
            .ok_or(Error::UnreadableDelivery { reason: "it is not a JSON object, or only a part of one" })?;
        if insights.or(word).is_none() {
            return Err(Error::UnreadableDelivery { reason: "it holds no insights" });
        }
        let outcome = if is_whole(body) { Outcome::Succeeded } else { Outcome::Running };
        Ok(Delivery { job_id: None, task: None, outcome, completed_ms: None })
    }

    fn visitor(&self) -> Option<String> {
        None
    }

    fn makes(&self) -> bool {
        true
    }

    fn make(&self, making: Making) -> Result<BoxedCall<Made>> {
        let heard = heard::heard(&making.said)?;
        Ok(Box::new(write_up(NAME, self.chat.clone(), making, heard)))
    }

    fn ask_after_ms(&self) -> Option<u64> {
        Some(ASK_AFTER_MS)
    }

    fn held(&self, now_ms: u64) -> Option<Wait> {
        self.client.held_login(now_ms).or_else(|| self.client.held(Group::Light, now_ms))
    }

    fn news(&self, body: &[u8]) -> Option<String> {
        event::record(body).map(|record| record.write())
    }

    fn has_news(&self) -> bool {
        true
    }

    fn remembers_ms(&self) -> u64 {
        REMEMBERS_MS
    }

    /// What is learned is RingCentral's, whose state has it.
    fn state(&self) -> Option<Secret> {
        None
    }

    fn restore(&self, _state: &Secret) {}
}

/// Whether what was said is among the insights. Assumption: RingCentral tells of a record twice, first without its transcript.
fn is_whole(body: &[u8]) -> bool {
    let insights = pick(body, ["insights"]).and_then(|[insights]| insights);
    insights
        .and_then(|insights| pick(insights, ["Transcript"]))
        .is_some_and(|[transcript]| transcript.is_some_and(|json| json.starts_with(b"[")))
}
