//! Any server that speaks OpenAI's API: `POST /audio/transcriptions` with the media in it, answered with what was said.
//! <https://platform.openai.com/docs/api-reference/audio/createTranscription>
//!
//! Nobody calls back and nobody can be asked later: an answer that was lost is lost, and the job begins anew.

mod form;
mod heard;
mod transcribe;

use super::chat::{Chat, KNOWN};
use super::heard::Heard;
use super::hearing::{Dialect, Hearing, Unable};
use super::keyed::{Service, model};
use super::{Accepted, Delivery, Job, Outcome, Task};
use crate::call::Operation;
use crate::error::{Error, Result};
use crate::json::pick;
use crate::secret::{Secret, find};
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;

const SPEAKER_IDS: (&str, &str) = ("speakerIds", "knows no enrolled speakers");
const SPEAKER_COUNT: (&str, &str) = ("speakerCount", "cannot be told how many speakers there are");
const CHANNELS: (&str, &str) = ("separateSpeakerPerChannel", "hears all channels as one");
const NO_SPEAKERS: &str =
    "tells no speakers apart with this model: one that does has diarize in its name, as gpt-4o-transcribe-diarize";

/// The way of OpenAI and of those who do as it does.
#[derive(Debug)]
pub struct OpenAi {
    model: String,
}

impl OpenAi {
    /// The model that hears where none is named: OpenAI has it until 2027-02-26, and what it recommends in its place
    /// (`gpt-transcribe`) times no words.
    pub const MODEL: &'static str = "whisper-1";

    /// Such a server as an engine; an empty `base` is OpenAI's own address.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `baseUrl`, `key` or `model`.
    #[allow(clippy::new_ret_no_self, reason = "it is an engine like the others, with a way of its own")]
    pub fn new(key: Option<Secret>, base: &str, name: Option<&str>, chat: Option<Chat>) -> Result<Hearing> {
        let own = Self { model: model(name, Self::MODEL)? };
        Ok(Hearing::new(Service::new(KNOWN, base, key)?, Box::new(own), chat))
    }

    fn diarizes(&self) -> bool {
        find(&self.model, "diarize").is_some()
    }
}

impl Dialect for OpenAi {
    fn unable(&self, task: Task) -> core::result::Result<Unable, &'static str> {
        match (task, self.diarizes()) {
            (_, true) => {
                Ok(&[SPEAKER_IDS, SPEAKER_COUNT, CHANNELS, ("speechContexts", "takes no phrases with a model that diarizes")])
            }
            (Task::SpeakerDiarize, _) => Err(NO_SPEAKERS),
            _ => Ok(&[SPEAKER_IDS, SPEAKER_COUNT, CHANNELS, ("enableSpeakerDiarization", NO_SPEAKERS)]),
        }
    }

    fn comes_to_us(&self) -> bool {
        false
    }

    fn submit(&self, service: Rc<Service>, job: Job) -> Result<Operation<Accepted>> {
        job.relay.as_ref().ok_or_else(|| Error::invalid("media", "it is streamed through the Worker alone"))?;
        let is_own = service.base() == KNOWN.base;
        Ok(transcribe::submission(service, form::Form::of(&self.model, &job, is_own), self.diarizes()))
    }

    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let text = pick(body, ["text"]).and_then(|[text]| text).filter(|text| text.starts_with(b"\""));
        text.ok_or(Error::UnreadableDelivery { reason: "it is no transcription: check the server's address" })?;
        Ok(Delivery { job_id: None, task: None, outcome: Outcome::Succeeded, completed_ms: None })
    }

    fn heard(&self, said: &[u8]) -> Result<Heard> {
        heard::heard(said)
    }
}
