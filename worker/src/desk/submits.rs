//! A job on its way to RingCentral: written down before it is sent, and what became of that written down after.

use super::errands::{Errand, Next};
use super::jobs::{Jobs, Turn};
use super::seal::open;
use super::time::{now, now_ms};
use super::{Desk, due, finish, log};
use crate::config::Config;
use crate::job::{JobError, Status};
use ringcentral_ai::call::{Call, Event, Operation, Report, Step};
use ringcentral_ai::engine::ringcentral::jobs::{check_input, submission};
use ringcentral_ai::engine::{Accepted, Input, Job, Media, RecordingId, Task};
use ringcentral_ai::error::{Code, Error};
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::SecretUrl;
use ringcentral_ai::signing::callback_path;
use worker::Result;

/// So many jobs are on their way at once; more would only wait for the rate limit in memory instead of in their rows.
const AT_ONCE: usize = 10;

/// A submission under way.
#[derive(Debug)]
pub(super) struct Submitting {
    /// The job's id.
    pub(super) id: String,
    attempt: u32,
    call: Operation<Accepted>,
}

/// Takes on the jobs whose turn it is.
pub(super) fn start_due(desk: &Desk, now_ms: u64) -> Result<()> {
    let under_way = desk.errands.jobs();
    let room = AT_ONCE.saturating_sub(under_way.len());
    if room == 0 {
        return Ok(());
    }
    let ids: Vec<&str> = under_way.iter().map(String::as_str).collect();
    for turn in Jobs(&desk.store).in_turn(&ids, room, now_ms)? {
        let attempt = turn.attempt + 1;
        match job(desk.config()?, &turn, attempt) {
            Ok(job) => {
                let call = submission(desk.client()?.clone(), job);
                desk.errands.add(Errand::Submitting(Box::new(Submitting { id: turn.id, attempt, call })));
            }
            Err(error) => failed(desk, &turn.id, &error)?,
        }
    }
    Ok(())
}

/// When the next turn comes; none while there is no room for one.
pub(super) fn next_turn_ms(desk: &Desk) -> Result<Option<u64>> {
    let under_way = desk.errands.jobs();
    if under_way.len() >= AT_ONCE {
        return Ok(None);
    }
    let ids: Vec<&str> = under_way.iter().map(String::as_str).collect();
    Jobs(&desk.store).next_turn_ms(&ids)
}

impl Submitting {
    /// Takes what happened to the last request.
    pub(super) fn step(&mut self, desk: &Desk, event: Event) -> Result<Next> {
        match self.call.step(event, now()) {
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => return Ok(Next::Sleep(ms)),
            Step::Report(report) => return self.heed(desk, &report),
            Step::Done(accepted) => self.accepted(desk, accepted)?,
            Step::Fail(error) => failed(desk, &self.id, &error)?,
        }
        Ok(Next::Over)
    }

    fn heed(&self, desk: &Desk, report: &Report) -> Result<Next> {
        let jobs = Jobs(&desk.store);
        match report {
            // A job that has ended meanwhile is not sent.
            Report::Sending if !jobs.sending(&self.id, self.attempt, now_ms())? => return Ok(Next::Over),
            Report::Sending => log::job("sending", &self.id, None),
            Report::Refused => {
                log::job("refused", &self.id, None);
                jobs.queue_again(&self.id, now_ms())?;
            }
            Report::Job(_) => {}
        }
        Ok(Next::Sleep(0))
    }

    fn accepted(&self, desk: &Desk, accepted: Accepted) -> Result<()> {
        if Jobs(&desk.store).accepted(&self.id, accepted.job_id, now_ms())? {
            log::job("submitted", &self.id, None);
        }
        Ok(())
    }
}

/// What is to be submitted; an error is the job's own.
fn job(config: &Config, turn: &Turn, attempt: u32) -> std::result::Result<Job, Error> {
    let (task, input) = checked(turn)?;
    let path = callback_path(&config.keys, &turn.id, attempt);
    let webhook = SecretUrl::masked_from([turn.public_url.as_str(), &path].concat(), turn.public_url.len());
    Ok(Job { task, input, media: media(config, turn)?, webhook })
}

fn media(config: &Config, turn: &Turn) -> std::result::Result<Option<Media>, Error> {
    let Some(sealed) = &turn.sealed else {
        let id = turn.recording_id.as_deref().map(|id| RecordingId::parse(id, "media.recordingId")).transpose()?;
        return Ok(id.map(Media::Recording));
    };
    let address = open(&config.keys, &turn.id, sealed).ok_or_else(|| {
        let reason = "it was sealed with a key that is no longer among SIGNING_KEYS: submit the job again";
        Error::invalid("media.contentUri", reason)
    })?;
    // The address goes into the job that RingCentral is sent.
    Ok(Some(Media::Address(SecretUrl::hiding_query(address.expose().to_owned()))))
}

fn checked(turn: &Turn) -> std::result::Result<(Task, Input), Error> {
    let task = Task::named(&turn.task).ok_or_else(|| Error::invalid("task", "this version does not know it"))?;
    let text = turn.input.as_deref().unwrap_or_default();
    let input = Value::parse(text.as_bytes()).unwrap_or_default();
    Ok((task, check_input(task, &input, "input")?))
}

/// A submission that did not succeed: not known, worth another try, or the job's end.
fn failed(desk: &Desk, id: &str, error: &Error) -> Result<()> {
    if *error == Error::SubmitUnconfirmed {
        log::job("unconfirmed", id, None);
        return Ok(()); // Its row is due when its callback has had its time.
    }
    let jobs = Jobs(&desk.store);
    let again_ms = if error.is_retryable() {
        jobs.tried(id)?.and_then(|(tries, created_ms)| due::next_try_ms(tries, created_ms, now_ms()))
    } else {
        None
    };
    if let Some(due_ms) = again_ms {
        log::job("later", id, Some(job_code(error).as_str()));
        return jobs.queue_again(id, due_ms);
    }
    finish::fail(desk, id, Status::Failed, job_error(error)).map(|_| ())
}

fn job_error(error: &Error) -> JobError {
    let message = match error {
        Error::Network => "RingCentral did not answer for a day".into(),
        _ => error.to_string(),
    };
    let ringcentral = Some(error.ringcentral().to_vec()).filter(|errors| !errors.is_empty());
    JobError { code: job_code(error).as_str().into(), message, ringcentral }
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

    #[test]
    fn a_job_says_in_the_apis_words_why_it_failed() {
        let table = [
            (Error::LoginRefused { ringcentral: Vec::new() }, "ringcentral_login_refused"),
            (Error::TokenRejected, "ringcentral_login_refused"),
            (Error::PermissionMissing { permission: "AI".into() }, "ringcentral_permission_missing"),
            (Error::Refused { status: 400, ringcentral: Vec::new() }, "ringcentral_refused"),
            (Error::UnexpectedAnswer { what: "a recording" }, "ringcentral_refused"),
            (Error::Network, "ringcentral_unavailable"),
            (Error::Unavailable { status: 503 }, "ringcentral_unavailable"),
            (Error::RateLimited { retry_after_s: 30 }, "rate_limited"),
        ];
        for (error, code) in table {
            let job_error = job_error(&error);
            assert_eq!(job_error.code, code);
            assert!(!job_error.message.contains("page"), "{}", job_error.message);
        }
    }
}
