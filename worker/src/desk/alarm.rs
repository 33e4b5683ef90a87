//! The alarm: everything that RingCentral is asked happens here, in no caller's request.
//!
//! It writes down when it is to come again first, then works until there is nothing to do for a while, and never fails.

use super::in_flight::Stepped;
use super::jobs::Jobs;
use super::send::send;
use super::{Desk, copies, due, engine_state, finish, log, submits};
use crate::job::{JobError, Status};
use futures_channel::oneshot;
use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::FuturesUnordered;
use ringcentral_ai::call::Event;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use worker::{Delay, Result};

/// The alarm comes again after so long when it dies at its work.
const COME_AGAIN_MS: u64 = 10_000;
/// One run lasts so long at most; the platform ends it after fifteen minutes.
const RUN_MS: u64 = 600_000;
/// A run ends when nothing is due for so long.
const LINGER: Duration = Duration::from_secs(1);
/// A run looks around at least so often; requests end within their own limit.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// A run that has not looked around for so long is dead.
const ALIVE_FOR_MS: u64 = 60_000;
/// So many rows are dealt with at once.
const ROWS_AT_ONCE: usize = 100;

/// Whether the alarm is at work, and how it is woken while it pauses.
#[derive(Debug, Default)]
pub(super) struct Run {
    alive_until_ms: Cell<u64>,
    is_checking: Cell<bool>,
    waker: RefCell<Option<oneshot::Sender<()>>>,
}

impl Run {
    /// Wakes the alarm at its work; false when it is not there.
    pub(super) fn wake(&self, now_ms: u64) -> bool {
        let is_alive = now_ms < self.alive_until_ms.get();
        if let (true, Some(waker)) = (is_alive, self.waker.borrow_mut().take()) {
            // One that nobody waits for any more was replaced: its run looks around anyway.
            let _ = waker.send(());
        }
        is_alive
    }

    /// Whether copies are being compared with KV at the moment.
    pub(super) fn is_checking(&self) -> bool {
        self.is_checking.get()
    }

    fn pause(&self) -> oneshot::Receiver<()> {
        let (waker, woken) = oneshot::channel();
        *self.waker.borrow_mut() = Some(waker);
        woken
    }
}

/// What comes of something that takes time.
enum Arrival {
    Answer(u64, Event),
    Checked,
}

type Arrivals<'a> = FuturesUnordered<LocalBoxFuture<'a, Arrival>>;

/// One run of the alarm.
pub(super) async fn run(desk: &Desk) {
    desk.set_alarm(Some(desk.now_ms() + desk.clock.stretched(COME_AGAIN_MS))).await;
    if desk.run.wake(desk.now_ms()) {
        return;
    }
    let outcome = work(desk).await;
    desk.run.alive_until_ms.set(0);
    match outcome {
        Ok(()) => desk.wake().await,
        Err(error) => log::trouble("alarm", &error), // It comes again in a while.
    }
}

async fn work(desk: &Desk) -> Result<()> {
    let ends_ms = desk.now_ms() + desk.clock.stretched(RUN_MS);
    let mut arrivals = Arrivals::new();
    desk.run.is_checking.set(false);
    loop {
        let now_ms = desk.now_ms();
        desk.run.alive_until_ms.set(now_ms + desk.clock.stretched(ALIVE_FOR_MS));
        let is_late = now_ms >= ends_ms;
        if !is_late {
            begin(desk, &arrivals, now_ms)?;
        }
        let next_ms = desk.next_due_ms()?.unwrap_or(u64::MAX);
        let rest = desk.clock.timer(next_ms.saturating_sub(now_ms));
        if arrivals.is_empty() && (is_late || rest > LINGER) {
            return Ok(());
        }
        let rest = if is_late { LONGEST_PAUSE } else { rest.min(LONGEST_PAUSE) };
        match pause(desk, &mut arrivals, rest).await {
            Some(Arrival::Answer(number, event)) => step(desk, &arrivals, number, event)?,
            Some(Arrival::Checked) => desk.run.is_checking.set(false),
            None => {}
        }
    }
}

/// Begins what is due.
fn begin<'a>(desk: &'a Desk, arrivals: &Arrivals<'a>, now_ms: u64) -> Result<()> {
    process_due(desk, now_ms)?;
    submits::start_due(desk, now_ms)?;
    while let Some(stepped) = desk.calls.step_due(desk, now_ms)? {
        dispatch(desk, arrivals, stepped)?;
    }
    if !desk.run.is_checking() && copies::next_due_ms(desk)?.is_some_and(|due_ms| due_ms <= now_ms) {
        desk.run.is_checking.set(true);
        arrivals.push(Box::pin(async move {
            if let Err(error) = copies::check_due(desk).await {
                log::trouble("copies", &error);
            }
            Arrival::Checked
        }));
    }
    Ok(())
}

/// Waits for the first of: something arrives, the time has passed, somebody wakes the alarm.
async fn pause(desk: &Desk, arrivals: &mut Arrivals<'_>, rest: Duration) -> Option<Arrival> {
    let rest = select(Delay::from(rest), desk.run.pause());
    if arrivals.is_empty() {
        rest.await;
        return None;
    }
    match select(arrivals.next(), rest).await {
        Either::Left((arrival, _)) => arrival,
        Either::Right(_) => None,
    }
}

fn step(desk: &Desk, arrivals: &Arrivals<'_>, number: u64, event: Event) -> Result<()> {
    let stepped = desk.calls.step(desk, number, event)?;
    dispatch(desk, arrivals, stepped)
}

/// Sends what a call wants sent; what was learned on the way is written down before that.
fn dispatch(desk: &Desk, arrivals: &Arrivals<'_>, stepped: Stepped) -> Result<()> {
    engine_state::keep(desk, desk.config()?, desk.client()?)?;
    if let Some(request) = stepped.request {
        arrivals.push(Box::pin(async move { Arrival::Answer(stepped.number, send(request).await) }));
    }
    Ok(())
}

/// Does what the rows themselves are due for.
fn process_due(desk: &Desk, now_ms: u64) -> Result<()> {
    let jobs = Jobs(&desk.store);
    for row in jobs.due(ROWS_AT_ONCE, now_ms)? {
        match due::duty(row.status, row.unanswered) {
            Some(due::Duty::SendAgain) => jobs.send_again(&row.id, now_ms)?,
            Some(due::Duty::GiveUp) => {
                let message = "the job was sent twice, no answer came, and no callback either: it may have run";
                end(desk, &row.id, Status::Failed, "submit_unconfirmed", message, now_ms)?;
            }
            Some(due::Duty::Expire) => {
                let message = "no callback came before RingCentral forgot the job, a week after it was submitted";
                end(desk, &row.id, Status::Expired, "expired", message, now_ms)?;
            }
            Some(due::Duty::Remove) => jobs.remove(&row.id)?,
            None => {}
        }
    }
    Ok(())
}

fn end(desk: &Desk, id: &str, status: Status, code: &str, message: &str, now_ms: u64) -> Result<()> {
    let error = JobError { code: code.into(), message: message.into(), ringcentral: None };
    finish::fail(desk, id, status, error, now_ms).map(|_| ())
}
