//! What each question is answered with.

use super::waiters::Until;
use super::{Desk, change, copies, create, delivery, job_list, life, lists};
use crate::failure::Failure;
use crate::question::{
    AnyQuestion, BindJob, CallJob, CreateJob, DeleteJob, FindResult, FoundResult, IsWanted, LearnOrigin, ListJobs,
    ListRecordings, Question, ReadJob, RetryJob, TakeDelivery, WakeUp, WatchJob, frame,
};
use futures_util::future::{Either, select};
use ringcentral_ai::lifecycle::Record;
use std::time::Duration;
use worker::{Delay, Result};

/// Who waits for a job's end waits so long at most, whatever was asked.
const MAX_WAIT_S: u32 = 55;

/// The frame of an answer, or why there is none.
pub(super) type Answered = std::result::Result<Vec<u8>, Failure>;

/// Answers a question with a frame.
pub(super) async fn answer(desk: &Desk, question: AnyQuestion) -> Result<Answered> {
    let now_ms = desk.now_ms();
    match question {
        AnyQuestion::CreateJob(question) => woken::<CreateJob>(desk, create::create(desk, question, now_ms)?).await,
        AnyQuestion::RetryJob(question) => woken::<RetryJob>(desk, create::retry(desk, question, now_ms)?).await,
        AnyQuestion::ReadJob(ReadJob { id, wait_s }) => job(desk, &id, wait_s).await,
        AnyQuestion::WatchJob(question) => watched(desk, question).await,
        AnyQuestion::ListJobs(question) => given::<ListJobs>(Ok(job_list::page(desk, &question)?)),
        AnyQuestion::CallJob(question) => given::<CallJob>(change::call(desk, question)?),
        AnyQuestion::BindJob(question) => woken::<BindJob>(desk, change::bind(desk, question, now_ms)?).await,
        AnyQuestion::DeleteJob(DeleteJob { id }) => woken::<DeleteJob>(desk, Ok(change::delete(desk, &id, now_ms)?)).await,
        AnyQuestion::IsWanted(question) => given::<IsWanted>(Ok(delivery::wanted_from(desk, &question, now_ms)?)),
        AnyQuestion::TakeDelivery(question) => woken::<TakeDelivery>(desk, Ok(delivery::take(desk, question, now_ms)?)).await,
        AnyQuestion::FindResult(FindResult { id }) => given::<FindResult>(Ok(result(desk, &id)?)),
        AnyQuestion::ListRecordings(ListRecordings { query }) => given::<ListRecordings>(lists::page(desk, &query).await?),
        AnyQuestion::LearnOrigin(LearnOrigin { origin }) => given::<LearnOrigin>(Ok(desk.store.learn_origin(&origin)?)),
        AnyQuestion::WakeUp => woken::<WakeUp>(desk, Ok(())).await,
    }
}

/// An answer, or why there is none.
type Given<Q> = std::result::Result<<Q as Question>::Answer, Failure>;

fn given<Q: Question>(answer: Given<Q>) -> Result<Answered> {
    Ok(match answer {
        Ok(answer) => Ok(frame::write(&answer)?),
        Err(failure) => Err(failure),
    })
}

/// The same behind what may have made something due.
async fn woken<Q: Question>(desk: &Desk, answer: Given<Q>) -> Result<Answered> {
    desk.wake().await;
    given::<Q>(answer)
}

/// The job, when it has ended or the time is over.
async fn job(desk: &Desk, id: &str, wait_s: u32) -> Result<Answered> {
    let is_worth_waiting = |record: Record| wait_s > 0 && !record.state.is_finished();
    if desk.store.record(id)?.is_some_and(is_worth_waiting) {
        let ended = desk.waiters.join(id, Until::End);
        if let Either::Left((Ok(frame), _)) = select(ended, patience(wait_s)).await {
            return Ok(Ok(frame.to_vec()));
        }
        desk.waiters.forget(id);
    }
    given::<ReadJob>(Ok(life::job(desk, id)?))
}

/// The job, when it looks otherwise than it did, or the time is over; none to whoever has waited for too long among too many.
async fn watched(desk: &Desk, question: WatchJob) -> Result<Answered> {
    let WatchJob { id, seen, wait_s } = question;
    let job = life::job(desk, &id)?;
    if job.as_ref().is_none_or(|job| Some(job.look()) != seen) {
        return given::<WatchJob>(Ok(job));
    }
    let changed = desk.waiters.join(&id, Until::Change);
    match select(changed, patience(wait_s)).await {
        Either::Left((Ok(frame), _)) => return Ok(Ok(frame.to_vec())),
        Either::Left((Err(_), _)) => return given::<WatchJob>(Ok(None)),
        Either::Right(_) => desk.waiters.forget(&id),
    }
    given::<WatchJob>(Ok(life::job(desk, &id)?))
}

fn patience(wait_s: u32) -> Delay {
    Delay::from(Duration::from_secs(wait_s.min(MAX_WAIT_S).into()))
}

fn result(desk: &Desk, id: &str) -> Result<FoundResult> {
    let speakers = desk.store.asked(id)?.and_then(|asked| asked.speakers);
    copies::found(&desk.store, desk.store.record(id)?, speakers)
}
