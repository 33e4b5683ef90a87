//! The engine's calls that are in flight, each with the time of its next step; the alarm steps them.

use super::Desk;
use super::send::TIME_LIMIT_MS;
use ringcentral_ai::call::Event;
use ringcentral_ai::http::HttpRequest;
use std::cell::{Cell, RefCell};
use std::fmt::Debug;
use worker::Result;

/// A request whose answer has not been heard of for so long was in the hands of an alarm that is gone.
const FORGOTTEN_AFTER_MS: u64 = 2 * TIME_LIMIT_MS;

/// A call in flight, with what its outcome is for.
pub(super) trait InFlight: Debug {
    /// The job that it is for; none where somebody waits for a list.
    fn job_id(&self) -> Option<&str>;

    /// Takes what happened to the last request.
    fn step(&mut self, desk: &Desk, event: Event) -> Result<Next>;
}

/// What a call wants after a step.
#[derive(Debug)]
pub(super) enum Next {
    /// Send this and step with what comes of it.
    Send(HttpRequest),
    /// Step in so many milliseconds.
    Sleep(u64),
    /// Nothing: it is done.
    Over,
}

/// The calls, in the order in which they began.
#[derive(Debug, Default)]
pub(super) struct Calls {
    entries: RefCell<Vec<Entry>>,
    last_number: Cell<u64>,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    due_ms: u64,
    is_sent: bool,
    call: Box<dyn InFlight>,
}

impl Calls {
    /// Takes a call on; it is due at once.
    pub(super) fn begin(&self, call: Box<dyn InFlight>, now_ms: u64) -> u64 {
        let number = self.last_number.get() + 1;
        self.last_number.set(number);
        self.entries.borrow_mut().push(Entry { number, due_ms: now_ms, is_sent: false, call });
        number
    }

    /// Gives a call up, and with it its place in every queue; says whether its request was sent.
    pub(super) fn give_up(&self, number: u64) -> bool {
        self.take(number).is_some_and(|entry| entry.is_sent)
    }

    /// The jobs that have a call in flight.
    pub(super) fn job_ids(&self) -> Vec<String> {
        self.entries.borrow().iter().filter_map(|entry| entry.call.job_id().map(str::to_owned)).collect()
    }

    /// How many calls are no job's: somebody waits for each.
    pub(super) fn waited_for(&self) -> usize {
        self.entries.borrow().iter().filter(|entry| entry.call.job_id().is_none()).count()
    }

    /// When the next call is due.
    pub(super) fn next_due_ms(&self) -> Option<u64> {
        self.entries.borrow().iter().map(|entry| entry.due_ms).min()
    }

    /// Steps the first call that is due; a request is for the caller to send.
    pub(super) fn step_due(&self, desk: &Desk, now_ms: u64) -> Result<Option<Stepped>> {
        let due = self.entries.borrow().iter().find(|entry| entry.due_ms <= now_ms).map(|entry| (entry.number, entry.is_sent));
        let Some((number, is_sent)) = due else { return Ok(None) };
        let event = if is_sent { Event::Lost } else { Event::Go };
        self.step(desk, number, event).map(Some)
    }

    /// Steps a call with what came of its request.
    pub(super) fn step(&self, desk: &Desk, number: u64, event: Event) -> Result<Stepped> {
        // Out of the list while it is stepped: a call may look at the list, and one that fails is gone.
        let Some(mut entry) = self.take(number) else { return Ok(Stepped { number, request: None }) };
        let request = match entry.call.step(desk, event)? {
            Next::Over => return Ok(Stepped { number, request: None }),
            Next::Sleep(ms) => {
                entry.due_ms = desk.now_ms().saturating_add(ms);
                entry.is_sent = false;
                None
            }
            Next::Send(request) => {
                entry.due_ms = desk.now_ms().saturating_add(desk.clock.stretched(FORGOTTEN_AFTER_MS));
                entry.is_sent = true;
                Some(request)
            }
        };
        self.put_back(entry);
        Ok(Stepped { number, request })
    }

    fn take(&self, number: u64) -> Option<Entry> {
        let mut entries = self.entries.borrow_mut();
        let place = entries.iter().position(|entry| entry.number == number)?;
        Some(entries.remove(place))
    }

    fn put_back(&self, entry: Entry) {
        let mut entries = self.entries.borrow_mut();
        let place = entries.partition_point(|other| other.number < entry.number);
        entries.insert(place, entry);
    }
}

/// A call after a step, with the request that it wants sent.
#[derive(Debug)]
pub(super) struct Stepped {
    pub(super) number: u64,
    pub(super) request: Option<HttpRequest>,
}
