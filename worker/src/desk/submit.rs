//! A job on its way to its engine: written down before it is sent, and what became of that written down after.

use super::in_flight::{InFlight, Next, Purpose};
use super::seal::open;
use super::store::Asked;
use super::{Desk, life, relay, uploads};
use crate::config::Config;
use crate::engines::Engines;
use crate::limits::MEDIA_ADDRESS_S;
use ringcentral_ai::call::{Event as Happened, Report, Step, Wait};
use ringcentral_ai::engine::{Accepted, BoxedCall, Job, Media, Task};
use ringcentral_ai::error::{Code, Error, Result as CoreResult};
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Effect, Event, JobError, Record};
use ringcentral_ai::secret::SecretUrl;
use ringcentral_ai::signing::{callback_path, media_path};
use std::fmt;
use worker::Result;

/// A submit under way.
struct SubmitCall {
    id: String,
    attempt: u32,
    call: BoxedCall<Accepted>,
}

/// Begins to submit a job, or ends it with what keeps it from being submitted.
pub(super) fn begin(desk: &Desk, id: &str, attempt: u32, now_ms: u64) -> Result<()> {
    let (Some(record), Some(asked)) = (desk.store.record(id)?, desk.store.asked(id)?) else { return Ok(()) };
    let held = uploads::held(desk, id)?;
    match call(desk.config()?, desk.engines()?, &record, &asked, held, attempt, now_ms) {
        Ok(call) => _ = desk.calls.begin(Box::new(SubmitCall { id: id.to_owned(), attempt, call }), now_ms),
        Err(error) => {
            life::tell(desk, id, Event::Refused { error: job_error(&error) }, now_ms)?;
        }
    }
    Ok(())
}

impl InFlight for SubmitCall {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::Submit(&self.id)
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
            Step::Done(Accepted { job_id, .. }) => Event::Accepted { attempt: self.attempt, engine_job_id: job_id },
            Step::Fail(Error::SubmitUnconfirmed) => Event::AnswerLost,
            Step::Fail(error) if error.is_retryable() => Event::PutOff { error: job_error(&error) },
            Step::Fail(error) => Event::Refused { error: job_error(&error) },
        };
        life::tell(desk, &self.id, event, now.ms)?;
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
    let relay = relayed_at(config, record, asked, attempt, now_ms);
    let webhook = SecretUrl::masked_from([asked.public_url.as_str(), &path].concat(), asked.public_url.len());
    let (input, media) =
        (engine.check(task, &fields)?, held.map_or_else(|| media(config, record, asked), |held| Ok(Some(held)))?);
    engine.submit(Job { task, input, media, relay, webhook, asked_ms: Some(record.created_ms) })
}

/// Where the engine fetches media through here, if it is to.
fn relayed_at(config: &Config, record: &Record, asked: &Asked, attempt: u32, now_ms: u64) -> Option<SecretUrl> {
    let path = || media_path(&config.keys, &record.id, attempt, now_ms / 1_000 + MEDIA_ADDRESS_S);
    let is_relayed = config.relays(asked.content_access.as_deref(), &asked.public_url);
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

fn job_error(error: &Error) -> JobError {
    let message = match error {
        Error::Network => "RingCentral did not answer for a day".into(),
        _ => error.to_string(),
    };
    JobError { code: job_code(error).as_str().into(), message, ringcentral: error.ringcentral().to_vec() }
}

/// The code that a job shows; what RingCentral's answers are called inside the core is not for callers.
fn job_code(error: &Error) -> Code {
    match error.known_code() {
        Some(Code::NetworkOrCors) => Code::RingcentralUnavailable,
        Some(Code::RingcentralTokenRejected) => Code::RingcentralLoginRefused,
        Some(Code::UnexpectedAnswer) => Code::RingcentralRefused,
        other => other.unwrap_or(Code::Internal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::openapi_tests::document;
    use ringcentral_ai::error::Holder;

    #[test]
    fn a_job_says_in_the_apis_words_why_it_failed() {
        let table = [
            (Error::LoginRefused { ringcentral: Vec::new(), advice: "" }, "ringcentral_login_refused"),
            (Error::TokenRejected, "ringcentral_login_refused"),
            (Error::PermissionMissing { permission: "AI".into(), holder: Holder::App }, "ringcentral_permission_missing"),
            (Error::Refused { asked: "the job", status: 400, ringcentral: Vec::new(), advice: "" }, "ringcentral_refused"),
            (Error::UnexpectedAnswer { what: "a recording" }, "ringcentral_refused"),
            (Error::Network, "ringcentral_unavailable"),
            (Error::Unavailable { asked: "the job", status: 503 }, "ringcentral_unavailable"),
            (Error::RateLimited { retry_after_s: 30 }, "rate_limited"),
        ];
        for (error, code) in table {
            let job_error = job_error(&error);
            assert_eq!(job_error.code, code);
            assert!(!job_error.message.contains("page"), "{}", job_error.message);
        }
    }

    #[test]
    fn the_apis_description_names_the_codes_of_a_job() {
        let invalid = Error::invalid("media.contentUri", "no");
        let unknown = Error::EncodingUnknown { field: "input".into(), reason: "no".into() };
        let refused = Error::Refused { asked: "the job", status: 400, ringcentral: Vec::new(), advice: "" };
        let missing = Error::PermissionMissing { permission: "AI".into(), holder: Holder::App };
        let limited = Error::RateLimited { retry_after_s: 30 };
        let foreign = Error::Worker { status: 500, code: "odd".into(), message: String::new(), details: Box::default() };
        let errors = [Error::TokenRejected, invalid, unknown, refused, missing, limited, foreign, Error::Network];
        let of_lifecycle = [Code::RingcentralJobFailed, Code::SubmitUnconfirmed, Code::Expired];
        let codes = errors.iter().map(job_code).chain(of_lifecycle);
        assert_eq!(document().values("JobErrorCode"), codes.map(|code| code.as_str().to_owned()).collect());
    }
}
