//! A job is written down; nothing else happens to it here. The same key and body give the same job for a day.

use super::jobs::{Jobs, New};
use super::seal::{NONCE_BYTES, seal};
use super::store::number;
use super::time::now_ms;
use super::{Desk, due};
use crate::job::{Job, Status};
use crate::protocol::{Answer, Create, Idempotency, Media, Work};
use crate::random;
use ringcentral_ai::engine::{self, RecordingId};
use ringcentral_ai::secret::{Secret, SecretUrl};
use serde::Deserialize;
use uuid::Builder;
use worker::{Error, Result};

/// How long a key is remembered.
const IDEMPOTENCY_KEPT_MS: u64 = 24 * 3_600_000;

/// Writes a job down, or finds the one that the same key wrote down before.
pub(super) fn create(desk: &Desk, ask: Create) -> Result<Answer> {
    let now_ms = now_ms();
    if let Some(answer) = known(desk, ask.idempotency.as_ref(), now_ms)? {
        return Ok(answer);
    }
    let id = Builder::from_unix_timestamp_millis(now_ms, &random::bytes()).into_uuid().hyphenated().to_string();
    let new = new_job(desk, &id, ask.task, ask.work, ask.public_url, now_ms)?;
    Jobs(&desk.store).insert(new)?;
    if let Some(Idempotency { key, body }) = ask.idempotency {
        let statement = "INSERT OR REPLACE INTO idempotency (key, body, job_id, until_ms) VALUES (?, ?, ?, ?)";
        let until_ms = number(now_ms + IDEMPOTENCY_KEPT_MS);
        desk.store.write(statement, vec![key.into(), body.into(), id.as_str().into(), until_ms])?;
    }
    let job = job(desk, &id)?.ok_or_else(|| Error::from("a new job is not in its row"))?;
    Ok(Answer::Created(job))
}

fn known(desk: &Desk, idempotency: Option<&Idempotency>, now_ms: u64) -> Result<Option<Answer>> {
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
        return Ok(Some(Answer::Conflict));
    }
    Ok(job(desk, &known.job_id)?.map(Answer::Created))
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
        new.media = media.as_ref().map(of_core).transpose()?.map(|media| media.shown());
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

fn of_core(media: &Media) -> Result<engine::Media> {
    Ok(match media {
        Media::RecordingId(id) => {
            let id = RecordingId::parse(id, "media.recordingId").map_err(|error| Error::from(error.to_string()))?;
            engine::Media::Recording(id)
        }
        Media::ContentUri(uri) => engine::Media::Address(SecretUrl::hiding_query(uri.clone())),
    })
}
