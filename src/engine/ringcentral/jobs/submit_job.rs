//! POST /ai/…/v1/async/{task}: submits a job, answered with its id; `path.rs` has the six paths.
//! <https://developers.ringcentral.com/guide/ai/asynchronous-responses>
//!
//! speaker-identify was removed from RingCentral's public description on 2026-03-25; the others were deprecated on 2026-04-28.

use super::input::{body, check_input, check_whole};
use super::path_of;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::ringcentral::media::Content;
use crate::engine::{Accepted, Input, Task};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, encode};
use crate::json::Value;
use crate::pace::{Group, Rank};
use crate::secret::{Secret, SecretUrl};

const CONTENT_URI: &str = "contentUri";
const WEBHOOK: &str = "webhook";
/// What an acceptance holds.
const WHAT: &str = "a job id";

/// A job on its way to RingCentral.
#[derive(Debug, Clone)]
pub struct SubmitJob {
    /// Which job.
    pub task: Task,
    /// Its fields.
    pub input: Input,
    /// The media; the two text tasks have none.
    pub content: Option<Content>,
    /// Where the result is to be sent.
    pub webhook: SecretUrl,
}

impl SubmitJob {
    /// A job from RingCentral's own fields, `contentUri` and `webhook` among them; nothing that is missing can be found out later.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming the first field that cannot be sent or is missing.
    pub fn parse(site: &Site, task: &str, fields: Value<'_>) -> Result<Self> {
        let task = Task::named(task).ok_or_else(|| Error::invalid("task", "there is no such task"))?;
        let text = |name: &str| fields.text_of(name).ok_or_else(|| Error::invalid(name, "it is missing, or no text"));
        let has_content = fields.fields().iter().any(|(name, _)| name == CONTENT_URI);
        task.check_media(has_content, CONTENT_URI)?;
        let content = if has_content { Some(Content::new(site, SecretUrl::hiding_query(text(CONTENT_URI)?))?) } else { None };
        let webhook = SecretUrl::hiding_query(text(WEBHOOK)?);
        let Value::Object(mut fields) = fields else { return Err(Error::invalid("options", "they must be an object")) };
        fields.retain(|(name, _)| name != CONTENT_URI && name != WEBHOOK);
        let input = check_input(task, &Value::Object(fields), "")?;
        check_whole(task, &input)?;
        Ok(Self { task, input, content, webhook })
    }
}

impl Endpoint for SubmitJob {
    type Output = Accepted;

    fn needs(&self) -> Needs {
        let fetched_with_our_token = self.content.as_ref().is_some_and(Content::is_granted);
        // RingCentral's own fetch is counted as ours then.
        let slots = if fetched_with_our_token { 2 } else { 1 };
        let keeps = u32::from(self.content.as_ref().is_some_and(Content::is_relayed));
        Needs { slots, keeps, fetched_with_our_token, ..Needs::once("the job", Group::Heavy, Rank::Submit, &["AI"]) }
    }

    fn request(&self, site: &Site, token: &Secret) -> Result<HttpRequest> {
        let content_uri = self.content.as_ref().map(|content| content.address(site, token)).transpose()?;
        // The content URI, token and all, goes into the body of the request to RingCentral.
        let body = body(self.task, &self.input, content_uri.as_ref().map(SecretUrl::expose))?;
        // The webhook goes into the query of the request to RingCentral, percent-encoded so that its own query survives.
        let path = [path_of(self.task), "?webhook=", &encode(self.webhook.expose())].concat();
        Ok(HttpRequest::new(Method::Post, site.at(&path)).json(body))
    }

    fn read(&self, response: &HttpResponse) -> Result<Accepted> {
        // The id is optional in RingCentral's description, so a 202 may be without it, and any other success may be empty JSON. All
        // else was written by something in between: whether the job runs is not known.
        let body = match response.object(WHAT) {
            Err(_) if response.status == 202 && response.body.is_empty() => return Ok(Accepted::default()),
            read => read?,
        };
        let job_id = body.text_of("jobId");
        let is_acceptance = job_id.is_some() || response.status == 202 || body.fields().is_empty();
        if is_acceptance { Ok(Accepted { job_id, ..Accepted::default() }) } else { Err(Error::UnexpectedAnswer { what: WHAT }) }
    }
}
