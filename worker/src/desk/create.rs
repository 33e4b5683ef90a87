//! A job is written down; nothing else happens to it here. The same key and body give the same job for a day.

use super::seal::{NONCE_BYTES, seal};
use super::store::{Asked, Known};
use super::{Desk, life};
use crate::engines;
use crate::limits::{IDEMPOTENCY_KEPT_MS, MAX_QUEUED_JOBS};
use crate::question::{CreateJob, Creation, Idempotency};
use crate::random;
use ringcentral_ai::engine::Media;
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::New;
use ringcentral_ai::secret::{Secret, SecretUrl};
use worker::{Error, Result};

/// Writes a job down, or finds the one that the same key wrote down before.
pub(super) fn create(desk: &Desk, question: CreateJob, now_ms: u64) -> Result<Creation> {
    let CreateJob { id, task, engine, media, input, idempotency, public_url } = question;
    if let Some(creation) = known(desk, idempotency.as_ref(), now_ms)? {
        return Ok(creation);
    }
    if desk.store.record(&id)?.is_some() {
        return Ok(Creation::IdIsTaken);
    }
    let is_reserved = input.is_none();
    if !is_reserved && desk.store.has_queued(MAX_QUEUED_JOBS)? {
        return Ok(Creation::QueueIsFull);
    }
    let media = media.map(|text| parsed(&text)).transpose()?;
    let sealed = match &media {
        Some(Media::Address(address)) => Some(sealed(desk, &id, address)?),
        _ => None,
    };
    let asked = Asked { media: media.map(|media| media.shown()), input, sealed, public_url };
    let terms = engines::terms(desk.engines()?.named(&engine).ok_or("no engine has this name")?, desk.config()?);
    let new = New { id: id.clone(), task, engine, is_reserved, terms };
    life::create(desk, new, asked, now_ms)?;
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
    Ok(life::job(desk, &known.job_id)?.map(Creation::Created))
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
