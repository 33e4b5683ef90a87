//! The engine's calls that are in flight, each with the time of its next step; the alarm steps them.

use super::Desk;
use super::delivery::Told;
use super::send::patience_ms;
use crate::clock::Clock;
use crate::limits::ANSWER_PATIENCE_MS;
use ringcentral_ai::call::{Event, Wait, WaitsFor};
use ringcentral_ai::http::HttpRequest;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt::Debug;
use std::iter;
use worker::Result;

/// A request whose answer has not been heard of for so much longer than anybody waits was in the hands of an alarm that is gone.
const FORGOTTEN_AFTER_MS: u64 = 60_000;

/// A call in flight, with what its outcome is for.
pub(super) trait InFlight: Debug {
    /// What it is for.
    fn purpose(&self) -> Purpose<'_>;

    /// What it waits for; none while its request is under way.
    fn waits(&self) -> Option<Wait> {
        None
    }

    /// Takes what happened to the last request.
    fn step(&mut self, desk: &Desk, event: Event) -> Result<Next>;
}

/// What a call is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose<'a> {
    /// To submit the job of that id to the engine of that name.
    Submit(&'a str, &'a str),
    /// To ask how the job of that id stands.
    Status(&'a str),
    /// To make the result of the job of that id.
    Make(&'a str),
    /// A list that somebody waits for.
    List,
    /// To open media that somebody fetches.
    Media,
    /// To find out whose a token is.
    User,
}

/// What a call wants after a step.
#[derive(Debug)]
pub(super) enum Next {
    /// Send this and step with what comes of it.
    Send(HttpRequest),
    /// Step in so many milliseconds.
    Sleep(u64),
    /// Somebody else has sent what is to be sent, and steps with what comes of it.
    SentElsewhere,
    /// Store this: the call is done.
    Store(Box<Told>),
    /// Nothing: it is done.
    Over,
}

/// The calls, in the order in which they began.
#[derive(Debug, Default)]
pub(super) struct Calls {
    entries: RefCell<Vec<Entry>>,
    /// Requests that are to be sent by the alarm, which did not step their calls.
    unsent: RefCell<VecDeque<(u64, HttpRequest)>>,
    /// Requests whose answers may come later than the alarm's run is over: the next run sends them.
    held: RefCell<Vec<(u64, HttpRequest)>>,
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

    /// Takes a call on and steps it as far as nothing has to be sent or waited for: what is to be sent is left to the alarm.
    pub(super) fn begin_at_once(&self, desk: &Desk, call: Box<dyn InFlight>) -> Result<u64> {
        let number = self.begin(call, desk.now_ms());
        let is_due = |entry: &Entry| entry.number == number && !entry.is_sent && entry.due_ms <= desk.now_ms();
        while self.entries.borrow().iter().any(is_due) {
            if let Stepped::Send(number, request) = self.step(desk, number, Event::Go)? {
                self.unsent.borrow_mut().push_back((number, request));
            }
        }
        Ok(number)
    }

    /// The first request that is left to be sent, of a call that is still there.
    pub(super) fn next_unsent(&self) -> Option<(u64, HttpRequest)> {
        let is_there = |number| self.entries.borrow().iter().any(|entry| entry.number == number);
        let mut unsent = self.unsent.borrow_mut();
        iter::from_fn(|| unsent.pop_front()).find(|(number, _)| is_there(*number))
    }

    /// Keeps a request until this run of the alarm is over; nobody waits for its answer yet.
    pub(super) fn hold(&self, number: u64, request: HttpRequest) {
        self.set_due(number, u64::MAX);
        self.held.borrow_mut().push((number, request));
    }

    /// What was held can leave.
    pub(super) fn release(&self, clock: Clock, now_ms: u64) {
        for (number, request) in self.held.take() {
            self.set_due(number, forgotten_ms(patience_ms(&request), clock, now_ms));
            self.unsent.borrow_mut().push_back((number, request));
        }
    }

    /// Gives a call up, and with it its place in every queue; says whether its request was sent.
    pub(super) fn give_up(&self, number: u64) -> bool {
        self.take(number).is_some_and(|entry| entry.is_sent)
    }

    /// Gives up the calls of a job that is gone.
    pub(super) fn forget(&self, job_id: &str) {
        let is_its = |entry: &Entry| matches!(entry.call.purpose(), Purpose::Submit(id, _) | Purpose::Status(id) | Purpose::Make(id) if id == job_id);
        self.entries.borrow_mut().retain(|entry| !is_its(entry));
    }

    /// The jobs that have a call in flight.
    pub(super) fn job_ids(&self) -> Vec<String> {
        let id = |entry: &Entry| match entry.call.purpose() {
            Purpose::Submit(id, _) | Purpose::Status(id) | Purpose::Make(id) => Some(id.to_owned()),
            Purpose::List | Purpose::Media | Purpose::User => None,
        };
        self.entries.borrow().iter().filter_map(id).collect()
    }

    /// The job that the call of that number submits.
    pub(super) fn submits(&self, number: u64) -> Option<String> {
        let entries = self.entries.borrow();
        let entry = entries.iter().find(|entry| entry.number == number)?;
        if let Purpose::Submit(id, _) = entry.call.purpose() { Some(id.to_owned()) } else { None }
    }

    /// How many calls there are.
    pub(super) fn count_all(&self) -> usize {
        self.entries.borrow().len()
    }

    /// How many calls are for that, without those that wait for media: nobody has to stand behind them.
    pub(super) fn count(&self, is_for: impl Fn(Purpose<'_>) -> bool) -> usize {
        let waits_for_media = |entry: &Entry| entry.call.waits().is_some_and(|wait| wait.what == WaitsFor::Media);
        self.entries.borrow().iter().filter(|entry| is_for(entry.call.purpose()) && !waits_for_media(entry)).count()
    }

    /// What the call that submits that job waits for: at least for an answer; none where it has no call.
    pub(super) fn wait_of(&self, job_id: &str) -> Option<Wait> {
        let entries = self.entries.borrow();
        let is_its = |entry: &&Entry| matches!(entry.call.purpose(), Purpose::Submit(id, _) if id == job_id);
        let entry = entries.iter().find(is_its)?;
        Some(entry.call.waits().unwrap_or(Wait { what: WaitsFor::Answer, until_ms: None }))
    }

    /// When the next call is due.
    pub(super) fn next_due_ms(&self) -> Option<u64> {
        let unsent_ms = self.unsent.borrow().front().map(|_| 0);
        unsent_ms.or_else(|| self.entries.borrow().iter().map(|entry| entry.due_ms).min())
    }

    /// Steps the first call that is due.
    pub(super) fn step_due(&self, desk: &Desk, now_ms: u64) -> Result<Option<Stepped>> {
        let due = self.entries.borrow().iter().find(|entry| entry.due_ms <= now_ms).map(|entry| (entry.number, entry.is_sent));
        let Some((number, is_sent)) = due else { return Ok(None) };
        let event = if is_sent { Event::Lost } else { Event::Go };
        self.step(desk, number, event).map(Some)
    }

    /// Steps a call with what came of its request.
    pub(super) fn step(&self, desk: &Desk, number: u64, event: Event) -> Result<Stepped> {
        // Out of the list while it is stepped: a call may look at the list, and one that fails is gone.
        let Some(mut entry) = self.take(number) else { return Ok(Stepped::Quiet) };
        let stepped = match entry.call.step(desk, event)? {
            Next::Over => return Ok(Stepped::Quiet),
            Next::Store(told) => return Ok(Stepped::Store(told)),
            Next::Sleep(ms) => {
                entry.due_ms = desk.now_ms().saturating_add(ms);
                entry.is_sent = false;
                Stepped::Quiet
            }
            sent @ (Next::Send(_) | Next::SentElsewhere) => {
                let patience_ms = if let Next::Send(request) = &sent { patience_ms(request) } else { ANSWER_PATIENCE_MS };
                entry.due_ms = forgotten_ms(patience_ms, desk.clock, desk.now_ms());
                entry.is_sent = true;
                if let Next::Send(request) = sent { Stepped::Send(number, request) } else { Stepped::Quiet }
            }
        };
        self.put_back(entry);
        Ok(stepped)
    }

    fn set_due(&self, number: u64, due_ms: u64) {
        if let Some(entry) = self.entries.borrow_mut().iter_mut().find(|entry| entry.number == number) {
            entry.due_ms = due_ms;
        }
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

/// When a request whose answer is waited for so long is given up, whatever became of it.
fn forgotten_ms(patience_ms: u64, clock: Clock, now_ms: u64) -> u64 {
    now_ms.saturating_add(clock.stretched(patience_ms.saturating_add(FORGOTTEN_AFTER_MS)))
}

/// What a step leaves to whoever stepped.
#[derive(Debug)]
pub(super) enum Stepped {
    /// Nothing.
    Quiet,
    /// To send a request, and to step that call with what comes of it.
    Send(u64, HttpRequest),
    /// To store what a job's engine told.
    Store(Box<Told>),
}
