//! Somebody who waits for what a call brings. What nothing has to be sent for they have at once; else the alarm steps the call, so that
//! it goes on when they leave.

use super::in_flight::{InFlight, Next, Purpose};
use super::{Desk, engine_states};
use crate::failure::Failure;
use crate::problem::failure_of;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use ringcentral_ai::call::{Call, Event, Operation, Step, Wait, WaitsFor};
use ringcentral_ai::error::Error;
use ringcentral_ai::pace::Group;
use std::fmt::Debug;
use std::time::Duration;
use worker::{Delay, Result};

/// What somebody waits for, or why there is none.
pub(super) type Answer<T> = std::result::Result<T, Failure>;

/// How long somebody waits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) seconds: u64,
    /// The group of the rate limit that the call is counted in.
    pub(super) group: Group,
}

/// Who waits, in the hands of the call.
#[derive(Debug)]
pub(super) struct Waiter<T> {
    sender: Option<oneshot::Sender<Answer<T>>>,
    /// Until when, milliseconds since 1970.
    patience_ends_ms: u64,
}

impl<T> Waiter<T> {
    /// Whether anybody does.
    pub(super) fn waits(&self) -> bool {
        self.sender.as_ref().is_some_and(|sender| !sender.is_canceled())
    }

    /// Tells whoever waits; one who has left does not mind.
    pub(super) fn tell(&mut self, answer: Answer<T>) {
        if let Some(sender) = self.sender.take() {
            let _ = sender.send(answer);
        }
    }

    /// What to tell now where a turn comes later than anybody waits: the place in the queue is another's then.
    pub(super) fn too_late(&self, wait: Option<Wait>, now_ms: u64) -> Option<Failure> {
        let wait = wait.filter(|wait| matches!(wait.what, WaitsFor::Turn | WaitsFor::RateLimit))?;
        let until_ms = wait.until_ms.filter(|until_ms| *until_ms > self.patience_ends_ms)?;
        Some(busy(until_ms.saturating_sub(now_ms).div_ceil(1_000)))
    }
}

/// A call whose output somebody waits for, and nothing else.
#[derive(Debug)]
struct Asking<T> {
    call: Operation<T>,
    purpose: Purpose<'static>,
    waiter: Waiter<T>,
}

/// Begins such a call and waits for its output.
pub(super) async fn asked<T: Debug + 'static>(
    desk: &Desk,
    patience: Patience,
    purpose: Purpose<'static>,
    call: Operation<T>,
) -> Result<Answer<T>> {
    Ok(outcome(desk, patience, |waiter| Box::new(Asking { call, purpose, waiter })).await?.1)
}

impl<T: Debug> InFlight for Asking<T> {
    fn purpose(&self) -> Purpose<'_> {
        self.purpose
    }

    fn step(&mut self, desk: &Desk, event: Event) -> Result<Next> {
        if !self.waiter.waits() {
            return Ok(Next::Over);
        }
        let answer = match self.call.step(event, desk.now()) {
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => match self.waiter.too_late(self.call.waits(), desk.now_ms()) {
                Some(failure) => Err(failure),
                None => return Ok(Next::Sleep(ms)),
            },
            Step::Report(_) => return Ok(Next::Sleep(0)),
            Step::Done(output) => Ok(output),
            Step::Fail(error) => Err(failure_of(&error)),
        };
        self.waiter.tell(answer);
        Ok(Next::Over)
    }
}

/// Begins a call and waits for what it brings; its number goes along.
pub(super) async fn outcome<T>(
    desk: &Desk,
    patience: Patience,
    call: impl FnOnce(Waiter<T>) -> Box<dyn InFlight>,
) -> Result<(u64, Answer<T>)> {
    let Patience { seconds, group } = patience;
    let (sender, mut answer) = oneshot::channel();
    let patience_ends_ms = desk.now_ms() + desk.clock.stretched(seconds * 1_000);
    let number = desk.calls.begin_at_once(desk, call(Waiter { sender: Some(sender), patience_ends_ms }))?;
    engine_states::keep(desk)?;
    if let Ok(Some(answer)) = answer.try_recv() {
        return Ok((number, answer));
    }
    desk.wake().await;
    let answer = match select(answer, Delay::from(Duration::from_secs(seconds))).await {
        Either::Left((Ok(answer), _)) => answer,
        _ if desk.calls.give_up(number) => Err(failure_of(&Error::Network)),
        _ => Err(busy(held_for_s(desk, group)?.unwrap_or(seconds))),
    };
    Ok((number, answer))
}

fn held_for_s(desk: &Desk, group: Group) -> Result<Option<u64>> {
    let held_for_ms = desk.engines()?.recordings_held_until_ms(group).saturating_sub(desk.now_ms());
    Ok((held_for_ms > 0).then(|| held_for_ms.div_ceil(1_000)))
}

/// What is told to those who are too many, or for whom nothing comes in time.
pub(super) fn busy(retry_after_s: u64) -> Failure {
    failure_of(&Error::RateLimited { retry_after_s })
}
