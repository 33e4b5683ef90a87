//! What is said of a job: by a delivery to its callback address, or by its engine when it is asked. The first that fits the job
//! and whose bytes are stored is the result.

use super::dead_letters::{self, Came};
use super::send::in_time;
use super::{Desk, life, read_back, rejections, verdict};
use crate::clock::Clock;
use crate::engines::keeps_s;
use crate::job::missing_json;
use crate::kv::WorkersKv;
use crate::problem::Problem;
use crate::question::{Heard, IsWanted, TakeDelivery, Verdict};
use crate::random;
use crate::results::{self, Written};
use ringcentral_ai::engine::{self, Delivery, Engine, Missing};
use ringcentral_ai::error::{ApiError, Code};
use ringcentral_ai::lifecycle::{Effect, Event, JobError, Outcome, Record, Said, Stored};
use worker::Result;
use worker::js_sys::Uint8Array;

/// Where the Desk writes: no location of Cloudflare's has this name, so that every reader gets the copy while there is one.
pub(super) const PLACE: &str = "desk";

/// Bytes of a job that are to be stored, and what they are.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) of: Of,
    pub(super) body: Vec<u8>,
}

/// What bytes are.
#[derive(Debug)]
pub(super) enum Of {
    /// A finished job, as its engine tells of it when it is asked.
    Said(Delivery),
    /// The same, as its engine tells of it when it takes this attempt of it.
    Accepted(u32, Option<String>, Delivery),
    /// A result that was made of that, and what is missing in it.
    Made(Vec<Missing>),
}

/// The name of the engine whose delivery a job still takes.
pub(super) fn wanted_from(desk: &Desk, question: &IsWanted, now_ms: u64) -> Result<Option<String>> {
    let IsWanted { id, attempt } = question;
    life::tell(desk, id, Event::Offered { attempt: *attempt }, now_ms)?;
    let record = desk.store.record(id)?;
    rejections::count_unwanted(desk, record.as_ref());
    Ok(record.filter(Record::takes_result).map(|record| record.engine))
}

/// A delivery as its job is told of it.
#[derive(Debug)]
pub(super) struct HeardOf {
    id: String,
    attempt: u32,
    pub(super) event: Event,
    copy: Vec<u8>,
}

/// Takes what came to a callback address; what is to be done with its key is for the edge to do.
pub(super) fn take(desk: &Desk, question: TakeDelivery, now_ms: u64) -> Result<Verdict> {
    // What was too long to be stored is counted by the edge.
    let (id, is_stored) = (question.id.clone(), question.written.is_some());
    let verdict = tell(desk, heard(desk, question)?, now_ms)?;
    match &verdict {
        Verdict::Refused { code, .. } if is_stored => rejections::count(desk, verdict::fate(*code).name(), 1),
        Verdict::Dropped => rejections::count_unwanted(desk, desk.store.record(&id)?.as_ref()),
        _ => {}
    }
    Ok(verdict)
}

/// What a delivery says, read by the job's engine where nobody has read it yet.
pub(super) fn heard(desk: &Desk, question: TakeDelivery) -> Result<HeardOf> {
    let TakeDelivery { id, attempt, heard, remark, written, copy } = question;
    let stored = written.map(|written| stored(&id, written));
    let heard = if matches!(heard, Heard::Unread) { read(desk, &id, &copy)? } else { heard };
    let event = match heard {
        Heard::Says(delivery) => {
            let is_anothers = desk.store.is_anothers(delivery.job_id.as_deref(), &id)?;
            Event::Delivered { attempt, said: Said { is_anothers, ..said(desk, &id, delivery, stored)? } }
        }
        Heard::Unreadable { reason } => {
            let reason = remark.map_or_else(|| reason.clone(), |remark| [&reason, " (", &remark, ")"].concat());
            Event::Unreadable { attempt, reason, stored }
        }
        Heard::Unread => return Err("a delivery that nobody has read".into()),
    };
    Ok(HeardOf { id, attempt, event, copy })
}

/// Tells the job; what is set aside becomes a dead letter.
pub(super) fn tell(desk: &Desk, heard: HeardOf, now_ms: u64) -> Result<Verdict> {
    let HeardOf { id, attempt, event, copy } = heard;
    let until_ms = stored_until_ms(&event);
    let effects = life::tell(desk, &id, event, now_ms)?;
    if let Some(key) = verdict::kept(&effects) {
        keep(desk, &id, key, &copy, now_ms)?;
    }
    let verdict = verdict::of(effects);
    if let Verdict::Refused { code, reason, dead_key: Some(key) } = &verdict {
        dead_letters::write_down(desk, Came { id, attempt, code: *code, reason, key, copy: &copy, until_ms }, now_ms)?;
    }
    Ok(verdict)
}

/// When KV lets go of what was delivered.
fn stored_until_ms(event: &Event) -> u64 {
    let stored = match event {
        Event::Delivered { said, .. } => said.stored.as_ref(),
        Event::Unreadable { stored, .. } => stored.as_ref(),
        _ => None,
    };
    stored.map_or(0, |stored| stored.until_ms)
}

/// What the job's engine reads in a delivery; of a job that is gone nothing has to be read.
fn read(desk: &Desk, id: &str, body: &[u8]) -> Result<Heard> {
    let Some(record) = desk.store.record(id)? else { return Ok(Heard::Unreadable { reason: "its job is gone".into() }) };
    let engine = desk.engines()?.named(&record.engine).ok_or("the job's engine is not one of this version")?;
    Ok(Heard::by(engine, body))
}

/// Stores bytes as a delivery's are, and tells their job.
pub(super) async fn store(desk: &Desk, told: Told) -> Result<()> {
    let Told { id, of, body } = told;
    let keeps_s = keeps_s(desk.engines()?, desk.config()?);
    let bytes = Uint8Array::from(body.as_slice());
    let stored = match in_time(put(desk, &id, &bytes, keeps_s)).await {
        Some(Ok(written)) => Some(stored(&id, written)),
        _ => None,
    };
    let now_ms = desk.now_ms();
    let event = match (of, stored) {
        (Of::Said(delivery), Some(stored)) => Event::StatusSaid(said(desk, &id, delivery, Some(stored))?),
        (Of::Accepted(attempt, engine_job_id, delivery), Some(stored)) => {
            life::tell(desk, &id, Event::Accepted { attempt, engine_job_id }, now_ms)?;
            Event::StatusSaid(said(desk, &id, delivery, Some(stored))?)
        }
        (Of::Made(missing), Some(stored)) => {
            desk.store.note_missing(&id, (!missing.is_empty()).then(|| missing_json(&missing)))?;
            Event::Made { stored }
        }
        // What cannot be stored is asked for again, sent again, or made again when its time comes.
        (Of::Said(_), None) => Event::StatusFailed,
        (Of::Accepted(..), None) => Event::PutOff { error: not_stored() },
        (Of::Made(_), None) => return Ok(()),
    };
    for effect in life::tell(desk, &id, event, now_ms)? {
        match effect {
            Effect::Keep { key } => keep(desk, &id, &key, &body, now_ms)?,
            Effect::DropKey { key } => forget(desk, &key).await,
            _ => {}
        }
    }
    Ok(())
}

/// Bytes are a job's result, or what it will be made of.
fn keep(desk: &Desk, id: &str, key: &str, bytes: &[u8], now_ms: u64) -> Result<()> {
    read_back::expect(&desk.store, id, key, bytes, now_ms);
    let is_to_be_made = desk.store.record(id)?.is_some_and(|record| record.result_key.is_none());
    if is_to_be_made && !bytes.is_empty() {
        desk.just_said.keep(key, bytes.to_vec());
    }
    Ok(())
}

fn not_stored() -> JobError {
    JobError {
        code: Code::Internal.as_str().into(),
        message: "KV did not take what the engine said".into(),
        ringcentral: Vec::new(),
    }
}

async fn put(desk: &Desk, id: &str, bytes: &Uint8Array, keeps_s: u64) -> std::result::Result<Written, Problem> {
    let expires_s = results::expiry_s(Clock::REAL.now_ms() / 1000, keeps_s);
    results::put(&WorkersKv::of(&desk.env)?, results::key(id, PLACE, &random::id()), bytes, expires_s).await
}

/// A key that is not deleted ends by itself.
async fn forget(desk: &Desk, key: &str) {
    if let Ok(kv) = WorkersKv::of(&desk.env) {
        in_time(results::forget(&kv, key)).await;
    }
}

fn stored(id: &str, written: Written) -> Stored {
    Stored { dead_key: written.dead_key(id), key: written.key, until_ms: written.until_ms }
}

/// What a delivery says, as a job is told.
pub(super) fn said(desk: &Desk, id: &str, delivery: Delivery, stored: Option<Stored>) -> Result<Said> {
    let outcome = match delivery.outcome {
        engine::Outcome::Running => Outcome::Running,
        engine::Outcome::Ended => Outcome::Ended,
        engine::Outcome::Succeeded => Outcome::Succeeded,
        engine::Outcome::Failed(errors) => Outcome::Failed(failure(desk, id, errors)?),
    };
    Ok(Said {
        engine_job_id: delivery.job_id,
        is_anothers: false,
        task: delivery.task,
        outcome,
        completed_ms: delivery.completed_ms,
        stored,
    })
}

/// What a job fails with whose engine has ended it without a result.
fn failure(desk: &Desk, id: &str, ringcentral: Vec<ApiError>) -> Result<JobError> {
    let record = desk.store.record(id)?;
    let engine = record.and_then(|record| desk.engines().ok()?.named(&record.engine));
    let code = engine.map_or(Code::EngineJobFailed, Engine::failed);
    Ok(JobError { code: code.as_str().into(), message: code.sentence().into(), ringcentral })
}
