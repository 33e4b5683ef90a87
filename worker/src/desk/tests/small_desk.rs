//! A Desk with one job, in memory: the job changes by `transition`, its result is read back by the Desk's own rules.

use super::super::store::{Check, ReadBack};
use super::super::{read_back, verdict};
use crate::question::{FoundResult, Verdict};
use crate::results::Written;
use ringcentral_ai::lifecycle::{Effect, Event, JobError, New, Outcome, Record, Said, State, Stored, Terms, transition};
use std::cell::{Cell, RefCell};
use worker::Result;

pub(super) const ID: &str = "job";
const DAY: u64 = 24 * 3_600_000;

/// What comes to the job's address, or is said when its engine is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Succeeded,
    Failed,
    Running,
    Foreign,
    Unreadable,
}

#[derive(Debug, Clone)]
struct Expected {
    key: String,
    copy: Option<Vec<u8>>,
    due_ms: u64,
    checks: u32,
}

#[derive(Debug, Default)]
pub(super) struct SmallDesk {
    pub(super) record: RefCell<Option<Record>>,
    pub(super) is_deleted: Cell<bool>,
    expected: RefCell<Option<Expected>>,
}

impl SmallDesk {
    pub(super) fn with_a_job(now_ms: u64) -> Self {
        let desk = Self::default();
        let terms = Terms { remembers_ms: 7 * DAY, keeps_ms: 3 * DAY, ask_after_ms: 600_000, makes: false };
        let new = New { id: ID.into(), task: "punctuate".into(), engine: "ringcentral".into(), is_reserved: true, terms };
        desk.tell(Event::Created(new), now_ms);
        desk
    }

    fn tell(&self, event: Event, now_ms: u64) -> Vec<Effect> {
        let (record, effects) = transition(self.record.take(), event, now_ms);
        self.record.replace(record);
        if effects.contains(&Effect::DropCopy) {
            self.forget(ID).unwrap();
        }
        effects
    }

    /// Takes what was delivered.
    pub(super) fn take(&self, says: Says, written: Written, copy: &[u8], now_ms: u64) -> Verdict {
        let stored = Some(stored(written));
        let event = if says == Says::Unreadable {
            Event::Unreadable { attempt: 1, reason: "it is empty".into(), stored }
        } else {
            Event::Delivered { attempt: 1, said: said(says, stored) }
        };
        let effects = self.tell(event, now_ms);
        if let Some(key) = verdict::kept(&effects) {
            read_back::expect(self, ID, key, copy, now_ms);
        }
        verdict::of(effects)
    }

    /// Takes what the engine said when it was asked; which key is to go.
    pub(super) fn take_status(&self, says: Says, written: Option<Written>, copy: &[u8], now_ms: u64) -> Option<String> {
        let event = written.map_or(Event::StatusFailed, |written| Event::StatusSaid(said(says, Some(stored(written)))));
        let mut dropped = None;
        for effect in self.tell(event, now_ms) {
            match effect {
                Effect::Keep { key } => read_back::expect(self, ID, &key, copy, now_ms),
                Effect::DropKey { key } => dropped = Some(key),
                _ => {}
            }
        }
        dropped
    }

    /// Deletes the job; which keys are to go.
    pub(super) fn delete(&self, now_ms: u64) -> Vec<String> {
        if self.record.borrow().is_none() {
            return Vec::new();
        }
        self.is_deleted.set(true);
        let effects = self.tell(Event::Deleted, now_ms);
        effects.into_iter().filter_map(|effect| if let Effect::DropKey { key } = effect { Some(key) } else { None }).collect()
    }

    pub(super) fn look_at_the_time(&self, now_ms: u64) {
        self.tell(Event::TimeCame, now_ms);
    }

    pub(super) fn found(&self) -> Option<FoundResult> {
        let record = self.record.borrow().clone()?;
        Some(read_back::found(self, record, None).unwrap().result)
    }

    /// Whether KV has still to show the result.
    pub(super) fn expects(&self) -> bool {
        self.expected.borrow().is_some()
    }

    /// The result's key, of a job that has finished with one.
    pub(super) fn result_key(&self) -> Option<String> {
        let record = self.record.borrow();
        let record = record.as_ref().filter(|record| matches!(record.state, State::Succeeded | State::Failed))?;
        record.result_key.clone()
    }
}

impl ReadBack for SmallDesk {
    fn expect(&self, _: &str, key: &str, copy: Option<&[u8]>, due_ms: u64) -> Result<()> {
        self.expected.replace(Some(Expected { key: key.into(), copy: copy.map(<[u8]>::to_vec), due_ms, checks: 0 }));
        Ok(())
    }

    fn copy(&self, _: &str) -> Result<Option<Vec<u8>>> {
        Ok(self.expected.borrow().as_ref().and_then(|expected| expected.copy.clone()))
    }

    fn forget(&self, _: &str) -> Result<()> {
        self.expected.take();
        Ok(())
    }

    fn next_check(&self, now_ms: u64) -> Result<Option<Check>> {
        let expected = self.expected.borrow().clone().filter(|expected| expected.due_ms <= now_ms);
        Ok(expected.map(|Expected { key, checks, .. }| Check { job_id: ID.into(), key, checks }))
    }

    fn put_off_check(&self, _: &str, due_ms: u64) -> Result<()> {
        if let Some(expected) = self.expected.borrow_mut().as_mut() {
            (expected.due_ms, expected.checks) = (due_ms, expected.checks + 1);
        }
        Ok(())
    }

    fn next_check_ms(&self) -> Result<Option<u64>> {
        Ok(self.expected.borrow().as_ref().map(|expected| expected.due_ms))
    }
}

fn stored(written: Written) -> Stored {
    Stored { dead_key: written.dead_key(ID), key: written.key, until_ms: written.until_ms }
}

fn said(says: Says, stored: Option<Stored>) -> Said {
    let failed = || JobError { code: "ringcentral_job_failed".into(), message: "no".into(), ringcentral: Vec::new() };
    Said {
        engine_job_id: None,
        task: (says == Says::Foreign).then(|| "summarize".into()),
        outcome: match says {
            Says::Running => Outcome::Running,
            Says::Failed => Outcome::Failed(failed()),
            _ => Outcome::Succeeded,
        },
        completed_ms: None,
        is_anothers: false,
        stored,
    }
}
