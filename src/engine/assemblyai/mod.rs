//! AssemblyAI: a transcript is ordered with the media's address and a webhook, which names it when it has ended; then it is fetched.
//! <https://www.assemblyai.com/docs/api-reference/transcripts/submit>

mod heard;
mod order;

use super::chat::Chat;
use super::heard::Heard;
use super::hearing::{Dialect, Hearing, Unable};
use super::keyed::{Again, Known, Service, exchange, model, said};
use super::{Accepted, Delivery, Job, Outcome, Task};
use crate::call::Operation;
use crate::error::{Error, Result};
use crate::http::{Method, encode};
use crate::json::{Value, pick};
use crate::pace::Group;
use crate::secret::{Secret, find};
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// AssemblyAI lets 4000 requests pass a minute, and queues by itself what it cannot work on yet: these limits only keep a Worker
/// from sending all that it has at once.
const KNOWN: Known = Known { name: "assemblyai", base: "https://api.assemblyai.com", scheme: "", limits: [600, 200, 50] };
/// Ids are UUIDs.
const MAX_ID_CHARS: usize = 64;

/// AssemblyAI's own way.
#[derive(Debug)]
pub struct AssemblyAi {
    models: Vec<String>,
}

impl AssemblyAi {
    /// The models that hear where none is named: the second has the languages that the first has not.
    pub const MODELS: [&'static str; 2] = ["universal-3-5-pro", "universal-2"];

    /// AssemblyAI as an engine; an empty `base` is its own address.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `baseUrl`, `key` or `model`.
    #[allow(clippy::new_ret_no_self, reason = "it is an engine like the others, with a way of its own")]
    pub fn new(key: Secret, base: &str, name: Option<&str>, chat: Option<Chat>) -> Result<Hearing> {
        let models = match name {
            Some(name) => vec![model(Some(name), "")?],
            None => Self::MODELS.map(ToOwned::to_owned).into(),
        };
        Ok(Hearing::new(Service::new(KNOWN, base, Some(key))?, Box::new(Self { models }), chat))
    }
}

impl Dialect for AssemblyAi {
    fn unable(&self, _task: Task) -> core::result::Result<Unable, &'static str> {
        Ok(&[("speakerIds", "knows no enrolled speakers")])
    }

    fn submit(&self, service: Rc<Service>, job: Job) -> Result<Operation<Accepted>> {
        order::submit(service, &self.models, &job)
    }

    fn ask_after_ms(&self) -> Option<u64> {
        None
    }

    fn status(&self, service: Rc<Service>, job_id: &str) -> Result<Operation<String>> {
        if job_id.is_empty() || job_id.len() > MAX_ID_CHARS {
            return Err(Error::invalid("jobId", "it must be the id of a transcript"));
        }
        let request = service.request(Method::Get, &["/v2/transcript/", &encode(job_id)].concat());
        Ok(Operation::new("question after a transcript", |io| async move {
            let answer = exchange(&service, &io, (Group::Light, Again::Freely), request).await?;
            if !answer.looks_like_object() {
                return Err(Error::NotJson { what: "a transcript", status: answer.status });
            }
            Ok(String::from_utf8_lossy(&answer.body).into_owned())
        }))
    }

    /// Assumption: 404 is documented, but what it says of a transcript that it does not have has been seen with 400.
    fn denies(&self, error: &Error) -> bool {
        let is_unknown = |said: &crate::error::ApiError| find(&said.message, "not found").is_some();
        matches!(error, Error::Engine { status: 404, .. })
            || matches!(error, Error::Engine { status: 400, said, .. } if said.iter().any(is_unknown))
    }

    /// A webhook brings an id and how it ended, and no more; the answer to a question is the transcript itself.
    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let [ended, id, status] = pick(body, ["transcript_id", "id", "status"])
            .ok_or(Error::UnreadableDelivery { reason: "it is not a JSON object, or only a part of one" })?;
        let text = |json: Option<&[u8]>| Value::parse(json?)?.text().map(ToOwned::to_owned);
        let job_id = text(ended).or_else(|| text(id));
        let outcome = match (text(status).as_deref(), &job_id) {
            (Some("completed" | "error"), Some(_)) if ended.is_some() => Outcome::Ended,
            (Some("completed"), Some(_)) => Outcome::Succeeded,
            (Some("error"), Some(_)) => Outcome::Failed(said(&Value::parse_only(body, &["error"]).unwrap_or_default())),
            (Some("queued" | "processing"), Some(_)) => Outcome::Running,
            _ => return Err(Error::UnreadableDelivery { reason: "it names no transcript and how it stands" }),
        };
        Ok(Delivery { job_id, task: None, outcome, completed_ms: None })
    }

    fn heard(&self, said: &[u8]) -> Result<Heard> {
        heard::heard(said)
    }
}
