//! What holds in every history. Nothing here is computed by the rules of the room: only what was told and what came of it is seen.

use crate::shell::MINUTE;
use ringcentral_ai::lifecycle::{Effect, Event, Fate, Outcome, Record, Said, State, Via};
use std::collections::{BTreeMap, BTreeSet};

/// A lost answer is waited for so long before a job is sent again.
const WAIT: u64 = 45 * MINUTE;

/// What was told to the job so far, as far as it was written down.
#[derive(Debug, Default)]
pub(crate) struct Promises {
    /// Attempts whose address was given out.
    given_out: BTreeSet<u32>,
    /// Attempts that were seen to be taken, and not certainly refused after that.
    known_to_run: BTreeSet<u32>,
    /// Attempts of which something was delivered that its engine has not denied.
    claimed_to_run: BTreeSet<u32>,
    /// What an attempt is called, as its engine or its caller said.
    ids: BTreeMap<u32, String>,
    /// What the engine said that it does not have, when it was last asked.
    denied: BTreeSet<String>,
    /// What was said under each key.
    said: BTreeMap<String, (u32, Said)>,
    /// When what may run left, each not certainly refused.
    unanswered: Vec<u64>,
    result: Option<String>,
}

impl Promises {
    /// Holds one change against the promises.
    pub(crate) fn hold(&mut self, before: Option<&Record>, event: &Event, after: Option<&Record>, effects: &[Effect]) {
        finished_jobs_do_not_change(before, after, event);
        effects_fit_the_record(before, after, effects);
        self.learn(before, event);
        self.there_is_one_result(before, after);
        notes_are_few(after);
    }

    fn learn(&mut self, before: Option<&Record>, event: &Event) {
        match event {
            Event::Created(new) if before.is_none() && new.is_reserved => _ = self.given_out.insert(1),
            Event::MediaFetched { attempt } | Event::Unreadable { attempt, .. } if self.given_out.contains(attempt) => {
                self.known_to_run.insert(*attempt);
            }
            Event::Accepted { attempt, engine_job_id } if self.given_out.contains(attempt) => {
                self.known_to_run.insert(*attempt);
                self.ids.extend(engine_job_id.clone().map(|id| (*attempt, id)));
            }
            Event::Bound { engine_job_id } if before.is_some_and(|record| record.state == State::Reserved) => {
                self.ids.insert(1, engine_job_id.clone());
            }
            Event::Delivered { attempt, said } => {
                if self.given_out.contains(attempt) && said.task.is_none() {
                    self.claimed_to_run.insert(*attempt);
                }
                self.hear(*attempt, said);
            }
            Event::StatusDenied { engine_job_id } => {
                self.denied.insert(engine_job_id.to_ascii_lowercase());
                self.claimed_to_run.remove(&before.map_or(0, |record| record.attempt));
            }
            Event::StatusFailed => self.denied.clear(),
            Event::Made { stored } => {
                let said_key = before.and_then(|record| record.said_key.as_ref());
                if let Some(said) = said_key.and_then(|key| self.said.get(key)).cloned() {
                    self.said.entry(stored.key.clone()).or_insert(said);
                }
            }
            Event::StatusSaid(said) => self.hear(before.map_or(0, |record| record.attempt), said),
            _ => {}
        }
    }

    fn hear(&mut self, attempt: u32, said: &Said) {
        if let Some(stored) = &said.stored {
            self.said.entry(stored.key.clone()).or_insert_with(|| (attempt, said.clone()));
        }
    }

    /// An attempt is written down as sent.
    pub(crate) fn give_out(&mut self, attempt: u32) {
        self.given_out.insert(attempt);
    }

    /// The latest request was certainly refused.
    pub(crate) fn refuse(&mut self, attempt: u32) {
        self.known_to_run.remove(&attempt);
        self.claimed_to_run.remove(&attempt);
        self.unanswered.pop();
    }

    /// A request leaves; `latest_ms` is the latest time that was seen so far.
    pub(crate) fn send(&mut self, attempt: u32, now_ms: u64, latest_ms: u64) {
        assert!(self.given_out.contains(&attempt), "attempt {attempt} left before it was written down");
        let running: BTreeSet<_> = self.known_to_run.union(&self.claimed_to_run).collect();
        assert!(running.is_empty(), "sent while attempts {running:?} are known to run");
        if let Some(last_ms) = self.unanswered.last() {
            assert!(latest_ms >= last_ms + WAIT, "sent again at {latest_ms}, after {last_ms}");
        }
        self.unanswered.push(now_ms);
        assert!(self.unanswered.len() <= 2, "sent {} times without an answer", self.unanswered.len());
    }

    fn there_is_one_result(&mut self, before: Option<&Record>, after: Option<&Record>) {
        let Some(record) = after else { return };
        if let Some(said_key) = before.and_then(|before| before.said_key.as_ref()) {
            assert_eq!(record.said_key.as_ref(), Some(said_key), "what its engine said is another");
        }
        let Some(key) = &record.result_key else {
            assert_eq!(self.result, None, "the result is gone");
            assert_ne!(record.state, State::Succeeded);
            return;
        };
        assert_eq!(self.result.get_or_insert_with(|| key.clone()), key, "another result");
        let (attempt, said) = self.said.get(key).expect("a result was delivered");
        assert!(self.given_out.contains(attempt), "a result of attempt {attempt}");
        assert!(said.task.as_ref().is_none_or(|task| *task == record.task));
        let state = match said.outcome {
            Outcome::Running | Outcome::Ended => panic!("no result yet"),
            Outcome::Succeeded => State::Succeeded,
            Outcome::Failed(_) => State::Failed,
        };
        assert_eq!(record.state, state);
        let is_complete =
            record.via.is_some() && record.completed_ms.is_some() && record.error.is_some() == (state == State::Failed);
        assert!(is_complete, "{record:?}");
        // Of an attempt that was given up nothing will ever be said, nor of a job that has ended without a result.
        let may_be_told = record.unanswered == 0 && before.is_some_and(|before| !before.state.is_finished());
        if record.via == Some(Via::Callback) && self.ids.is_empty() && may_be_told {
            let denied = said.engine_job_id.as_ref().filter(|id| self.denied.contains(&id.to_ascii_lowercase()));
            assert_eq!(denied, None, "its engine has no such job");
        }
        if let Some((known, given)) = self.ids.get(attempt).zip(said.engine_job_id.as_ref()) {
            assert!(known.eq_ignore_ascii_case(given), "attempt {attempt} is {known}, and ended as {given}");
        }
    }
}

/// A job with a result never changes but for what is noted; one that ended without learns its id, and takes a result that still
/// comes.
fn finished_jobs_do_not_change(before: Option<&Record>, after: Option<&Record>, event: &Event) {
    let (Some(before), Some(after)) = (before, after) else { return };
    let engine_job_id = before.engine_job_id.clone().or_else(|| after.engine_job_id.clone());
    let noted = Record { deliveries: after.deliveries.clone(), engine_job_id, ..before.clone() };
    match before.state {
        _ if before.result_key.is_some() => assert_eq!(&noted, after, "{event:?}"),
        State::Failed | State::Expired if before.said_key.is_some() => assert_eq!(&noted, after, "{event:?}"),
        State::Failed | State::Expired if noted != *after => {
            assert!(after.result_key.is_some() || after.said_key.is_some(), "{event:?}");
        }
        _ => {}
    }
}

/// However much is delivered, little of it is noted and less of it kept, each kept thing once; the result always is noted.
fn notes_are_few(after: Option<&Record>) {
    let Some(record) = after else { return };
    let dead: Vec<_> = record.deliveries.iter().filter_map(|noted| noted.dead_key.as_ref()).collect();
    let kept: BTreeSet<_> = dead.iter().collect();
    assert!(record.deliveries.len() <= 10 && dead.len() <= 2 && kept.len() == dead.len(), "{:?}", record.deliveries);
    let results = record.deliveries.iter().filter(|noted| noted.fate == Fate::Result).count();
    assert_eq!(results, usize::from(record.via == Some(Via::Callback)), "{:?}", record.deliveries);
}

/// Nothing is to be done for a job that is gone, nor what its record does not say.
fn effects_fit_the_record(before: Option<&Record>, after: Option<&Record>, effects: &[Effect]) {
    for effect in effects {
        let fits = match (effect, after) {
            (Effect::Submit { attempt }, Some(record)) => record.state == State::Queued && *attempt == record.attempt + 1,
            (Effect::Send, Some(record)) => record.state == State::Unconfirmed,
            (Effect::AskStatus { engine_job_id }, Some(record)) => {
                let may_run = matches!(record.state, State::Submitted | State::Reserved | State::Unconfirmed);
                may_run && record.engine_job_id.as_ref() == Some(engine_job_id)
            }
            (Effect::Make { said_key }, Some(record)) => {
                record.state == State::Submitted && record.said_key.as_ref() == Some(said_key)
            }
            (Effect::Keep { key }, Some(record)) => [&record.result_key, &record.said_key].contains(&&Some(key.clone())),
            (Effect::DropKey { key }, Some(record)) => ![&record.result_key, &record.said_key].contains(&&Some(key.clone())),
            // What is refused changes nothing of the job, but that it is seen to run.
            (Effect::Refuse { .. }, Some(record)) => before.is_some_and(|before| {
                let has_the_same = record.result_key == before.result_key && record.said_key == before.said_key;
                has_the_same && (record.state == before.state || record.state == State::Submitted)
            }),
            (Effect::SetAside { dead_key, .. }, Some(record)) => {
                record.deliveries.iter().any(|noted| noted.dead_key.as_ref() == Some(dead_key))
            }
            (Effect::EraseAddress, Some(record)) => record.state == State::Submitted || record.state.is_finished(),
            (Effect::DropKey { .. } | Effect::DropCopy | Effect::EraseAddress, None) | (Effect::Withhold | Effect::Tell, _) => {
                true
            }
            (Effect::DropCopy, Some(_)) | (_, None) => false,
        };
        assert!(fits, "{effect:?} for {after:?}");
    }
    let state = |record: Option<&Record>| record.map(|record| record.state);
    let has_changed = state(before) != state(after);
    let is_over = after.is_none() && before.is_some_and(|record| record.state.is_finished());
    assert!(!has_changed || is_over || effects.contains(&Effect::Tell), "{before:?} {after:?}");
}
