//! A job is written down; nothing else happens to it here. The same key and body give the same job for a day.

use super::seal::{NONCE_BYTES, seal};
use super::store::{Asked, Held, Known};
use super::{Desk, life, notices, uploads};
use crate::config::Config;
use crate::engine_settings::unknown;
use crate::engines;
use crate::failure::Failure;
use crate::limits::{IDEMPOTENCY_KEPT_MS, MAX_QUEUED_JOBS, UNFINISHED_RETRY_AFTER_S};
use crate::problem::Problem;
use crate::question::{CreateJob, Creation, FindAsked, Idempotency, Receiver, RetryJob};
use crate::random;
use ringcentral_ai::engine::Media;
use ringcentral_ai::error::Code;
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{New, Record};
use ringcentral_ai::secret::{Secret, SecretUrl};
use worker::{Error, Result};

/// What comes of it, or why nothing does.
type Created = std::result::Result<Creation, Failure>;

/// A job that nobody has written down yet.
struct Draft {
    id: String,
    task: String,
    engine: String,
    asked: Asked,
    held: Option<Held>,
    notify: Notify,
    idempotency: Option<Idempotency>,
}

/// Who is told of a job's end.
enum Notify {
    /// That one, if there is any.
    This(Option<Receiver>),
    /// Who is told of that job's end.
    AsFor(String),
}

/// Writes a job down, or finds the one that the same key wrote down before.
pub(super) fn create(desk: &Desk, question: CreateJob, now_ms: u64) -> Result<Created> {
    let CreateJob { id, task, engine, media, input, label, notify, content_access, idempotency, public_url, page } = question;
    if let Some(creation) = known(desk, idempotency.as_ref(), now_ms)? {
        return Ok(Ok(creation));
    }
    if let Some(failure) = page.and_then(|page| desk.reservations.take(page, now_ms).err()) {
        return Ok(Err(failure));
    }
    let media = media.map(|text| parsed(&text)).transpose()?;
    let sealed = match &media {
        Some(Media::Address(address)) => Some(sealed(desk, &id, address)?),
        _ => None,
    };
    let held = match media.as_ref().map(|media| uploads::to_hold(desk, &id, media)).transpose()? {
        Some(Err(problem)) => return Ok(Err(problem.failure().clone())),
        held => held.and_then(Result::ok).flatten(),
    };
    let shown = media.map(|media| media.shown());
    let asked = Asked { media: shown, input, sealed, public_url, label, content_access, ..Asked::default() };
    let notify = Notify::This(notify);
    write_down(desk, Draft { id, task, engine, asked, held, notify, idempotency }, now_ms).map(Ok)
}

/// The job that the same key wrote down before.
pub(super) fn find(desk: &Desk, question: &FindAsked, now_ms: u64) -> Result<Option<Creation>> {
    known(desk, Some(&question.idempotency), now_ms)
}

/// Writes a finished job down once more.
pub(super) fn retry(desk: &Desk, question: RetryJob, now_ms: u64) -> Result<Created> {
    let RetryJob { of, id, idempotency, public_url } = question;
    if let Some(creation) = known(desk, idempotency.as_ref(), now_ms)? {
        return Ok(Ok(creation));
    }
    let (Some(record), Some(asked)) = (desk.store.record(&of)?, desk.store.asked(&of)?) else {
        return Ok(Err(Problem::no_such_job().failure().clone()));
    };
    let held = match not_again(&record, &asked).map_or_else(|| held_again(desk, &id, &asked), |problem| Ok(Err(problem)))? {
        Ok(held) => held,
        Err(problem) => return Ok(Err(problem.failure().clone())),
    };
    if let Some(problem) = not_by(desk, &record.engine, &public_url)? {
        return Ok(Err(problem.failure().clone()));
    }
    let notify = Notify::AsFor(of.clone());
    let asked = Asked { sealed: None, speakers: None, fetched: None, missing: None, public_url, retry_of: Some(of), ..asked };
    let Record { task, engine, .. } = record;
    write_down(desk, Draft { id, task, engine, asked, held, notify, idempotency }, now_ms).map(Ok)
}

/// Why a job cannot be done once more as it was asked for.
fn not_again(record: &Record, asked: &Asked) -> Option<Problem> {
    const ITS_CALLER: &str = "its caller submitted the job, so only they can do so again: reserve another callback";
    const ADDRESS: &str = "an address is not kept once its job was submitted: submit it again with POST /v1/jobs";
    if !record.state.is_finished() {
        return Some(Problem::from(Code::NotFinished).retry_after(UNFINISHED_RETRY_AFTER_S));
    }
    if asked.input.is_none() {
        return Some(Problem::field("id", ITS_CALLER));
    }
    matches!(shown(asked), Some(Media::Address(_))).then(|| Problem::field("media.contentUri", ADDRESS))
}

/// Why its engine cannot do it once more: it is not configured any more, or cannot come to this Worker.
fn not_by(desk: &Desk, engine: &str, public_url: &str) -> Result<Option<Problem>> {
    let Some(known) = desk.engines()?.named(engine) else {
        return Ok(Some(Problem::field("engine", &unknown(engine))));
    };
    let visitor = engines::visitor(known, desk.config()?);
    Ok(visitor.and_then(|visitor| Config::check_reach(public_url, &visitor).err()))
}

/// What a job that is done once more holds.
fn held_again(desk: &Desk, id: &str, asked: &Asked) -> Result<std::result::Result<Option<Held>, Problem>> {
    shown(asked).map_or(Ok(Ok(None)), |media| uploads::to_hold(desk, id, &media))
}

/// The media that a job was asked with, as far as it is shown.
fn shown(asked: &Asked) -> Option<Media> {
    asked.media.as_deref().and_then(|text| parsed(text).ok())
}

fn write_down(desk: &Desk, draft: Draft, now_ms: u64) -> Result<Creation> {
    let Draft { id, task, engine, asked, held, notify, idempotency } = draft;
    if desk.store.record(&id)?.is_some() {
        return Ok(Creation::IdIsTaken);
    }
    let is_reserved = asked.input.is_none();
    if !is_reserved && desk.store.has_queued(MAX_QUEUED_JOBS)? {
        return Ok(Creation::QueueIsFull);
    }
    let terms = engines::terms(desk.engines()?.named(&engine).ok_or("no engine has this name")?, desk.config()?);
    let new = New { id: id.clone(), task, engine, is_reserved, terms };
    life::create(desk, new, asked, now_ms)?;
    held.map_or(Ok(()), |held| desk.store.hold(&id, held))?;
    match notify {
        Notify::This(receiver) => receiver.map_or(Ok(()), |receiver| notices::keep(desk, &id, receiver))?,
        Notify::AsFor(other) => notices::keep_as_for(desk, &other, &id)?,
    }
    if let Some(Idempotency { key, body }) = idempotency {
        desk.store.remember(key, Known { body, job_id: id.clone() }, now_ms + IDEMPOTENCY_KEPT_MS)?;
    }
    let job = life::job(desk, &id)?.ok_or_else(|| Error::from("a new job is not in its row"))?;
    Ok(Creation::Created(job))
}

fn known(desk: &Desk, idempotency: Option<&Idempotency>, now_ms: u64) -> Result<Option<Creation>> {
    let Some(Idempotency { key, body }) = idempotency else { return Ok(None) };
    let Some(known) = desk.store.known(key, now_ms)? else { return Ok(None) };
    if known.body != *body {
        return Ok(Some(Creation::Conflict));
    }
    // A job that was deleted is not made anew by whoever repeats what they asked before.
    Ok(Some(life::job(desk, &known.job_id)?.map_or(Creation::Gone, Creation::Created)))
}

/// Media that the edge has checked.
fn parsed(text: &str) -> Result<Media> {
    let media = Value::parse(text.as_bytes()).and_then(|value| Media::parse(&value, true).ok());
    media.ok_or_else(|| Error::from("media that cannot be read"))
}

fn sealed(desk: &Desk, id: &str, address: &SecretUrl) -> Result<Vec<u8>> {
    // The address goes into the text that is sealed.
    let text = Secret::new(address.expose());
    seal(&desk.config()?.keys, id, &text, random::bytes::<NONCE_BYTES>()).ok_or_else(|| "an address could not be sealed".into())
}
