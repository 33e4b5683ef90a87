//! Deepgram: `POST /v1/listen` with the media's address and a callback, which brings the whole answer. It cannot be asked for a job.
//! <https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded>

mod found;
mod heard;
mod listen;

use super::chat::Chat;
use super::heard::Heard;
use super::hearing::{Dialect, Hearing, Unable};
use super::keyed::{Known, Service, model, said};
use super::{Accepted, Delivery, Job, Outcome, Task};
use crate::call::Operation;
use crate::error::{Error, Result};
use crate::json::{Value, pick};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;

/// Deepgram lets 50 requests be worked on at once (pay as you go, nova-3, 2026). When one ends nobody tells us in time; an hour of
/// audio takes it about half a minute, so that 50 begun within a minute are about as many.
const KNOWN: Known = Known { name: "deepgram", base: "https://api.deepgram.com", scheme: "Token ", limits: [50, 50, 50] };

const SPEAKER_IDS: (&str, &str) = ("speakerIds", "knows no enrolled speakers");
const SPEAKER_COUNT: (&str, &str) = ("speakerCount", "counts the speakers by itself, and cannot be told how many there are");

/// Deepgram's own way.
#[derive(Debug)]
pub struct Deepgram {
    model: String,
}

impl Deepgram {
    /// The model that hears where none is named.
    pub const MODEL: &'static str = "nova-3";

    /// Deepgram as an engine; an empty `base` is its own address.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `baseUrl`, `key` or `model`.
    #[allow(clippy::new_ret_no_self, reason = "it is an engine like the others, with a way of its own")]
    pub fn new(key: Secret, base: &str, name: Option<&str>, chat: Option<Chat>) -> Result<Hearing> {
        let own = Self { model: model(name, Self::MODEL)? };
        Ok(Hearing::new(Service::new(KNOWN, base, Some(key))?, Box::new(own), chat))
    }
}

impl Dialect for Deepgram {
    fn unable(&self, _task: Task) -> core::result::Result<Unable, &'static str> {
        Ok(&[SPEAKER_IDS, SPEAKER_COUNT])
    }

    fn submit(&self, service: Rc<Service>, job: Job) -> Result<Operation<Accepted>> {
        listen::submit(service, &self.model, &job)
    }

    /// What a callback brings is the answer itself, or an error in its place (an assumption: none of the latter is documented).
    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let [metadata, id, results, code, message, category] =
            pick(body, ["metadata", "request_id", "results", "err_code", "err_msg", "category"])
                .ok_or(Error::UnreadableDelivery { reason: "it is not a JSON object, or only a part of one" })?;
        let text = |json: Option<&[u8]>| Value::parse(json?)?.text().map(ToOwned::to_owned);
        let id = metadata.and_then(|metadata| pick(metadata, ["request_id"])).and_then(|[id]| id).or(id);
        let outcome = match results.filter(|json| json.starts_with(b"{")) {
            Some(_) => Outcome::Succeeded,
            None if code.or(message).or(category).is_some() => Outcome::Failed(said(&Value::parse(body).unwrap_or_default())),
            None => return Err(Error::UnreadableDelivery { reason: "it holds neither results nor an error of Deepgram's" }),
        };
        Ok(Delivery { job_id: text(id), task: None, outcome, completed_ms: None })
    }

    fn heard(&self, said: &[u8]) -> Result<Heard> {
        heard::heard(said)
    }
}
