//! A page of recordings for somebody who waits.

use super::Desk;
use super::awaited::{Answer, Patience, Waiter, busy, outcome};
use super::in_flight::{InFlight, Next, Purpose};
use crate::engines::RecordingsCall;
use crate::limits::{LIST_PATIENCE_S, MAX_LISTS_WAITING};
use crate::problem::failure_of;
use crate::question::Page;
use ringcentral_ai::call::{Call, Event, Step};
use worker::Result;

/// A list under way.
#[derive(Debug)]
struct Listing {
    call: RecordingsCall,
    waiter: Waiter<Page>,
}

/// Asks for a page and waits for it.
pub(super) async fn page(desk: &Desk, query: &[(String, String)]) -> Result<Answer<Page>> {
    let (call, group) = match desk.engines()?.recordings(query) {
        Ok(found) => found,
        Err(error) => return Ok(Err(failure_of(&error))),
    };
    if desk.calls.count(|purpose| matches!(purpose, Purpose::List)) >= MAX_LISTS_WAITING {
        return Ok(Err(busy(LIST_PATIENCE_S)));
    }
    let patience = Patience { seconds: LIST_PATIENCE_S, group };
    Ok(outcome(desk, patience, |waiter| Box::new(Listing { call, waiter })).await?.1)
}

impl InFlight for Listing {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::List
    }

    fn step(&mut self, desk: &Desk, event: Event) -> Result<Next> {
        if !self.waiter.waits() {
            return Ok(Next::Over);
        }
        let page = match self.call.step(event, desk.now()) {
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => match self.waiter.too_late(self.call.waits(), desk.now_ms()) {
                Some(failure) => Err(failure),
                None => return Ok(Next::Sleep(ms)),
            },
            Step::Report(_) => return Ok(Next::Sleep(0)),
            Step::Done(page) => Ok(Page { json: page.write().into_bytes() }),
            Step::Fail(error) => Err(failure_of(&error)),
        };
        self.waiter.tell(page);
        Ok(Next::Over)
    }
}
