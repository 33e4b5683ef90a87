//! `POST /callbacks/{id}/{attempt}/{signature}`: RingCentral delivers a result.
//!
//! In this order: signature, before a byte of the body; length; envelope; whether the Desk expects it; KV; whether it is the first.
//! Anything but 200 makes RingCentral send it again.

use crate::ask_desk::{ask, unexpected};
use crate::body::{self, Share};
use crate::desk::MAX_COPY_BYTES;
use crate::problem::Problem;
use crate::protocol::{Answer, Ask, Delivery, Expected};
use crate::reply::Reply;
use crate::results;
use crate::visit::Visit;
use ringcentral_ai::engine::Task;
use ringcentral_ai::engine::ringcentral::delivery::{Envelope, Status};
use ringcentral_ai::error::Code;
use ringcentral_ai::signing::verify_callback;

/// The most that KV holds under one key.
const MAX_BODY_BYTES: usize = 25 << 20;

/// Answers 200 when the delivery is stored, or is not wanted any more.
pub(crate) async fn answer(mut visit: Visit<'_>) -> Result<Reply, Problem> {
    let attempt = verify_callback(&visit.config.keys, visit.part(0), visit.part(1), visit.part(2))?;
    let mut share = Share::open(); // held until the answer
    let body = body::read(&mut visit.request, MAX_BODY_BYTES, &mut share).await?;
    let envelope = Envelope::read(&body)?;
    let delivery = delivery(&visit, attempt, &envelope);
    if is_wanted(&visit, &delivery, &envelope).await? {
        store(&visit, delivery, &envelope, &body).await?;
    }
    Ok(Reply::empty(200))
}

fn delivery(visit: &Visit<'_>, attempt: u32, envelope: &Envelope) -> Delivery {
    let task = envelope.task().map(|task| Task::name(task).to_owned());
    Delivery {
        id: visit.part(0).to_owned(),
        attempt,
        ringcentral_job_id: envelope.job_id.clone(),
        api: task.or_else(|| envelope.api.clone()),
    }
}

async fn is_wanted(visit: &Visit<'_>, delivery: &Delivery, envelope: &Envelope) -> Result<bool, Problem> {
    // Said by the job status only; as a callback it holds no result, and there is nothing to keep.
    if envelope.status == Status::InProgress {
        return Ok(false);
    }
    match ask(visit.env, &Ask::Expect(delivery.clone()), &[]).await?.0 {
        Answer::Expected(expected) => is_to_be_taken(expected),
        _ => Err(unexpected()),
    }
}

fn is_to_be_taken(expected: Expected) -> Result<bool, Problem> {
    match expected {
        Expected::Take => Ok(true),
        Expected::Drop => Ok(false),
        Expected::Foreign { reason } => Err(Problem::new(Code::ForeignCallback, reason)),
    }
}

async fn store(visit: &Visit<'_>, delivery: Delivery, envelope: &Envelope, body: &[u8]) -> Result<(), Problem> {
    let place = results::place(&visit.request);
    let kept = results::put(visit.env, &delivery.id, &place, body, envelope, visit.config.result_ttl_s).await?;
    let finish = Ask::Finish {
        delivery,
        key: kept.key.clone(),
        // A word that is not documented is no success: the body is stored all the same.
        succeeded: envelope.status == Status::Success,
        errors: envelope.errors.clone(),
        completed_at: envelope.completion_time.clone(),
        retained_until_ms: kept.until_ms,
    };
    let copy = if body.len() <= MAX_COPY_BYTES { body } else { &[] };
    // Without an answer nobody knows whether the key is the result: it stays, and the next delivery is told.
    let verdict = match ask(visit.env, &finish, copy).await?.0 {
        Answer::Finished { is_first: true } => return Ok(()),
        Answer::Finished { is_first: false } => Ok(false),
        Answer::Expected(expected) => is_to_be_taken(expected),
        _ => return Err(unexpected()),
    };
    results::delete(visit.env, &kept.key).await?;
    verdict.map(|_| ())
}
