//! What each question is answered with.

use super::waiters::{Answered, Until};
use super::{
    Desk, change, create, dead_letters, delivery, job_list, life, lists, notify, read_back, rejections, relay, replay, stats,
    status, uploads, users,
};
use crate::failure::Failure;
use crate::limits::MAX_WAIT_S;
use crate::question::frame::Frame;
use crate::question::{
    AnyQuestion, AskUpload, BindJob, CallJob, CountRejections, CreateJob, DeleteJob, FindAsked, FindLetter, FindResult, FindUser,
    IsWanted, LearnOrigin, ListJobs, ListLetters, ListRecordings, MediaAnswered, MediaKept, MediaPassed, OpenMedia, Question,
    ReadJob, ReadStats, ReplayLetter, RetryJob, TakeDelivery, TakeNews, Verdict, WakeUp, WatchJob,
};
use futures_util::future::{Either, select};
use ringcentral_ai::lifecycle::Record;
use std::rc::Rc;
use std::time::Duration;
use worker::{Delay, Result};

/// Answers a question with a frame.
pub(super) async fn answer(desk: &Desk, question: AnyQuestion) -> Result<Answered> {
    let now_ms = desk.now_ms();
    let (frame, due) = match question {
        AnyQuestion::CreateJob(question) => (given::<CreateJob>(create::create(desk, question, now_ms)?), Due::Perhaps),
        AnyQuestion::RetryJob(question) => (given::<RetryJob>(create::retry(desk, question, now_ms)?), Due::Perhaps),
        AnyQuestion::FindAsked(question) => (given::<FindAsked>(Ok(create::find(desk, &question, now_ms)?)), Due::Nothing),
        AnyQuestion::ReadJob(question) => (job(desk, question).await, Due::Nothing),
        AnyQuestion::WatchJob(question) => (watched(desk, question).await, Due::Nothing),
        AnyQuestion::ListJobs(question) => (given::<ListJobs>(Ok(job_list::page(desk, &question)?)), Due::Nothing),
        AnyQuestion::CallJob(question) => (given::<CallJob>(change::call(desk, question)?), Due::Nothing),
        AnyQuestion::BindJob(question) => (given::<BindJob>(change::bind(desk, question, now_ms)?), Due::Perhaps),
        AnyQuestion::DeleteJob(question) => (given::<DeleteJob>(Ok(change::delete(desk, &question.id, now_ms)?)), Due::Perhaps),
        AnyQuestion::IsWanted(question) => (given::<IsWanted>(Ok(delivery::wanted_from(desk, &question, now_ms)?)), Due::Nothing),
        AnyQuestion::TakeDelivery(question) => {
            let id = question.id.clone();
            let verdict = delivery::take(desk, question, now_ms)?;
            let due = due_after(desk, &id, &verdict, now_ms)?;
            (given::<TakeDelivery>(Ok(verdict)), due)
        }
        AnyQuestion::ListLetters(question) => {
            (given::<ListLetters>(Ok(dead_letters::page(desk, &question, now_ms)?)), Due::Nothing)
        }
        AnyQuestion::FindLetter(question) => (given::<FindLetter>(Ok(dead_letters::find(desk, question)?)), Due::Nothing),
        AnyQuestion::ReplayLetter(question) => (given::<ReplayLetter>(Ok(replay::replay(desk, question, now_ms)?)), Due::Perhaps),
        AnyQuestion::FindUser(question) => (given::<FindUser>(users::find(desk, question).await?), Due::Nothing),
        AnyQuestion::FindResult(FindResult { id, said }) => {
            (given::<FindResult>(Ok(read_back::of_job(desk, &id, said)?)), Due::Nothing)
        }
        AnyQuestion::ListRecordings(question) => {
            (given::<ListRecordings>(lists::page(desk, &question.query).await?), Due::Nothing)
        }
        AnyQuestion::OpenMedia(question) => (given::<OpenMedia>(relay::opened(desk, question).await?), Due::Nothing),
        AnyQuestion::MediaAnswered(question) => {
            let is_due = relay::answered(desk, question, now_ms)?;
            (given::<MediaAnswered>(Ok(())), if is_due { Due::Perhaps } else { Due::Nothing })
        }
        AnyQuestion::MediaKept(question) => (given::<MediaKept>(Ok(relay::kept(desk, question, now_ms)?)), Due::Perhaps),
        AnyQuestion::MediaPassed(question) => (given::<MediaPassed>(Ok(relay::passed(desk, question)?)), Due::Nothing),
        AnyQuestion::AskUpload(question) => (given::<AskUpload>(uploads::changed(desk, question, now_ms)?), Due::Perhaps),
        AnyQuestion::TakeNews(question) => (given::<TakeNews>(Ok(status::take_news(desk, &question, now_ms)?)), Due::Perhaps),
        AnyQuestion::CountRejections(question) => {
            rejections::count_all(desk, &question.counts);
            (given::<CountRejections>(Ok(())), Due::Nothing)
        }
        AnyQuestion::ReadStats(question) => (given::<ReadStats>(Ok(stats::read(desk, question, now_ms)?)), Due::Nothing),
        AnyQuestion::LearnOrigin(question) => {
            (given::<LearnOrigin>(Ok(desk.store.learn_origin(&question.origin)?)), Due::Nothing)
        }
        AnyQuestion::WakeUp(WakeUp) => (given::<WakeUp>(Ok(())), Due::Perhaps),
    };
    match due {
        Due::Nothing => {}
        Due::By(due_ms) => desk.wake_by(due_ms).await,
        Due::Perhaps => desk.wake().await,
    }
    frame
}

/// What an answer has left to do.
enum Due {
    /// Nothing that was not there before.
    Nothing,
    /// Nothing until then.
    By(u64),
    /// Whatever there is.
    Perhaps,
}

/// After a result nothing is due sooner but that it is read back, unless somebody is to be told of it, or it is still to be made.
fn due_after(desk: &Desk, id: &str, verdict: &Verdict, now_ms: u64) -> Result<Due> {
    let is_told = notify::next_due_ms(desk)?.is_some_and(|due_ms| due_ms <= now_ms);
    let is_to_be_made = || Ok::<_, worker::Error>(desk.store.record(id)?.is_some_and(|record| record.result_key.is_none()));
    Ok(match verdict {
        Verdict::Result if is_told || is_to_be_made()? => Due::Perhaps,
        Verdict::Result => Due::By(now_ms.saturating_add(read_back::CHECK_AFTER_MS)),
        Verdict::Dropped | Verdict::Refused { .. } => Due::Perhaps,
    })
}

/// An answer, or why there is none.
type Given<Q> = std::result::Result<<Q as Question>::Answer, Failure>;

#[expect(clippy::needless_pass_by_value, reason = "an answer is made where it is given")]
#[inline(never)]
fn given<Q: Question>(answer: Given<Q>) -> Result<Answered> {
    Ok(Rc::new(Frame::write(&answer)?))
}

/// Why there is no answer.
pub(super) fn failed(failure: Failure) -> Result<Answered> {
    Ok(Rc::new(Frame::write(&Err::<(), _>(failure))?))
}

/// The job, when it has ended or the time is over.
async fn job(desk: &Desk, question: ReadJob) -> Result<Answered> {
    let ReadJob { id, wait_s } = question;
    let is_worth_waiting = |record: Record| wait_s > 0 && !record.state.is_finished();
    if desk.store.record(&id)?.is_some_and(is_worth_waiting) {
        let ended = desk.waiters.join(&id, Until::End);
        if let Either::Left((Ok(frame), _)) = select(ended, patience(wait_s)).await {
            return Ok(frame);
        }
        desk.waiters.forget(&id);
    }
    given::<ReadJob>(Ok(life::job(desk, &id)?))
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
        Either::Left((Ok(frame), _)) => return Ok(frame),
        Either::Left((Err(_), _)) => return given::<WatchJob>(Ok(None)),
        Either::Right(_) => desk.waiters.forget(&id),
    }
    given::<WatchJob>(Ok(life::job(desk, &id)?))
}

fn patience(wait_s: u32) -> Delay {
    Delay::from(Duration::from_secs(wait_s.min(MAX_WAIT_S).into()))
}
