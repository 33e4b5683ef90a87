//! A job is written down; nothing else happens to it here. The same key and body give the same job for a day.

use super::jobs::{Jobs, New};
use super::seal::{NONCE_BYTES, seal};
use super::store::number;
use super::{Desk, due};
use crate::job::{Job, Status};
use crate::question::{CreateJob, Creation, Idempotency, Media, Work};
use crate::random;
use ringcentral_ai::engine::{Source, shown};
use ringcentral_ai::secret::Secret;
use serde::Deserialize;
use worker::{Error, Result};

/// How long a key is remembered.
const IDEMPOTENCY_KEPT_MS: u64 = 24 * 3_600_000;

/// Writes a job down, or finds the one that the same key wrote down before.
pub(super) fn create(desk: &Desk, question: CreateJob, now_ms: u64) -> Result<Creation> {
    if let Some(creation) = known(desk, question.idempotency.as_ref(), now_ms)? {
        return Ok(creation);
    }
    let id = question.id;
    if job(desk, &id)?.is_some() {
        return Ok(Creation::IdIsTaken);
    }
    let new = new_job(desk, &id, question.task, question.work, question.public_url, now_ms)?;
    Jobs(&desk.store).insert(new)?;
    if let Some(Idempotency { key, body }) = question.idempotency {
        let statement = "INSERT OR REPLACE INTO idempotency (key, body, job_id, until_ms) VALUES (?, ?, ?, ?)";
        let until_ms = number(now_ms + IDEMPOTENCY_KEPT_MS);
        desk.store.write(statement, vec![key.into(), body.into(), id.as_str().into(), until_ms])?;
    }
    let job = job(desk, &id)?.ok_or_else(|| Error::from("a new job is not in its row"))?;
    Ok(Creation::Created(Box::new(job)))
}

fn known(desk: &Desk, idempotency: Option<&Idempotency>, now_ms: u64) -> Result<Option<Creation>> {
    #[derive(Deserialize)]
    struct Known {
        body: String,
        job_id: String,
    }
    desk.store.write("DELETE FROM idempotency WHERE until_ms <= ?", vec![number(now_ms)])?;
    let Some(idempotency) = idempotency else { return Ok(None) };
    let statement = "SELECT body, job_id FROM idempotency WHERE key = ?";
    let Some(known) = desk.store.first::<Known>(statement, vec![idempotency.key.as_str().into()])? else {
        return Ok(None);
    };
    if known.body != idempotency.body {
        return Ok(Some(Creation::Conflict));
    }
    Ok(job(desk, &known.job_id)?.map(|job| Creation::Created(Box::new(job))))
}

fn job(desk: &Desk, id: &str) -> Result<Option<Job>> {
    Ok(Jobs(&desk.store).find(id)?.map(super::row::Row::job))
}

fn new_job(desk: &Desk, id: &str, task: String, work: Work, public_url: String, now_ms: u64) -> Result<New> {
    let config = desk.config()?;
    // A job that is under way must not be shown as gone before RingCentral itself forgets it.
    let kept_for_ms = config.result_ttl_s.saturating_mul(1_000).max(due::EXPIRES_AFTER_MS);
    let mut new = New {
        id: id.to_owned(),
        task,
        status: Status::Reserved,
        media: None,
        input: None,
        recording_id: None,
        sealed: None,
        public_url,
        created_ms: now_ms,
        retained_until_ms: now_ms.saturating_add(kept_for_ms),
    };
    if let Work::Submit { media, input } = work {
        new.status = Status::Queued;
        new.input = Some(input);
        new.media = media.as_ref().map(|media| shown(&source(media)).to_string());
        match media {
            Some(Media::RecordingId(recording_id)) => new.recording_id = Some(recording_id),
            Some(Media::ContentUri(uri)) => {
                let nonce = random::bytes::<NONCE_BYTES>();
                let sealed = seal(&config.keys, id, &Secret::new(uri), nonce);
                new.sealed = Some(sealed.ok_or_else(|| Error::from("an address could not be sealed"))?);
            }
            None => {}
        }
    }
    Ok(new)
}

fn source(media: &Media) -> Source {
    match media {
        Media::RecordingId(id) => Source::Recording(id.clone()),
        Media::ContentUri(uri) => Source::Address(uri.clone()),
    }
}
