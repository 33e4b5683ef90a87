//! Requests that are held until a run of the alarm is over.

use super::super::Desk;
use super::super::in_flight::{Calls, InFlight, Next, Purpose};
use crate::clock::Clock;
use ringcentral_ai::call::Event;
use ringcentral_ai::http::{HttpRequest, Method};
use worker::Result;

#[derive(Debug)]
struct Asks;

impl InFlight for Asks {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::List
    }

    fn step(&mut self, _: &Desk, _: Event) -> Result<Next> {
        Ok(Next::Over)
    }
}

#[test]
fn what_is_held_is_neither_sent_nor_judged_lost_before_it_is_released() {
    let request = || HttpRequest::new(Method::Get, "https://h.example/".into()).patient(600_000);
    let calls = Calls::default();
    let [gone, held] = [(); 2].map(|()| calls.begin(Box::new(Asks), 0));
    calls.hold(gone, request());
    calls.hold(held, request());
    assert_eq!(calls.next_due_ms(), Some(u64::MAX));
    assert!(calls.next_unsent().is_none());
    calls.give_up(gone);
    calls.release(Clock::REAL, 1_000);
    assert_eq!(calls.next_due_ms(), Some(0), "it is sent at once");
    assert_eq!(calls.next_unsent().map(|(number, _)| number), Some(held));
    assert!(calls.next_unsent().is_none());
    assert_eq!(calls.next_due_ms(), Some(661_000), "and its answer waited for from then on");
    calls.release(Clock::REAL, 2_000);
    assert!(calls.next_unsent().is_none(), "once");
}
