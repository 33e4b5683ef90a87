//! The alarm: everything that RingCentral is asked happens here, in no caller's request.
//!
//! It writes down when it is to come again first, then works until there is nothing to do for a while, and never fails.

use super::errands::Stepped;
use super::jobs::Jobs;
use super::send::send;
use super::time::now_ms;
use super::{Desk, copies, due, finish, kept, log, submits};
use crate::job::{JobError, Status};
use futures_channel::oneshot;
use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::FuturesUnordered;
use ringcentral_ai::call::Event;
use ringcentral_ai::error::Code;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use worker::{Delay, Result};

/// The alarm comes again after so long when it dies at its work.
const COME_AGAIN_MS: u64 = 10_000;
/// One run lasts so long at most; the platform ends it after fifteen minutes.
const RUN_MS: u64 = 600_000;
/// A run ends when nothing is due for so long.
const LINGER_MS: u64 = 1_000;
/// A run looks around at least so often; requests end within their own limit.
const LONGEST_PAUSE_MS: u64 = 30_000;
/// A run that has not looked around for so long is dead.
const ALIVE_FOR_MS: u64 = 2 * LONGEST_PAUSE_MS;
/// So many rows are dealt with at once.
const ROWS_AT_ONCE: usize = 100;

/// Whether the alarm is at work, and how it is woken while it pauses.
#[derive(Debug, Default)]
pub(super) struct Run {
    alive_until_ms: Cell<u64>,
    is_checking: Cell<bool>,
    bell: RefCell<Option<oneshot::Sender<()>>>,
}

impl Run {
    /// Wakes the alarm at its work; false when it is not there.
    pub(super) fn ring(&self) -> bool {
        let is_alive = now_ms() < self.alive_until_ms.get();
        if let (true, Some(bell)) = (is_alive, self.bell.borrow_mut().take()) {
            // A bell that nobody hears any more was replaced: its run looks around anyway.
            let _ = bell.send(());
        }
        is_alive
    }

    /// Whether copies are being compared with KV at the moment.
    pub(super) fn is_checking(&self) -> bool {
        self.is_checking.get()
    }

    fn pause(&self) -> oneshot::Receiver<()> {
        let (bell, rung) = oneshot::channel();
        *self.bell.borrow_mut() = Some(bell);
        rung
    }
}

/// What comes of something that takes time.
enum Arrival {
    Answer(u64, Event),
    Checked,
}

type InFlight<'a> = FuturesUnordered<LocalBoxFuture<'a, Arrival>>;

/// One run of the alarm.
pub(super) async fn run(desk: &Desk) {
    desk.set_alarm(Some(now_ms() + COME_AGAIN_MS)).await;
    if desk.run.ring() {
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
    let ends_ms = now_ms() + RUN_MS;
    let mut in_flight = InFlight::new();
    desk.run.is_checking.set(false);
    loop {
        let now_ms = now_ms();
        desk.run.alive_until_ms.set(now_ms + ALIVE_FOR_MS);
        let is_late = now_ms >= ends_ms;
        if !is_late {
            begin(desk, &in_flight, now_ms)?;
        }
        let next_ms = desk.next_due_ms()?.unwrap_or(u64::MAX);
        let pause_ms = next_ms.saturating_sub(now_ms);
        if in_flight.is_empty() && (is_late || pause_ms > LINGER_MS) {
            return Ok(());
        }
        let pause_ms = if is_late { LONGEST_PAUSE_MS } else { pause_ms.min(LONGEST_PAUSE_MS) };
        match pause(desk, &mut in_flight, pause_ms).await {
            Some(Arrival::Answer(number, event)) => step(desk, &in_flight, number, event)?,
            Some(Arrival::Checked) => desk.run.is_checking.set(false),
            None => {}
        }
    }
}

/// Begins what is due.
fn begin<'a>(desk: &'a Desk, in_flight: &InFlight<'a>, now_ms: u64) -> Result<()> {
    attend(desk, now_ms)?;
    submits::start_due(desk, now_ms)?;
    while let Some(stepped) = desk.errands.step_due(desk, now_ms)? {
        dispatch(desk, in_flight, stepped)?;
    }
    if !desk.run.is_checking() && copies::next_due_ms(desk)?.is_some_and(|due_ms| due_ms <= now_ms) {
        desk.run.is_checking.set(true);
        in_flight.push(Box::pin(async move {
            if let Err(error) = copies::check_due(desk).await {
                log::trouble("copies", &error);
            }
            Arrival::Checked
        }));
    }
    Ok(())
}

/// Waits for the first of: something arrives, the time has passed, somebody rings.
async fn pause(desk: &Desk, in_flight: &mut InFlight<'_>, ms: u64) -> Option<Arrival> {
    let rest = select(Delay::from(Duration::from_millis(ms)), desk.run.pause());
    if in_flight.is_empty() {
        rest.await;
        return None;
    }
    match select(in_flight.next(), rest).await {
        Either::Left((arrival, _)) => arrival,
        Either::Right(_) => None,
    }
}

fn step(desk: &Desk, in_flight: &InFlight<'_>, number: u64, event: Event) -> Result<()> {
    let stepped = desk.errands.step(desk, number, event)?;
    dispatch(desk, in_flight, stepped)
}

/// Sends what an errand wants sent; what was learned on the way is written down before that.
fn dispatch(desk: &Desk, in_flight: &InFlight<'_>, stepped: Stepped) -> Result<()> {
    kept::keep(desk, desk.config()?, desk.client()?)?;
    if let Some(request) = stepped.request {
        in_flight.push(Box::pin(async move { Arrival::Answer(stepped.number, send(request).await) }));
    }
    Ok(())
}

/// Does what the rows themselves are due for.
fn attend(desk: &Desk, now_ms: u64) -> Result<()> {
    let jobs = Jobs(&desk.store);
    for row in jobs.due(ROWS_AT_ONCE, now_ms)? {
        match due::duty(row.status, row.unanswered) {
            Some(due::Duty::SendAgain) => jobs.send_again(&row.id, now_ms)?,
            Some(due::Duty::GiveUp) => {
                let message = "the job was sent twice, no answer came, and no callback either: it may have run";
                end(desk, &row.id, Status::Failed, Code::SubmitUnconfirmed, message)?;
            }
            Some(due::Duty::Expire) => {
                end(desk, &row.id, Status::Expired, Code::Expired, Code::Expired.sentence())?;
            }
            Some(due::Duty::Remove) => jobs.remove(&row.id)?,
            None => {}
        }
    }
    Ok(())
}

fn end(desk: &Desk, id: &str, status: Status, code: Code, message: &str) -> Result<()> {
    let error = JobError { code: code.as_str().into(), message: message.into(), ringcentral: None };
    finish::fail(desk, id, status, error).map(|_| ())
}
