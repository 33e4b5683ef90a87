//! What the routes that write a job down have in common: the `Idempotency-Key`, where its result is to come, and the answer.

use crate::config::Config;
use crate::edge::access::Holder;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::job::Job;
use crate::limits::{MAX_IDEMPOTENCY_KEY_BYTES, QUEUE_RETRY_AFTER_S};
use crate::problem::Problem;
use crate::question::{CreateJob, Creation, FindAsked, Idempotency, LearnOrigin, Receiver, User};
use crate::random;
use ringcentral_ai::engine::{Engine, Task};
use ringcentral_ai::error::Code;
use ringcentral_ai::http::hex;
use sha2::{Digest, Sha256};

const QUEUE_IS_FULL: &str = "the queue is full: RingCentral takes ten jobs a minute, so these wait for many hours already";

/// The `Idempotency-Key`, so hashed that it is this token's alone, with the hash of what was asked, which may be nothing.
pub(super) fn idempotency(context: &RequestContext<'_>, asked: &str) -> Result<Option<Idempotency>, Problem> {
    let Some(key) = context.header("idempotency-key") else { return Ok(None) };
    let is_key = (1..=MAX_IDEMPOTENCY_KEY_BYTES).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        return Err(Problem::field(
            "Idempotency-Key",
            &format!("it must be 1 to {MAX_IDEMPOTENCY_KEY_BYTES} visible ASCII characters"),
        ));
    }
    // A user's next token is another one: what they have asked for before stays theirs.
    let (Holder::Api(token) | Holder::Page(token) | Holder::User(User { digest: token, .. })) = context.holder else {
        return Ok(None);
    };
    Ok(Some(Idempotency {
        key: hex(&Sha256::new().chain_update(token).chain_update(key).finalize()),
        body: hex(&Sha256::new().chain_update(&context.address.path).chain_update(b"\n").chain_update(asked).finalize()),
    }))
}

/// What a job is asked with.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its media, JSON.
    pub(super) media: Option<String>,
    /// Its input, JSON; none for a job that its caller submits.
    pub(super) input: Option<String>,
    /// What its caller calls it.
    pub(super) label: Option<String>,
    /// Who is told of its end.
    pub(super) notify: Option<Receiver>,
    /// How its engine is to reach its media, where its caller says so.
    pub(super) content_access: Option<String>,
    /// Where RingCentral reaches this Worker.
    pub(super) public_url: String,
}

/// Where this Worker is reached, by that visitor if one comes: as the setting says, else where the first request for a job came to. What a
/// later one says of itself is not believed.
pub(super) async fn public_url(context: &RequestContext<'_>, visitor: Option<&str>) -> Result<String, Problem> {
    context.check_reach(visitor)?;
    if let Some(public_url) = &context.config.public_url {
        return Ok(public_url.clone());
    }
    let learned = ask(context.env, LearnOrigin { origin: context.address.origin.clone() }).await?;
    visitor.map_or(Ok(()), |visitor| Config::check_reach(&learned, visitor))?;
    Ok(learned)
}

/// Has the Desk write a job down under an id that is made here.
pub(super) async fn create(
    context: &RequestContext<'_>,
    engine: &dyn Engine,
    task: Task,
    Asked { media, input, label, notify, content_access, public_url }: Asked,
    idempotency: Option<Idempotency>,
) -> Result<Job, Problem> {
    let id = new_id(context);
    let (task, engine) = (task.name().to_owned(), engine.name().to_owned());
    let page = if let Holder::Page(token) = context.holder { Some(hex(&token)) } else { None };
    let create = CreateJob { id, task, engine, media, input, label, notify, content_access, idempotency, public_url, page };
    created(context, ask(context.env, create).await?)
}

/// The job that was written down before by whoever asks the same again; none where nobody did.
pub(super) async fn asked_before(context: &RequestContext<'_>, idempotency: Option<Idempotency>) -> Result<Option<Job>, Problem> {
    let Some(idempotency) = idempotency else { return Ok(None) };
    let found = ask(context.env, FindAsked { idempotency }).await?;
    found.map(|creation| created(context, creation)).transpose()
}

/// A new job's id.
pub(super) fn new_id(context: &RequestContext<'_>) -> String {
    random::job_id(context.config.clock.now_ms())
}

/// The job that was written down.
pub(super) fn created(context: &RequestContext<'_>, creation: Creation) -> Result<Job, Problem> {
    const GONE: &str = "the job of this Idempotency-Key was deleted: take a new key";
    match creation {
        Creation::Created(job) => Ok(context.show(job)),
        Creation::Conflict => Err(Code::IdempotencyConflict.into()),
        Creation::Gone => Err(Problem::new(Code::IdempotencyConflict, GONE)),
        Creation::QueueIsFull => Err(Problem::new(Code::Busy, QUEUE_IS_FULL).retry_after(QUEUE_RETRY_AFTER_S)),
        Creation::IdIsTaken => Err(Problem::internal("the new job's id is another job's")),
    }
}

/// The answer to whoever had a job written down: it, and where to ask for it.
pub(super) fn accepted(status: u16, id: &str, json: String) -> Reply {
    Reply::json(status, json).with("location", ["/v1/jobs/", id].concat())
}
