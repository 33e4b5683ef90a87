//! A job on its way to its engine: written down before it is sent, and what became of that written down after.

use super::delivery::{Of, Told};
use super::in_flight::{InFlight, Next, Purpose};
use super::job_error::{job_error, unusable};
use super::seal::open;
use super::store::Asked;
use super::{Desk, life, relay, uploads};
use crate::config::Config;
use crate::engines::Engines;
use crate::limits::MEDIA_ADDRESS_S;
use ringcentral_ai::call::{Event as Happened, Report, Step, Wait};
use ringcentral_ai::engine::{Accepted, BoxedCall, Engine, Job, Media, Task};
use ringcentral_ai::error::{Error, Result as CoreResult};
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Effect, Event, Record};
use ringcentral_ai::secret::SecretUrl;
use ringcentral_ai::signing::{callback_path, media_path};
use std::fmt;
use worker::Result;

/// A submit under way.
struct SubmitCall {
    id: String,
    engine: String,
    attempt: u32,
    call: BoxedCall<Accepted>,
}

/// Begins to submit a job, or ends it with what keeps it from being submitted.
pub(super) fn begin(desk: &Desk, id: &str, attempt: u32, now_ms: u64) -> Result<()> {
    let (Some(record), Some(asked)) = (desk.store.record(id)?, desk.store.asked(id)?) else { return Ok(()) };
    let held = uploads::held(desk, id)?;
    match call(desk.config()?, desk.engines()?, &record, &asked, held, attempt, now_ms) {
        Ok(call) => {
            desk.calls.begin(Box::new(SubmitCall { id: id.to_owned(), engine: record.engine, attempt, call }), now_ms);
        }
        Err(error) => {
            life::tell(desk, id, Event::Refused { error: job_error(&error) }, now_ms)?;
        }
    }
    Ok(())
}

impl InFlight for SubmitCall {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::Submit(&self.id, &self.engine)
    }

    fn waits(&self) -> Option<Wait> {
        self.call.waits()
    }

    fn step(&mut self, desk: &Desk, happened: Happened) -> Result<Next> {
        let now = desk.now();
        let event = match self.call.step(happened, now) {
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => return Ok(Next::Sleep(ms)),
            Step::Report(Report::Sending) => {
                let left = life::tell(desk, &self.id, Event::Sending { attempt: self.attempt }, now.ms)?;
                // A job that has ended meanwhile is not sent.
                return Ok(if left.contains(&Effect::Send) { Next::Sleep(0) } else { Next::Over });
            }
            Step::Report(Report::Refused) => {
                life::tell(desk, &self.id, Event::SentBack, now.ms)?;
                return Ok(Next::Sleep(0));
            }
            Step::Report(Report::Completed(input)) => {
                desk.store.complete(&self.id, input)?;
                return Ok(Next::Sleep(0));
            }
            Step::Report(Report::Found(address)) => {
                relay::find(desk, &self.id, &address)?;
                return Ok(Next::Sleep(0));
            }
            Step::Report(Report::Job(_)) => return Ok(Next::Sleep(0)),
            Step::Done(Accepted { job_id, said: Some(said) }) => return self.said(desk, job_id, said),
            Step::Done(Accepted { job_id, said: None }) => Event::Accepted { attempt: self.attempt, engine_job_id: job_id },
            Step::Fail(Error::SubmitUnconfirmed) => Event::AnswerLost { may_come: relay::comes_by_itself(desk, &self.id)? },
            Step::Fail(error) if error.is_retryable() => Event::PutOff { error: job_error(&error) },
            Step::Fail(error) => Event::Refused { error: job_error(&error) },
        };
        life::tell(desk, &self.id, event, now.ms)?;
        Ok(Next::Over)
    }
}

impl SubmitCall {
    /// The engine has done the job at once: what it said is stored before anything is told.
    fn said(&self, desk: &Desk, job_id: Option<String>, said: Vec<u8>) -> Result<Next> {
        let now_ms = desk.now_ms();
        let engine = desk.store.record(&self.id)?.map(|record| record.engine);
        let engine = engine.and_then(|name| desk.engines().ok()?.named(&name));
        match engine.map(|engine| engine.read(&said)) {
            Some(Ok(delivery)) => {
                let of = Of::Accepted(self.attempt, job_id, delivery);
                return Ok(Next::Store(Box::new(Told { id: self.id.clone(), of, body: said })));
            }
            Some(Err(error)) => life::tell(desk, &self.id, Event::Refused { error: unusable(&error) }, now_ms)?,
            None => Vec::new(),
        };
        Ok(Next::Over)
    }
}

impl fmt::Debug for SubmitCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmitCall").field("id", &self.id).field("attempt", &self.attempt).finish_non_exhaustive()
    }
}

/// What is to be submitted; an error is the job's own.
fn call(
    config: &Config,
    engines: &Engines,
    record: &Record,
    asked: &Asked,
    held: Option<Media>,
    attempt: u32,
    now_ms: u64,
) -> CoreResult<BoxedCall<Accepted>> {
    let engine = engines.named(&record.engine).ok_or_else(|| Error::invalid("engine", "this version does not have it"))?;
    let task = Task::named(&record.task).ok_or_else(|| Error::invalid("task", "this version does not know it"))?;
    let fields = Value::parse(asked.input.as_deref().unwrap_or_default().as_bytes()).unwrap_or_default();
    let path = callback_path(&config.keys, &record.id, attempt);
    let relay = relayed_at(config, engine, record, asked, attempt, now_ms);
    let webhook = SecretUrl::masked_from([asked.public_url.as_str(), &path].concat(), asked.public_url.len());
    let (input, media) =
        (engine.check(task, &fields)?, held.map_or_else(|| media(config, record, asked), |held| Ok(Some(held)))?);
    engines.submit(engine, Job { task, input, media, relay, webhook, asked_ms: Some(record.created_ms) })
}

/// Where the engine fetches media through here, if it is to.
fn relayed_at(
    config: &Config,
    engine: &dyn Engine,
    record: &Record,
    asked: &Asked,
    attempt: u32,
    now_ms: u64,
) -> Option<SecretUrl> {
    let path = || media_path(&config.keys, &record.id, attempt, now_ms / 1_000 + MEDIA_ADDRESS_S);
    let is_relayed = engine.is_stranger() || config.relays(asked.content_access.as_deref(), &asked.public_url);
    is_relayed.then(|| SecretUrl::masked_from([&asked.public_url, path().as_str()].concat(), asked.public_url.len()))
}

fn media(config: &Config, record: &Record, asked: &Asked) -> CoreResult<Option<Media>> {
    if let Some(sealed) = &asked.sealed {
        let address = open(&config.keys, &record.id, sealed).ok_or_else(|| {
            let reason = "it was sealed with a key that is no longer among SIGNING_KEYS: submit the job again";
            Error::invalid("media.contentUri", reason)
        })?;
        // The address goes into the job that its engine is asked to do.
        return Ok(Some(Media::Address(SecretUrl::hiding_query(address.expose().to_owned()))));
    }
    let shown = asked.media.as_deref().and_then(|text| Value::parse(text.as_bytes()));
    match shown.map(|value| Media::parse(&value, true)).transpose()? {
        // An address is shown without its secrets: it is no longer the one that was given.
        Some(Media::Address(_) | Media::Guarded(..)) => {
            Err(Error::invalid("media.contentUri", "it is not there any more: submit the job again"))
        }
        Some(Media::Upload(_)) => Err(Error::invalid("media.uploadId", "it is not there any more: upload the file again")),
        media => Ok(media),
    }
}
