//! The alarm: everything that engines are asked happens here, in no caller's request.
//!
//! It writes down when it is to come again first, then works until there is nothing to do for a while, and never fails.

use super::delivery;
use super::in_flight::Stepped;
use super::rooms::{MAKING_IS_WORTH, rooms};
use super::send::{patience_ms, send};
use super::store::{Queue, ReadBack};
use super::{Desk, deletions, engine_states, life, log, making, notify, read_back, status, streaming, submit};
use crate::limits::ANSWER_PATIENCE_MS;
use futures_util::StreamExt;
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::stream::FuturesUnordered;
use ringcentral_ai::call;
use ringcentral_ai::lifecycle::{Effect, Event};
use std::time::Duration;
use worker::{Delay, Result};

/// The alarm comes again after so long when it dies at its work.
const COME_AGAIN_MS: u64 = 10_000;
/// A run ends when nothing is due for so long.
const LINGER: Duration = Duration::from_secs(1);
/// A run looks around at least so often; requests end within their own limit.
const LONGEST_PAUSE: Duration = Duration::from_secs(30);

/// What comes of something that takes time.
enum Arrival {
    Answer(u64, call::Event),
    /// What the engine of a job has said, as far as it could be read.
    Said(String, Option<Vec<u8>>),
    Stored,
    FromKv,
    Notified,
}

type Arrivals<'a> = FuturesUnordered<LocalBoxFuture<'a, Arrival>>;

/// One run of the alarm.
pub(super) async fn run(desk: &Desk) {
    desk.set_alarm(Some(desk.now_ms() + desk.clock.stretched(COME_AGAIN_MS))).await;
    if desk.run.wake(desk.now_ms()) {
        return;
    }
    let outcome = work(desk).await;
    desk.run.end();
    desk.calls.release(desk.clock, desk.now_ms());
    match outcome {
        Ok(()) => desk.wake().await,
        Err(error) => log::trouble("alarm", &error), // It comes again in a while.
    }
}

async fn work(desk: &Desk) -> Result<()> {
    desk.run.begin(desk.clock, desk.now_ms());
    desk.calls.release(desk.clock, desk.now_ms()); // of a run that did not come to its end
    let mut arrivals = Arrivals::new();
    desk.notices.clear();
    loop {
        let now_ms = desk.now_ms();
        desk.run.goes_on(desk.clock, now_ms);
        let is_late = !desk.run.has_time_for(ANSWER_PATIENCE_MS, desk.clock, now_ms);
        if !is_late {
            begin(desk, &arrivals, now_ms)?;
            go_on(desk, &arrivals, now_ms)?;
        }
        let next_ms = next_due_ms(desk)?.unwrap_or(u64::MAX);
        let rest = desk.clock.timer(next_ms.saturating_sub(now_ms));
        if arrivals.is_empty() && (is_late || rest > LINGER) {
            return Ok(());
        }
        let rest = if is_late { LONGEST_PAUSE } else { rest.min(LONGEST_PAUSE) };
        match pause(desk, &mut arrivals, rest).await {
            Some(Arrival::Answer(number, event)) => {
                let stepped = desk.calls.step(desk, number, event)?;
                dispatch(desk, &arrivals, stepped)?;
            }
            Some(Arrival::Said(id, Some(said))) => making::begin(desk, &id, said, desk.now_ms())?,
            Some(Arrival::FromKv) => desk.run.is_at_kv.set(false),
            Some(Arrival::Stored | Arrival::Notified | Arrival::Said(_, None)) | None => {}
        }
    }
}

/// When something is due; none when there is nothing at all to do.
pub(super) fn next_due_ms(desk: &Desk) -> Result<Option<u64>> {
    let mut due_ms = vec![desk.calls.next_due_ms()];
    for (queue, room) in rooms(desk)? {
        due_ms.push(if room == 0 { None } else { desk.store.next_due_ms(queue, &desk.calls.job_ids())? });
    }
    due_ms.push(notify::next_due_ms(desk)?);
    due_ms.push(if desk.run.is_at_kv.get() { None } else { next_at_kv_ms(desk)? });
    Ok(due_ms.into_iter().flatten().min())
}

/// Begins what is due.
fn begin<'a>(desk: &'a Desk, arrivals: &Arrivals<'a>, now_ms: u64) -> Result<()> {
    for (queue, mut room) in rooms(desk)? {
        for id in desk.store.due(queue, room, &desk.calls.job_ids(), now_ms)? {
            if matches!(queue, Queue::Status) && room < MAKING_IS_WORTH {
                break; // the results that are begun now take the rest
            }
            let event = if matches!(queue, Queue::Turn(_)) { Event::TurnCame } else { Event::TimeCame };
            for effect in life::tell(desk, &id, event, now_ms)? {
                match effect {
                    Effect::Submit { attempt } => submit::begin(desk, &id, attempt, now_ms)?,
                    Effect::Make { said_key } => {
                        let id = id.clone();
                        room = room.saturating_sub(MAKING_IS_WORTH);
                        desk.run.said.set(desk.run.said.get() + 1);
                        arrivals.push(Box::pin(async move {
                            let said = making::said(desk, &id, &said_key).await;
                            desk.run.said.set(desk.run.said.get().saturating_sub(1));
                            Arrival::Said(id, said.unwrap_or_default())
                        }));
                    }
                    Effect::AskStatus { engine_job_id } => status::begin(desk, &id, &engine_job_id, now_ms)?,
                    _ => {}
                }
            }
        }
    }
    while let Some(notice) = notify::next(desk, now_ms)? {
        arrivals.push(Box::pin(async move {
            if let Err(error) = notify::send(desk, notice).await {
                log::trouble("notice", &error);
            }
            Arrival::Notified
        }));
    }
    if !desk.run.is_at_kv.get() && next_at_kv_ms(desk)?.is_some_and(|due_ms| due_ms <= now_ms) {
        desk.run.is_at_kv.set(true);
        arrivals.push(Box::pin(async move {
            let outcomes = [("read_back", read_back::check_due(desk).await), ("deletions", deletions::delete_due(desk).await)];
            for (place, error) in outcomes.into_iter().filter_map(|(place, outcome)| Some((place, outcome.err()?))) {
                log::trouble(place, &error);
            }
            Arrival::FromKv
        }));
    }
    Ok(())
}

/// Steps the calls that are due.
fn go_on<'a>(desk: &'a Desk, arrivals: &Arrivals<'a>, now_ms: u64) -> Result<()> {
    while let Some((number, request)) = desk.calls.next_unsent() {
        dispatch(desk, arrivals, Stepped::Send(number, request))?;
    }
    while let Some(stepped) = desk.calls.step_due(desk, now_ms)? {
        dispatch(desk, arrivals, stepped)?;
    }
    Ok(())
}

/// When KV, or the bucket, has to be asked for something next.
fn next_at_kv_ms(desk: &Desk) -> Result<Option<u64>> {
    let due_ms = [desk.store.next_check_ms()?, desk.store.next_deletion_ms()?, desk.store.next_over_ms()?];
    Ok(due_ms.into_iter().flatten().min())
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

/// Does what a step leaves to do; what was learned on the way is written down before that.
fn dispatch<'a>(desk: &'a Desk, arrivals: &Arrivals<'a>, stepped: Stepped) -> Result<()> {
    engine_states::keep(desk)?;
    match stepped {
        Stepped::Quiet => {}
        Stepped::Send(number, request) if !desk.run.has_time_for(patience_ms(&request), desk.clock, desk.now_ms()) => {
            desk.calls.hold(number, request);
        }
        Stepped::Send(number, request) if request.streams.is_some() => {
            let id = desk.calls.submits(number).unwrap_or_default();
            arrivals.push(Box::pin(async move { Arrival::Answer(number, streaming::send(desk, id, request).await) }));
        }
        Stepped::Send(number, request) => {
            arrivals.push(Box::pin(async move { Arrival::Answer(number, send(request).await) }));
        }
        Stepped::Store(told) => arrivals.push(Box::pin(async move {
            if let Err(error) = delivery::store(desk, *told).await {
                log::trouble("status", &error);
            }
            Arrival::Stored
        })),
    }
    Ok(())
}
