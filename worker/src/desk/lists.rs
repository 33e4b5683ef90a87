//! A page of recordings for somebody who waits: asked for by the alarm, so that it goes on when they leave.

use super::Desk;
use super::in_flight::{InFlight, Next, Purpose};
use crate::engines::RecordingsCall;
use crate::failure::Failure;
use crate::limits::{LIST_PATIENCE_S, LIST_RETRY_AFTER_S, MAX_LISTS_WAITING};
use crate::problem::failure_of;
use crate::question::Page;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use ringcentral_ai::call::{Call, Event, Step, WaitsFor};
use ringcentral_ai::error::Error;
use ringcentral_ai::pace::Group;
use std::time::Duration;
use worker::{Delay, Result};

/// What somebody waits for.
type Answer = std::result::Result<Page, Failure>;

/// A list under way.
#[derive(Debug)]
struct Listing {
    call: RecordingsCall,
    waiter: Option<oneshot::Sender<Answer>>,
    /// Until when somebody waits, milliseconds since 1970.
    patience_ends_ms: u64,
}

/// Asks for a page and waits for it.
pub(super) async fn page(desk: &Desk, query: &[(String, String)]) -> Result<Answer> {
    let (call, group) = match desk.engines()?.recordings(query) {
        Ok(found) => found,
        Err(error) => return Ok(Err(failure_of(&error))),
    };
    if desk.calls.count(|purpose| matches!(purpose, Purpose::List)) >= MAX_LISTS_WAITING {
        return Ok(Err(busy(LIST_RETRY_AFTER_S)));
    }
    let (waiter, page) = oneshot::channel();
    let patience_ends_ms = desk.now_ms() + desk.clock.stretched(LIST_PATIENCE_S * 1_000);
    let number = desk.calls.begin(Box::new(Listing { call, waiter: Some(waiter), patience_ends_ms }), desk.now_ms());
    desk.wake().await;
    match select(page, Delay::from(Duration::from_secs(LIST_PATIENCE_S))).await {
        Either::Left((Ok(page), _)) => Ok(page),
        _ if desk.calls.give_up(number) => Ok(Err(failure_of(&Error::Network))),
        _ => Ok(Err(busy(held_for_s(desk, group)?))),
    }
}

impl InFlight for Listing {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::List
    }

    fn step(&mut self, desk: &Desk, event: Event) -> Result<Next> {
        if self.waiter.as_ref().is_none_or(oneshot::Sender::is_canceled) {
            return Ok(Next::Over);
        }
        let page = match self.call.step(event, desk.now()) {
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => match self.late_until_ms() {
                // Nobody waits so long: they are told now, and the place in the queue is another's.
                Some(until_ms) => Err(busy(until_ms.saturating_sub(desk.now_ms()).div_ceil(1_000))),
                None => return Ok(Next::Sleep(ms)),
            },
            Step::Report(_) => return Ok(Next::Sleep(0)),
            Step::Done(page) => Ok(Page { json: page.write().into_bytes() }),
            Step::Fail(error) => Err(failure_of(&error)),
        };
        if let Some(waiter) = self.waiter.take() {
            // Whoever has left does not mind.
            let _ = waiter.send(page);
        }
        Ok(Next::Over)
    }
}

impl Listing {
    /// When its turn comes, where that is after its patience.
    fn late_until_ms(&self) -> Option<u64> {
        let wait = self.call.waits().filter(|wait| matches!(wait.what, WaitsFor::Turn | WaitsFor::RateLimit))?;
        wait.until_ms.filter(|until_ms| *until_ms > self.patience_ends_ms)
    }
}

fn held_for_s(desk: &Desk, group: Group) -> Result<u64> {
    let held_for_ms = desk.engines()?.recordings_held_until_ms(group).saturating_sub(desk.now_ms());
    Ok(if held_for_ms == 0 { LIST_RETRY_AFTER_S } else { held_for_ms.div_ceil(1_000) })
}

fn busy(retry_after_s: u64) -> Failure {
    failure_of(&Error::RateLimited { retry_after_s })
}
