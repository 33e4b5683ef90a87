//! A small world around one job: an engine that takes jobs or refuses them, loses answers, delivers what it likes; a shell that may
//! crash wherever it is; a clock that jumps.

use crate::promises::Promises;
use crate::shell::{Call, Crash, DAY, HOUR, START, Shell, error, new, new_to_be_made, said, stored};
use ringcentral_ai::lifecycle::{Effect, Event, Outcome, Said, State, Stored};
use std::collections::BTreeSet;

/// One thing that happens; the shell may crash over it.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) happens: Happens,
    pub(crate) crash: Option<Crash>,
}

#[derive(Debug, Clone)]
pub(crate) enum Happens {
    /// Time passes.
    Pass {
        ms: u64,
    },
    /// The clock is set back.
    SetBack {
        ms: u64,
    },
    /// Time passes until the job is due, and the alarm looks at it.
    Due,
    /// The alarm comes by mistake, whatever the job's time is.
    Mistaken,
    /// The call under way comes to its request.
    Send,
    /// It wants to send once more, though nobody refused anything.
    SendTwice,
    /// The call under way does not come so far, or its request is answered.
    Answer(Answer),
    /// The engine fetches the media of a request that it holds, or of a job that it took.
    Fetch {
        which: usize,
    },
    /// The engine, or what looks like it, delivers something of a job that it took.
    Deliver {
        which: usize,
        what: What,
        says: Says,
    },
    /// It delivers bytes of one kind or another that cannot be read.
    DeliverUnreadable {
        which: usize,
        bytes: usize,
    },
    /// The engine answers how the job stands.
    Status(Option<Says>),
    /// The engine says that there is something new.
    News,
    /// A result is made of what the engine said, or cannot be made.
    Make {
        is_made: bool,
    },
    /// What was last delivered comes once more, under the same key.
    Again,
    /// A reserved job's caller tells its id.
    Bind,
    Delete,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Taken,
    TakenWithoutAnId,
    TakenAndLost,
    Lost,
    RefusedForNow,
    NotToBeHad,
    Refused,
}

/// What a delivery says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    Running,
    /// It has ended, and how is to be asked for.
    Ended,
    Succeeded,
    Failed,
    /// It ended, and its bytes could not be stored.
    NotStored,
}

/// What fits about a delivery, and what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    Own,
    WithoutId,
    OtherId,
    OtherTask,
    AttemptNeverGivenOut,
    AttemptZero,
}

/// A job that the engine took.
#[derive(Debug, Clone)]
struct Taken {
    attempt: u32,
    id: String,
}

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) shell: Shell,
    promises: Promises,
    /// The latest time that was seen, wherever the clock stands now.
    latest_ms: u64,
    taken: Vec<Taken>,
    stored: usize,
    last: Option<Event>,
    /// Keys that the store itself lets go in its time: those whose handling crashed, and the result of a job whose time is over.
    orphans: BTreeSet<String>,
}

impl World {
    pub(crate) fn new(is_reserved: bool, is_to_be_made: bool) -> Self {
        let mut world = Self {
            shell: Shell::new(),
            promises: Promises::default(),
            latest_ms: START,
            taken: Vec::new(),
            stored: 0,
            last: None,
            orphans: BTreeSet::new(),
        };
        let new = if is_to_be_made { new_to_be_made } else { new };
        world.tell(&Event::Created(new(is_reserved)), None);
        if is_reserved {
            world.taken.push(Taken { attempt: 1, id: "rc-1".into() });
        }
        world
    }

    pub(crate) fn step(&mut self, step: &Step) {
        let crash = step.crash;
        self.latest_ms = self.latest_ms.max(self.shell.now_ms);
        match &step.happens {
            Happens::Pass { ms } => self.shell.now_ms += ms,
            Happens::SetBack { ms } => self.shell.now_ms -= ms,
            Happens::Due => self.due(crash),
            Happens::Mistaken if self.shell.state() != "queued" => self.tell(&Event::TimeCame, crash),
            Happens::Mistaken => {}
            Happens::Send => self.send(false, crash),
            Happens::SendTwice => self.send(true, crash),
            Happens::Answer(answer) => self.answer(*answer, crash),
            Happens::Fetch { which } => self.fetch(*which, crash),
            Happens::Deliver { which, what, says } => self.deliver(*which, *what, *says, crash),
            Happens::DeliverUnreadable { which, bytes } => self.deliver_unreadable(*which, *bytes, crash),
            Happens::Status(answer) => self.status(*answer, crash),
            Happens::Make { is_made } => self.make(*is_made, crash),
            Happens::Again => {
                if let Some(event) = self.last.clone() {
                    self.deliver_event(&event, crash);
                }
            }
            Happens::News => self.tell(&Event::News, crash),
            Happens::Bind => self.tell(&Event::Bound { engine_job_id: "rc-1".into() }, crash),
            Happens::Delete => self.tell(&Event::Deleted, crash),
        }
        self.no_key_is_left_behind();
    }

    /// Tells the shell, and holds what came of it against the promises.
    fn tell(&mut self, event: &Event, crash: Option<Crash>) {
        let before = self.shell.record.clone();
        let requests = self.shell.sent.len();
        let effects = self.shell.tell_until(event.clone(), crash);
        if crash == Some(Crash::BeforeTheWrite) {
            return;
        }
        if let (Some(job), None) = (&before, &self.shell.record)
            && (*event == Event::TimeCame || crash.is_some())
        {
            self.orphans.extend(job.result_key.clone().into_iter().chain(job.said_key.clone()));
            self.orphans.extend(job.deliveries.iter().filter_map(|noted| noted.dead_key.clone()));
        }
        if effects.contains(&Effect::Send) {
            self.promises.give_out(self.shell.job().attempt);
        }
        self.promises.hold(before.as_ref(), event, self.shell.record.as_ref(), &effects);
        for (attempt, at_ms) in &self.shell.sent[requests..] {
            self.promises.send(*attempt, *at_ms, self.latest_ms.max(*at_ms));
        }
    }

    fn alarm(&mut self, crash: Option<Crash>) {
        let Some(record) = self.shell.record.as_ref().filter(|record| record.due_ms <= self.shell.now_ms) else { return };
        match record.state {
            State::Queued if self.shell.call.is_some() => {}
            State::Queued => self.tell(&Event::TurnCame, crash),
            _ => self.tell(&Event::TimeCame, crash),
        }
    }

    fn due(&mut self, crash: Option<Crash>) {
        let due_ms = self.shell.record.as_ref().map_or(0, |record| record.due_ms);
        self.shell.now_ms = self.shell.now_ms.max(due_ms);
        self.alarm(crash);
    }

    fn send(&mut self, is_second: bool, crash: Option<Crash>) {
        if let Some(call) = self.shell.call.filter(|call| call.is_sent == is_second) {
            self.tell(&Event::Sending { attempt: call.attempt }, crash);
        }
    }

    fn answer(&mut self, answer: Answer, crash: Option<Crash>) {
        let Some(Call { attempt, is_sent }) = self.shell.call else { return };
        // No call waits for a day.
        let is_late = self.shell.sent.last().is_some_and(|(_, at_ms)| at_ms + DAY < self.shell.now_ms);
        let answer = if is_sent && is_late { Answer::Lost } else { answer };
        let is_taken = matches!(answer, Answer::Taken | Answer::TakenWithoutAnId | Answer::TakenAndLost);
        match answer {
            // What was not sent is neither taken nor lost; it may end all the same.
            Answer::NotToBeHad | Answer::Refused => {}
            _ if !is_sent => return,
            _ if is_taken => self.taken.push(Taken { attempt, id: format!("rc-{}", self.taken.len() + 1) }),
            _ => {}
        }
        self.end_call(answer, attempt, crash);
    }

    fn end_call(&mut self, answer: Answer, attempt: u32, crash: Option<Crash>) {
        let was_sent = self.shell.call.take().is_some_and(|call| call.is_sent);
        let id = self.taken.last().map(|taken| taken.id.clone());
        let event = match answer {
            Answer::Taken => Event::Accepted { attempt, engine_job_id: id },
            Answer::TakenWithoutAnId => Event::Accepted { attempt, engine_job_id: None },
            Answer::TakenAndLost | Answer::Lost => Event::AnswerLost { may_come: true },
            Answer::RefusedForNow => Event::SentBack,
            Answer::NotToBeHad => Event::PutOff { error: error("ringcentral_unavailable") },
            Answer::Refused => Event::Refused { error: error("ringcentral_refused") },
        };
        let is_refusal = matches!(event, Event::SentBack | Event::PutOff { .. });
        if is_refusal && was_sent && crash != Some(Crash::BeforeTheWrite) {
            self.promises.refuse(attempt);
        }
        self.tell(&event, crash);
        if answer == Answer::RefusedForNow && crash.is_none() {
            self.shell.call = Some(Call { attempt, is_sent: false }); // the same call sends it again
        }
    }

    fn fetch(&mut self, which: usize, crash: Option<Crash>) {
        let held = self.shell.call.filter(|call| call.is_sent).map(|call| call.attempt);
        let attempts: Vec<u32> = self.taken.iter().map(|taken| taken.attempt).chain(held).collect();
        if !attempts.is_empty() {
            self.tell(&Event::MediaFetched { attempt: attempts[which % attempts.len()] }, crash);
        }
    }

    fn deliver(&mut self, which: usize, what: What, says: Says, crash: Option<Crash>) {
        if self.taken.is_empty() {
            return;
        }
        let taken = self.taken[which % self.taken.len()].clone();
        let attempt = match what {
            What::AttemptZero => 0,
            What::AttemptNeverGivenOut => self.shell.record.as_ref().map_or(1, |record| record.attempt + 1),
            _ => taken.attempt,
        };
        let id = match what {
            What::WithoutId => None,
            What::OtherId => Some("of-another-job".to_owned()),
            _ => Some(taken.id.to_uppercase()),
        };
        let task = (what == What::OtherTask).then(|| "summarize".to_owned());
        let said = Said { engine_job_id: id, task, ..self.says(says) };
        self.deliver_event(&Event::Delivered { attempt, said }, crash);
    }

    fn deliver_unreadable(&mut self, which: usize, bytes: usize, crash: Option<Crash>) {
        if let Some(attempt) = self.taken.get(which % self.taken.len().max(1)).map(|taken| taken.attempt) {
            self.stored += 1;
            let stored = stored(&format!("key-{}", self.stored), self.shell.now_ms);
            let stored = Some(Stored { dead_key: format!("dead-{bytes}"), ..stored });
            self.deliver_event(&Event::Unreadable { attempt, reason: "it is empty".into(), stored }, crash);
        }
    }

    fn deliver_event(&mut self, event: &Event, crash: Option<Crash>) {
        self.store(event, crash);
        self.last = Some(event.clone());
        self.tell(event, crash);
    }

    fn status(&mut self, answer: Option<Says>, crash: Option<Crash>) {
        let Some(id) = self.shell.asks.take() else { return };
        let event = match answer {
            Some(says) if self.taken.iter().any(|taken| taken.id.eq_ignore_ascii_case(&id)) => {
                Event::StatusSaid(Said { engine_job_id: Some(id), ..self.says(says) })
            }
            Some(_) => Event::StatusDenied { engine_job_id: id },
            None => Event::StatusFailed,
        };
        self.store(&event, crash);
        self.tell(&event, crash);
    }

    fn make(&mut self, is_made: bool, crash: Option<Crash>) {
        let Some(_) = self.shell.makes_of.take() else { return };
        self.stored += 1;
        let event = if is_made {
            Event::Made { stored: stored(&format!("key-{}", self.stored), self.shell.now_ms) }
        } else {
            Event::NotMade { error: error("engine_job_failed") }
        };
        self.store(&event, crash);
        self.tell(&event, crash);
    }

    fn says(&mut self, says: Says) -> Said {
        let outcome = match says {
            Says::Running => Outcome::Running,
            Says::Ended => Outcome::Ended,
            Says::Succeeded | Says::NotStored => Outcome::Succeeded,
            Says::Failed => Outcome::Failed(error("ringcentral_job_failed")),
        };
        self.stored += 1;
        let key = (says != Says::NotStored).then(|| stored(&format!("key-{}", self.stored), self.shell.now_ms));
        Said { stored: key, ..said(None, outcome) }
    }

    /// The bytes lie in the store before anything is said of them.
    fn store(&mut self, event: &Event, crash: Option<Crash>) {
        let stored = match event {
            Event::Delivered { said, .. } | Event::StatusSaid(said) => &said.stored,
            Event::Unreadable { stored, .. } => stored,
            Event::Made { stored } => &Some(stored.clone()),
            _ => return,
        };
        if let Some(stored) = stored {
            self.shell.keys.insert(stored.key.clone());
            if crash.is_some() {
                self.orphans.insert(stored.key.clone());
            }
        }
    }

    /// Every key but the result and the dead letters was dropped.
    fn no_key_is_left_behind(&self) {
        let record = self.shell.record.as_ref();
        let result = record.and_then(|record| record.result_key.as_ref());
        let dead = record.into_iter().flat_map(|record| &record.deliveries).filter_map(|noted| noted.dead_key.as_ref());
        let said = record.and_then(|record| record.said_key.as_ref());
        let known: Vec<&String> = result.into_iter().chain(said).chain(dead).chain(&self.orphans).collect();
        for key in &self.shell.keys {
            assert!(known.contains(&key), "{key} is left behind");
        }
    }

    /// Nothing comes from outside any more: the job ends by itself, and its record goes.
    pub(crate) fn settle(&mut self) {
        let end_ms = self.latest_ms.max(self.shell.now_ms) + 60 * DAY;
        while let Some(record) = &self.shell.record {
            // It would be tried for a day.
            let answer = if record.tries < 20 { Answer::NotToBeHad } else { Answer::Refused };
            self.shell.now_ms = self.shell.now_ms.max(record.due_ms) + HOUR;
            assert!(self.shell.now_ms < end_ms, "it never ends: {record:?}");
            self.alarm(None);
            self.answer(answer, None);
            self.status(None, None);
        }
        self.no_key_is_left_behind();
    }
}
