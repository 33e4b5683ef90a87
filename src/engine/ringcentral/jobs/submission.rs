//! A job's whole way to RingCentral: its recording is looked up where it is named by id, its encoding is found where nobody named
//! it, then it is submitted.

use super::{SubmitJob, encoding_of, with_encoding};
use crate::call::{Call, Event, Now, Step};
use crate::engine::ringcentral::client::{Client, EndpointCall};
use crate::engine::ringcentral::media::{Content, Encoding, FindEncoding, ReadRecording, Recorded};
use crate::engine::{Accepted, Job, Media};
use crate::error::Result;

/// A job under way.
#[derive(Debug)]
pub struct Submission {
    client: Client,
    job: Job,
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
    /// The job, not begun yet.
    #[must_use]
    pub fn new(client: Client, job: Job) -> Self {
        Self { client, job, stage: Stage::New }
    }

    fn begin(&self) -> Result<Stage> {
        self.job.task.check_media(self.job.media.is_some(), "media")?;
        match &self.job.media {
            Some(Media::Recording(id)) => {
                // The permissions of the whole way are checked before its first request.
                let lookup = ReadRecording::for_job(id.clone());
                Ok(Stage::LookingUp(EndpointCall::new(self.client.clone(), lookup)))
            }
            Some(Media::Address(address)) => {
                let content = Content::new(self.client.site(), address.clone())?;
                if encoding_of(&self.job.input).is_some() || !content.is_granted() {
                    return Ok(self.submit(Some(content), None));
                }
                let probe = EndpointCall::new(self.client.clone(), FindEncoding::new(address.clone()));
                Ok(Stage::Probing(probe, content))
            }
            None => Ok(self.submit(None, None)),
        }
    }

    fn found(&self, recorded: &Recorded) -> Result<Stage> {
        let content = Content::new(self.client.site(), recorded.content_uri.clone())?;
        Ok(self.submit(Some(content), recorded.content_type.as_deref().and_then(Encoding::of_content_type)))
    }

    fn submit(&self, content: Option<Content>, found: Option<Encoding>) -> Stage {
        let Job { task, input, webhook, .. } = self.job.clone();
        let input = found.map_or(input.clone(), |encoding| with_encoding(input, encoding));
        let job = SubmitJob { task, input, content, webhook };
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
            Stage::Submitting(submit) => return submit.step(event, now),
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
