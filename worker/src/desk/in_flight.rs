//! The calls of the core that are under way, each with the time of its next step; the alarm steps them.

use super::Desk;
use super::lists::Listing;
use super::send::TIME_LIMIT_S;
use super::submits::Submitting;
use super::time::now_ms;
use ringcentral_ai::call::Event;
use ringcentral_ai::http::HttpRequest;
use std::cell::{Cell, RefCell};
use worker::Result;

/// A request whose answer has not been heard of for so long was in the hands of an alarm that is gone.
const FORGOTTEN_AFTER_MS: u64 = TIME_LIMIT_S * 2_000;

/// A call under way, and what its outcome is for.
#[derive(Debug)]
pub(super) enum Errand {
    /// A job on its way to RingCentral.
    Submitting(Box<Submitting>),
    /// A list that somebody waits for.
    Listing(Box<Listing>),
}

/// What an errand wants after a step.
#[derive(Debug)]
pub(super) enum Next {
    /// Send this and step with what comes of it.
    Send(HttpRequest),
    /// Step in so many milliseconds.
    Sleep(u64),
    /// Nothing: it is done.
    Over,
}

/// The errands, in the order in which they began.
#[derive(Debug, Default)]
pub(super) struct Errands {
    entries: RefCell<Vec<Entry>>,
    last_number: Cell<u64>,
}

#[derive(Debug)]
struct Entry {
    number: u64,
    due_ms: u64,
    is_away: bool,
    errand: Errand,
}

impl Errands {
    /// Takes an errand on; it is due at once.
    pub(super) fn add(&self, errand: Errand) -> u64 {
        let number = self.last_number.get() + 1;
        self.last_number.set(number);
        self.entries.borrow_mut().push(Entry { number, due_ms: now_ms(), is_away: false, errand });
        number
    }

    /// Gives an errand up, and with it its place in every queue; says whether its request was away.
    pub(super) fn give_up(&self, number: u64) -> bool {
        let entry = self.take(number);
        entry.is_some_and(|entry| entry.is_away)
    }

    /// The jobs that are on their way.
    pub(super) fn jobs(&self) -> Vec<String> {
        let entries = self.entries.borrow();
        entries
            .iter()
            .filter_map(|entry| if let Errand::Submitting(job) = &entry.errand { Some(job.id.clone()) } else { None })
            .collect()
    }

    /// How many lists somebody waits for.
    pub(super) fn listings(&self) -> usize {
        self.entries.borrow().iter().filter(|entry| matches!(entry.errand, Errand::Listing(_))).count()
    }

    /// When the next errand is due.
    pub(super) fn next_due_ms(&self) -> Option<u64> {
        self.entries.borrow().iter().map(|entry| entry.due_ms).min()
    }

    /// Steps the first errand that is due; a request is for the caller to send.
    pub(super) fn step_due(&self, desk: &Desk, now_ms: u64) -> Result<Option<Stepped>> {
        let due = self.entries.borrow().iter().find(|entry| entry.due_ms <= now_ms).map(|entry| (entry.number, entry.is_away));
        let Some((number, is_away)) = due else { return Ok(None) };
        let event = if is_away { Event::Lost } else { Event::Go };
        self.step(desk, number, event).map(Some)
    }

    /// Steps an errand with what came of its request.
    pub(super) fn step(&self, desk: &Desk, number: u64, event: Event) -> Result<Stepped> {
        // Out of the list while it is stepped: an errand may look at the list, and one that fails is gone.
        let Some(mut entry) = self.take(number) else { return Ok(Stepped { number, request: None }) };
        let next = match &mut entry.errand {
            Errand::Submitting(job) => job.step(desk, event)?,
            Errand::Listing(listing) => listing.step(event),
        };
        let request = match next {
            Next::Over => return Ok(Stepped { number, request: None }),
            Next::Sleep(ms) => {
                entry.due_ms = now_ms().saturating_add(ms);
                entry.is_away = false;
                None
            }
            Next::Send(request) => {
                entry.due_ms = now_ms().saturating_add(FORGOTTEN_AFTER_MS);
                entry.is_away = true;
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

/// An errand after a step, with the request that it wants sent.
#[derive(Debug)]
pub(super) struct Stepped {
    pub(super) number: u64,
    pub(super) request: Option<HttpRequest>,
}
