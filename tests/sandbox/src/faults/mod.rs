//! Faults on demand: what a network, a server in trouble or a stranger does to requests and to callbacks.
//!
//! Everything is drawn from two streams that begin with the seed: one for requests, in the order in which they come, and one for
//! callbacks, in the order in which their jobs are submitted. So the same seed and the same requests in the same order give the
//! same faults, however long anything takes.

pub mod admin;
pub mod line;
pub mod plan;
pub mod request;
pub mod rules;
pub mod stall;
pub mod stray;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::limits::Group;
use crate::random::Random;
use plan::Plan;
use request::{Fault, Met};
pub use rules::{Kind, Rule, Rules};

/// The rules that hold, and what they have done so far.
#[derive(Debug)]
pub struct Faults {
    rules: Rules,
    requests: Random,
    callbacks: Random,
    done: BTreeMap<Kind, Count>,
}

/// What was done of one kind.
#[derive(Debug, Default)]
struct Count {
    times: u64,
    /// What strays were answered; `none` where no answer came.
    answers: BTreeMap<String, u64>,
}

/// Tells whoever holds a callback back that another one has been delivered.
#[derive(Debug, Default)]
pub struct Delivered(pub Notify);

impl Faults {
    /// Faults by these rules, drawn from this seed on.
    #[must_use]
    pub fn new(rules: Rules, seed: u64) -> Self {
        let stream = |name: &str| Random::new(Some(name.bytes().fold(seed, |seed, byte| seed.rotate_left(8) ^ u64::from(byte))));
        Self { rules, requests: stream("requests"), callbacks: stream("callback"), done: BTreeMap::new() }
    }

    /// Goes on by other rules; the streams go on where they are.
    pub fn replace(&mut self, rules: Rules) {
        self.rules = rules;
    }

    /// What happens to the next request; other services than RingCentral have no groups.
    pub fn meet(&mut self, group: Option<Group>, path: &str) -> Met {
        let mut met = Met::default();
        for rule in &self.rules.faults {
            let is_meant =
                !rule.kind.is_of_callbacks() && rule.group.is_none_or(|named| Some(named) == group) && rule.covers(path);
            if !is_meant || met.fault.is_some() || !self.requests.hits(rule.chance) {
                continue;
            }
            let ms = self.requests.within(rule.span_ms());
            match rule.kind {
                Kind::Latency => met.latency_ms = ms,
                _ => met.fault = Some(Fault::draw(rule, ms, &mut self.requests)),
            }
        }
        met
    }

    /// What happens to the callback of a job that was submitted to `path`.
    pub fn plan(&mut self, path: &str) -> Plan {
        let mut plan = Plan::default();
        for rule in self.rules.faults.iter().filter(|rule| rule.kind.is_of_callbacks() && rule.covers(path)) {
            if self.callbacks.hits(rule.chance) {
                let ms = self.callbacks.within(rule.span_ms());
                plan.add(rule.kind, ms, self.callbacks.bits());
            }
        }
        plan
    }

    /// Notes that something was done.
    pub fn note(&mut self, kind: Kind) {
        self.done.entry(kind).or_default().times += 1;
    }

    /// Notes what a stray was answered.
    pub fn note_answer(&mut self, kind: Kind, status: Option<u16>) {
        let said = status.map_or_else(|| "none".to_owned(), |status| status.to_string());
        *self.done.entry(kind).or_default().answers.entry(said).or_default() += 1;
    }

    /// The rules, and what was done by them.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let count = |(kind, count): (&Kind, &Count)| {
            let answers = (!count.answers.is_empty()).then_some(&count.answers);
            (kind.name(), json!({"times": count.times, "answers": answers}))
        };
        let done: BTreeMap<String, Value> = self.done.iter().map(count).collect();
        json!({"faults": self.rules.faults, "done": done})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAVY: Option<Group> = Some(Group::Heavy);

    fn faults(seed: u64) -> Faults {
        Faults::new(Rules::parse(include_bytes!("../../faults.json")).unwrap(), seed)
    }

    fn story(faults: &mut Faults) -> (Vec<Met>, Vec<Plan>) {
        let paths = ["/ai/text/v1/async/punctuate", "/restapi/v1.0/account/~/extension/~/call-log"];
        let met = (0..400).map(|at| faults.meet(HEAVY, paths[at % 2])).collect();
        (met, (0..400).map(|_| faults.plan("/ai/text/v1/async/punctuate")).collect())
    }

    #[test]
    fn a_seed_repeats_its_faults_and_another_has_others() {
        assert_eq!(story(&mut faults(7)), story(&mut faults(7)));
        assert_ne!(story(&mut faults(7)).0, story(&mut faults(8)).0);
    }

    #[test]
    fn callbacks_are_drawn_apart_from_requests() {
        let (mut busy, mut idle) = (faults(7), faults(7));
        (0..99).for_each(|_| _ = busy.meet(HEAVY, "/ai/"));
        let plans = |faults: &mut Faults| (0..50).map(|_| faults.plan("/ai/")).collect::<Vec<_>>();
        assert_eq!(plans(&mut busy), plans(&mut idle));
    }

    #[test]
    fn a_rule_holds_where_it_says() {
        let rules = br#"{"faults": [{"kind": "cut", "chance": 1, "path": "/ai/", "group": "heavy", "taken": true}]}"#;
        let mut faults = Faults::new(Rules::parse(rules).unwrap(), 1);
        assert_eq!(faults.meet(HEAVY, "/ai/x").fault, Some(Fault::Cut { taken: true }));
        assert_eq!(faults.meet(Some(Group::Light), "/ai/x").fault, None);
        assert_eq!(faults.meet(None, "/ai/x").fault, None);
        assert_eq!(faults.meet(HEAVY, "/restapi/x").fault, None);
        assert_eq!(faults.plan("/ai/x"), Plan::default());
    }

    #[test]
    fn as_often_as_its_chance_says() {
        let rules = br#"{"faults": [{"kind": "cut", "chance": 0.25}]}"#;
        let mut faults = Faults::new(Rules::parse(rules).unwrap(), 3);
        let times = (0..10_000).filter(|_| faults.meet(Some(Group::Light), "/").fault.is_some()).count();
        assert!((2_300..2_700).contains(&times), "{times}");
    }
}
