//! RingCentral behind the door of the engines.

use super::auth::Credentials;
use super::client::Client;
use super::delivery::{Envelope, Status};
use super::jobs::{JobStatus, check_input, encoding_of, rules, submission, told, untold};
use super::media::{Content, Page, fetching, locating, recordings};
use super::refusal::is_gateways;
use super::served::{Known, User, users};
use super::state;
use crate::call::{Operation, Wait};
use crate::endpoint::Site;
use crate::engine::{Accepted, BoxedCall, Delivery, Engine, Input, Job, Media, Outcome, Seen, Task, Untold};
use crate::error::{Code, Error, Result};
use crate::http::Url;
use crate::json::Value;
use crate::pace::{Group, Rank, Usage};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

/// Every `expirationTime` seen is seven days after `creationTime`.
const REMEMBERS_MS: u64 = 7 * 24 * 3_600_000;

/// What a job takes of the rate limit, as a rule: its submit, and the fetch of its media with our token.
const SLOTS_A_JOB: u32 = 2;

/// RingCentral's AI, with one user's session and rate limits; cheap to clone.
#[derive(Debug, Clone)]
pub struct RingCentral {
    client: Client,
    /// What the credentials are known by, where they are those of one user.
    fingerprint: Option<Rc<str>>,
    /// Who logs in.
    user: Known,
}

impl RingCentral {
    /// RingCentral with nothing done yet.
    #[must_use]
    pub fn new(site: Site, credentials: Credentials) -> Self {
        let fingerprint = state::fingerprint(&site, &credentials).map(Into::into);
        Self { client: Client::new(site, credentials), fingerprint, user: Known::default() }
    }

    /// The client behind it, for RingCentral's own endpoints.
    #[must_use]
    pub const fn client(&self) -> &Client {
        &self.client
    }

    /// See [`recordings`].
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the parameter.
    pub fn recordings(&self, query: &[(String, String)]) -> Result<(Operation<Page>, Group)> {
        recordings(&self.client, query)
    }

    /// See [`fetching`].
    #[must_use]
    pub fn fetch(&self, media: Media, rank: Rank) -> Operation<()> {
        fetching(self.client.clone(), media, rank)
    }

    /// See [`locating`].
    #[must_use]
    pub fn locate(&self, media: Media, asked_ms: Option<u64>) -> Operation<()> {
        locating(self.client.clone(), media, asked_ms)
    }

    /// See [`users`].
    #[must_use]
    pub fn users(&self, token: Secret) -> Operation<[User; 2]> {
        users(&self.client, &self.user, token)
    }

    /// Whether it is our token that opens that media.
    #[must_use]
    pub fn opens(&self, media: &Media) -> bool {
        matches!(media, Media::Address(address) if self.content(address).is_ok_and(|content| content.is_granted()))
    }

    fn content(&self, address: &SecretUrl) -> Result<Content> {
        Content::of_media(self.client.site(), address.clone())
    }

    /// Until when a penalty holds a group back, milliseconds since 1970; what is past holds nothing.
    #[must_use]
    pub fn held_until_ms(&self, group: Group) -> u64 {
        self.client.pacer().blocked_until_ms(group)
    }
}

impl Engine for RingCentral {
    fn name(&self) -> &'static str {
        "ringcentral"
    }

    fn fields(&self, task: Task) -> Option<Vec<&'static str>> {
        Some(rules(task).each().map(|rule| rule.name).collect())
    }

    fn check(&self, task: Task, fields: &Value<'_>) -> Result<Input> {
        check_input(task, fields, "input")
    }

    fn check_media(&self, media: &Media) -> Result<()> {
        let Media::Address(address) = media else { return Ok(()) };
        self.content(address).map(|_| ())
    }

    /// A recording's encoding is in RingCentral's own description of it, and content that only a token opens is looked at with
    /// one before it is submitted.
    fn untold(&self, input: &Input, media: &Media) -> Option<Untold> {
        let finds_out = matches!(media, Media::Recording(_)) || self.opens(media);
        (encoding_of(input).is_none() && !finds_out).then(untold)
    }

    fn told(&self, input: Input, seen: &Seen) -> Input {
        told(input, seen)
    }

    fn submit(&self, mut job: Job) -> Result<BoxedCall<Accepted>> {
        if let Some(Media::Address(address)) = &job.media {
            // The address is looked at for the name that it may end in: where that tells, nothing has to be asked.
            let url = Url::parse(address.expose(), "media.contentUri")?;
            let seen = Seen { path: url.path().to_owned(), ..Seen::default() };
            job.input = self.told(job.input, &seen);
        }
        Ok(Box::new(submission(self.client.clone(), job)))
    }

    fn status(&self, job_id: &str) -> Result<BoxedCall<String>> {
        Ok(Box::new(self.client.call(JobStatus::new(job_id)?)))
    }

    /// Assumption: RingCentral answers 404 with a code of its own where it has no such job, and in no other case.
    fn denies(&self, error: &Error) -> bool {
        matches!(error, Error::Refused { status: 404, ringcentral, .. }
            if ringcentral.first().is_some_and(|said| !is_gateways(&said.error_code)))
    }

    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let mut envelope = Envelope::read(body)?;
        let session = self.client.session();
        for secret in session.secrets().into_iter().flatten() {
            envelope.errors.iter_mut().for_each(|said| said.mask(secret));
        }
        Ok(delivery(envelope))
    }

    fn visitor(&self) -> Option<String> {
        Some(self.client.site().at(""))
    }

    fn failed(&self) -> Code {
        Code::RingcentralJobFailed
    }

    fn held(&self, now_ms: u64) -> Option<Wait> {
        self.client.held_login(now_ms).or_else(|| self.client.held(Group::Heavy, now_ms))
    }

    fn expected_ms(&self, ahead: u32, now_ms: u64) -> u64 {
        let slots = ahead.saturating_add(1).saturating_mul(SLOTS_A_JOB);
        self.client.pacer().expected_ms(Group::Heavy, slots as usize, now_ms)
    }

    fn usage(&self, now_ms: u64) -> Vec<Usage> {
        self.client.pacer().usage(now_ms).into()
    }

    fn remembers_ms(&self) -> u64 {
        REMEMBERS_MS
    }

    fn state(&self) -> Option<Secret> {
        state::write(&self.client, self.fingerprint.as_deref()?)
    }

    fn restore(&self, state: &Secret) {
        if let Some(fingerprint) = &self.fingerprint {
            state::restore(&self.client, fingerprint, state);
        }
    }
}

fn delivery(envelope: Envelope) -> Delivery {
    Delivery {
        task: envelope.task().map(|task| task.name().to_owned()),
        completed_ms: envelope.completion_ms,
        job_id: envelope.job_id,
        outcome: match envelope.status {
            Status::InProgress => Outcome::Running,
            Status::Success => Outcome::Succeeded,
            Status::Fail => Outcome::Failed(envelope.errors),
        },
    }
}
