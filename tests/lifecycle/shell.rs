//! A shell as small as one can be: a store in memory, a clock that is set, and the performing of effects; it can crash anywhere.

use ringcentral_ai::lifecycle::{Effect, Event, JobError, New, Outcome, Record, Said, State, Stored, Terms, transition};
use std::collections::BTreeSet;

pub(crate) const SECOND: u64 = 1_000;
pub(crate) const MINUTE: u64 = 60 * SECOND;
pub(crate) const HOUR: u64 = 60 * MINUTE;
pub(crate) const DAY: u64 = 24 * HOUR;
/// When every story begins.
pub(crate) const START: u64 = 1_700_000_000_000;
pub(crate) const TERMS: Terms = Terms { remembers_ms: 7 * DAY, keeps_ms: 3 * DAY, ask_after_ms: 10 * MINUTE, makes: false };

/// Where the shell stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crash {
    BeforeTheWrite,
    AfterSoManyEffects(usize),
}

/// A submit under way; it is in memory only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Call {
    pub(crate) attempt: u32,
    pub(crate) is_sent: bool,
}

#[derive(Debug, Default)]
pub(crate) struct Shell {
    pub(crate) now_ms: u64,
    // What survives a crash.
    pub(crate) record: Option<Record>,
    pub(crate) has_address: bool,
    pub(crate) copy: Option<String>,
    pub(crate) keys: BTreeSet<String>,
    // What does not.
    pub(crate) call: Option<Call>,
    pub(crate) asks: Option<String>,
    pub(crate) makes_of: Option<String>,
    // What was seen from outside.
    pub(crate) sent: Vec<(u32, u64)>,
    pub(crate) told: Vec<Option<State>>,
}

impl Shell {
    pub(crate) fn new() -> Self {
        Self { now_ms: START, has_address: true, ..Self::default() }
    }

    /// One that has a job, just created.
    pub(crate) fn with_a_job(is_reserved: bool) -> Self {
        let mut shell = Self::new();
        shell.tell(Event::Created(new(is_reserved)));
        shell
    }

    pub(crate) fn job(&self) -> &Record {
        self.record.as_ref().expect("there is a job")
    }

    pub(crate) fn state(&self) -> &'static str {
        self.record.as_ref().map_or("gone", |record| record.state.name())
    }

    /// Tells what happened and does what follows.
    pub(crate) fn tell(&mut self, event: Event) -> Vec<Effect> {
        self.tell_until(event, None)
    }

    /// The same until it crashes.
    pub(crate) fn tell_until(&mut self, event: Event, crash: Option<Crash>) -> Vec<Effect> {
        let (record, effects) = transition(self.record.clone(), event, self.now_ms);
        if crash != Some(Crash::BeforeTheWrite) {
            self.record = record;
            let count = match crash {
                Some(Crash::AfterSoManyEffects(count)) => count,
                _ => effects.len(),
            };
            for effect in effects.iter().take(count) {
                self.perform(effect);
            }
        }
        if crash.is_some() {
            (self.call, self.asks, self.makes_of) = (None, None, None);
        }
        effects
    }

    fn perform(&mut self, effect: &Effect) {
        match effect {
            Effect::Submit { attempt } => self.call = Some(Call { attempt: *attempt, is_sent: false }),
            Effect::Send => {
                let call = self.call.as_mut().expect("only a call sends");
                call.is_sent = true;
                self.sent.push((call.attempt, self.now_ms));
            }
            Effect::Withhold => self.call = None,
            Effect::AskStatus { engine_job_id } => self.asks = Some(engine_job_id.clone()),
            Effect::Make { said_key } => self.makes_of = Some(said_key.clone()),
            Effect::Tell => self.told.push(self.record.as_ref().map(|record| record.state)),
            Effect::Keep { key } => self.copy = Some(key.clone()),
            // A dead letter may be noted and, after a crash, not be there.
            Effect::DropKey { key } => assert!(self.keys.remove(key) || key.starts_with("dead-"), "{key} was not there"),
            Effect::SetAside { key, dead_key } => {
                assert!(self.keys.remove(key), "{key} was not there");
                self.keys.insert(dead_key.clone());
            }
            Effect::DropCopy => self.copy = None,
            Effect::Refuse { .. } => {}
            Effect::EraseAddress => self.has_address = false,
        }
    }

    /// Lets time pass, then looks at what is due.
    pub(crate) fn pass(&mut self, ms: u64) {
        self.now_ms += ms;
        self.alarm(None);
    }

    /// The alarm: a queued job is begun where none is under way, any other is told that its time has come.
    pub(crate) fn alarm(&mut self, crash: Option<Crash>) -> Vec<Effect> {
        let Some(record) = self.record.as_ref().filter(|record| record.due_ms <= self.now_ms) else { return Vec::new() };
        match record.state {
            State::Queued if self.call.is_some() => Vec::new(),
            State::Queued => self.tell_until(Event::TurnCame, crash),
            _ => self.tell_until(Event::TimeCame, crash),
        }
    }

    /// The job's turn comes, and its request leaves.
    pub(crate) fn send(&mut self) -> u32 {
        self.alarm(None);
        let attempt = self.call.expect("it was its turn").attempt;
        self.tell(Event::Sending { attempt });
        attempt
    }

    pub(crate) fn accept(&mut self, engine_job_id: &str) {
        let attempt = self.call.take().expect("a call is answered").attempt;
        self.tell(Event::Accepted { attempt, engine_job_id: Some(engine_job_id.into()) });
    }

    pub(crate) fn lose_the_answer(&mut self) {
        self.call = None;
        self.tell(Event::AnswerLost { may_come: true });
    }

    pub(crate) fn crash(&mut self) {
        (self.call, self.asks, self.makes_of) = (None, None, None);
    }

    /// A result is stored, and delivered to an attempt's address.
    pub(crate) fn deliver(&mut self, attempt: u32, engine_job_id: &str, key: &str) -> Vec<Effect> {
        self.keys.insert(key.into());
        let said = Said { stored: Some(stored(key, self.now_ms)), ..said(Some(engine_job_id), Outcome::Succeeded) };
        self.tell(Event::Delivered { attempt, said })
    }
}

impl Shell {
    /// Bytes that cannot be read are stored, and delivered to an attempt's address.
    pub(crate) fn deliver_unreadable(&mut self, attempt: u32, key: &str, dead_key: &str) -> Vec<Effect> {
        self.keys.insert(key.into());
        let stored = Stored { dead_key: dead_key.into(), ..stored(key, self.now_ms) };
        self.tell(Event::Unreadable { attempt, reason: "it is empty".into(), stored: Some(stored) })
    }

    /// The engine is asked for what a delivery calls the job, and has its result.
    pub(crate) fn prove(&mut self, engine_job_id: &str) {
        self.alarm(None);
        assert_eq!(self.asks.take().as_deref(), Some(engine_job_id));
        self.keys.insert("status".into());
        let said = said(Some(engine_job_id), Outcome::Succeeded);
        self.tell(Event::StatusSaid(Said { stored: Some(stored("status", self.now_ms)), ..said }));
    }

    /// What is noted of each delivery, in order.
    pub(crate) fn fates(&self) -> Vec<&'static str> {
        self.job().deliveries.iter().map(|noted| noted.fate.name()).collect()
    }
}

pub(crate) fn new(is_reserved: bool) -> New {
    New { id: "job".into(), task: "speech-to-text".into(), engine: "ringcentral".into(), is_reserved, terms: TERMS }
}

/// The same whose result is made of what its engine says.
pub(crate) fn new_to_be_made(is_reserved: bool) -> New {
    New { terms: Terms { makes: true, ..TERMS }, ..new(is_reserved) }
}

pub(crate) fn stored(key: &str, now_ms: u64) -> Stored {
    Stored { key: key.into(), until_ms: now_ms + 30 * DAY, dead_key: format!("dead-{key}") }
}

pub(crate) fn said(engine_job_id: Option<&str>, outcome: Outcome) -> Said {
    Said {
        engine_job_id: engine_job_id.map(Into::into),
        is_anothers: false,
        task: None,
        outcome,
        completed_ms: None,
        stored: None,
    }
}

pub(crate) fn error(code: &str) -> JobError {
    JobError { code: code.into(), message: "a sentence".into(), ringcentral: Vec::new() }
}
