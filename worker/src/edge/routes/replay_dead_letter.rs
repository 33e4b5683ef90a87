//! `POST /v1/dead-letters/{id}/replay`: a delivery that was of no use goes the way of one once more, to its job or to another.

use super::json_body::{self, Body};
use super::take_callback::refusal;
use crate::clock::Clock;
use crate::edge::ask::{ask, ask_enclosing};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::{Engines, keeps_s};
use crate::job::Job;
use crate::kv::{WorkersKv, place};
use crate::limits::MAX_COPY_BYTES;
use crate::problem::Problem;
use crate::question::{FindLetter, Heard, ReadJob, ReplayLetter, Replayed, TakeDelivery, Target};
use crate::random;
use crate::results;
use ringcentral_ai::json::Object;
use ringcentral_ai::lifecycle::Fate;
use worker::js_sys::Uint8Array;

/// Answers 200 with `{"outcome","job"}`; what is of no use again is refused as its sender was.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let question = FindLetter { id: context.part(0).to_owned(), job_id: job_id(&context).await? };
    let letter = ask(context.env, question).await?.ok_or_else(Problem::no_such_letter)?;
    let target = letter.target.ok_or_else(Problem::no_such_job)?;
    if target.engine.is_none() {
        let job = ask(context.env, ReadJob { id: target.job_id, wait_s: 0 }).await?.ok_or_else(Problem::no_such_job)?;
        return Ok(replayed(&context, Fate::Duplicate.name(), job));
    }
    let kv = WorkersKv::of(context.env)?;
    let stored = results::find(&kv, &letter.key, &place(&context.request), None).await?;
    deliver(&context, &kv, target, &stored.bytes().await?).await
}

/// The job that the letter is meant for, where the body names one.
async fn job_id(context: &RequestContext<'_>) -> Result<Option<String>, Problem> {
    let text = json_body::read(context).await?;
    if text.is_empty() {
        return Ok(None);
    }
    let body = Body::parse(&text, &["jobId"])?;
    if !body.has("jobId") {
        return Ok(None);
    }
    let id = body.get("jobId").text().map(str::to_owned);
    id.map(Some).ok_or_else(|| Problem::field("jobId", "it must be a job's id"))
}

/// The bytes are written anew, read by the job's engine, and told to the job.
async fn deliver(context: &RequestContext<'_>, kv: &WorkersKv, target: Target, body: &[u8]) -> Result<Reply, Problem> {
    let Target { job_id: id, attempt, engine } = target;
    let engines = Engines::of(context.config);
    let engine = engine.and_then(|name| engines.named(&name)).ok_or_else(Problem::unknown_engine)?;
    let bytes = Uint8Array::from(body);
    let key = results::key(&id, &place(&context.request), &random::id());
    let expires_s = results::expiry_s(Clock::REAL.now_ms() / 1000, keeps_s(&engines, context.config));
    let written = results::put(kv, key.clone(), &bytes, expires_s).await?;
    let heard = Heard::by(engine, body);
    let delivery = TakeDelivery { id, attempt, heard, remark: None, written: Some(written), copy: Vec::new() };
    let question = ReplayLetter { letter: context.part(0).to_owned(), delivery };
    let is_short = body.len() <= MAX_COPY_BYTES;
    // Without an answer nobody knows whether the key is the result: it stays.
    let outcome = ask_enclosing(context.env, question, is_short.then_some(&bytes)).await?;
    if !matches!(&outcome, Replayed::Taken { outcome, .. } if outcome == Fate::Result.name()) {
        results::forget(kv, &key).await;
    }
    match outcome {
        Replayed::Taken { outcome, job } => Ok(replayed(context, &outcome, job)),
        Replayed::Refused { code, reason } => Err(refusal(code, reason)),
        Replayed::Gone => Err(Problem::no_such_letter()),
    }
}

fn replayed(context: &RequestContext<'_>, outcome: &str, job: Job) -> Reply {
    Reply::json(200, Object::new().text("outcome", outcome).json("job", &context.show(job).write()).write())
}
