//! POST /ai/audio/v1/async/speech-to-text, /ai/insights/v1/async/analyze-interaction: submits a job, answered with its id.
//! <https://developers.ringcentral.com/guide/ai/asynchronous-responses>

use super::{JobInput, Task};
use crate::error::Result;
use crate::http::{Endpoint, HttpRequest, HttpResponse, Method, Needs, Site, encode};
use crate::media::Content;
use crate::pace::{Group, Rank};
use crate::secret::{Secret, SecretUrl};

/// A job on its way to RingCentral.
#[derive(Debug, Clone)]
pub struct SubmitJob {
    /// Which job.
    pub task: Task,
    /// Its fields.
    pub input: JobInput,
    /// The media; the two text tasks have none.
    pub content: Option<Content>,
    /// Where the result is to be sent.
    pub webhook: SecretUrl,
}

/// What RingCentral says when it takes a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// RingCentral's id of the job; optional in its description.
    pub job_id: Option<String>,
}

impl Endpoint for SubmitJob {
    type Output = Accepted;

    fn needs(&self) -> Needs {
        // RingCentral's own fetch with our token is counted as ours.
        let slots = if self.content.as_ref().is_some_and(Content::is_granted) { 2 } else { 1 };
        Needs { group: Group::Heavy, slots, rank: Rank::Submit, permissions: &["AI"], repeatable: false }
    }

    fn request(&self, site: &Site, token: &Secret) -> Result<HttpRequest> {
        let content_uri = self.content.as_ref().map(|content| content.address(site, token)).transpose()?;
        // The content URI, token and all, goes into the body of the request to RingCentral.
        let body = self.input.body(self.task, content_uri.as_ref().map(SecretUrl::expose))?;
        // The webhook goes into the query of the request to RingCentral, percent-encoded so that its own query survives.
        let path = [self.task.path(), "?webhook=", &encode(self.webhook.expose())].concat();
        Ok(HttpRequest::new(Method::Post, site.at(&path)).json(body))
    }

    fn read(&self, response: &HttpResponse) -> Result<Accepted> {
        // Any success is an acceptance: a body without an id must not make a running job look refused.
        Ok(Accepted { job_id: response.object("a job id").ok().and_then(|body| body.text_of("jobId")) })
    }
}
