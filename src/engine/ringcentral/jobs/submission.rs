//! A job's whole way to RingCentral: its recording is looked up where it is named by id, its encoding is found where nobody named
//! it, then it is submitted.

use super::{Accepted, JobInput, SubmitJob};
use crate::call::{Call, Event, Now, Step};
use crate::engine::Source;
use crate::engine::Task;
use crate::engine::ringcentral::client::{Client, EndpointCall};
use crate::engine::ringcentral::media::{Content, Encoding, FindEncoding, ReadRecording, Recorded};
use crate::error::Result;
use crate::secret::SecretUrl;

/// What is to be submitted.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which job.
    pub task: Task,
    /// Its fields.
    pub input: JobInput,
    /// Its media; the two text tasks have none.
    pub source: Option<Source>,
    /// Where the result is to be sent.
    pub webhook: SecretUrl,
}

/// An order under way.
#[derive(Debug)]
pub struct Submission {
    client: Client,
    order: Order,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    New,
    LookingUp(EndpointCall<ReadRecording>),
    Probing(EndpointCall<FindEncoding>, Content),
    Submitting(EndpointCall<SubmitJob>),
}

impl Submission {
    /// The order, not begun yet.
    #[must_use]
    pub fn new(client: Client, order: Order) -> Self {
        Self { client, order, stage: Stage::New }
    }

    fn begin(&self) -> Result<Stage> {
        self.order.task.check_media(self.order.source.is_some(), "media")?;
        match &self.order.source {
            Some(Source::Recording(id)) => {
                // The permissions of the whole way are checked before its first request.
                let lookup = ReadRecording::for_job(id)?;
                Ok(Stage::LookingUp(EndpointCall::new(self.client.clone(), lookup)))
            }
            Some(Source::Address(address)) => {
                let content = Content::new(self.client.site(), address)?;
                if self.order.input.encoding().is_some() || !content.is_granted() {
                    return Ok(self.submit(Some(content), None));
                }
                let probe = EndpointCall::new(self.client.clone(), FindEncoding::new(address));
                Ok(Stage::Probing(probe, content))
            }
            None => Ok(self.submit(None, None)),
        }
    }

    fn found(&self, recorded: &Recorded) -> Result<Stage> {
        let content = Content::new(self.client.site(), &recorded.content_uri)?;
        Ok(self.submit(Some(content), recorded.content_type.as_deref().and_then(Encoding::of_content_type)))
    }

    fn submit(&self, content: Option<Content>, found: Option<Encoding>) -> Stage {
        let given = self.order.input.clone();
        let input = found.map_or(given.clone(), |encoding| given.with_encoding(encoding));
        let job = SubmitJob { task: self.order.task, input, content, webhook: self.order.webhook.clone() };
        Stage::Submitting(EndpointCall::new(self.client.clone(), job))
    }
}

impl Call for Submission {
    type Output = Accepted;

    fn step(&mut self, event: Event, now: Now) -> Step<Accepted> {
        let found = match &mut self.stage {
            Stage::New => self.begin(),
            Stage::LookingUp(lookup) => match lookup.step(event, now).done() {
                Ok(recorded) => self.found(&recorded),
                Err(step) => return step,
            },
            Stage::Probing(probe, content) => match probe.step(event, now).done() {
                Ok(encoding) => {
                    let content = content.clone();
                    Ok(self.submit(Some(content), Some(encoding)))
                }
                Err(step) => return step,
            },
            Stage::Submitting(job) => return job.step(event, now),
        };
        match found {
            Ok(stage) => {
                self.stage = stage;
                self.step(Event::Go, now)
            }
            Err(error) => Step::Fail(error),
        }
    }
}
