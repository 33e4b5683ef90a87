//! How the Desk stands, for whoever runs this Worker.
//!
//! What it costs: an entry of an index for each job, each dead letter and each notice, 1,000 for the latest results, a row for each
//! reason and for the oldest job of each unfinished state. Nothing is read of the jobs themselves.

use super::Desk;
use super::store::{Came, Counts};
use crate::question::{ReadStats, Stats};
use ringcentral_ai::json::Object;
use ringcentral_ai::lifecycle::{State, Via};
use ringcentral_ai::pace::Usage;
use ringcentral_ai::time::iso;
use worker::Result;

/// So many results are looked at, the latest.
const RESULTS: u64 = 1_000;
/// How a notice stands, in the API and in the store.
const NOTICES: [&str; 3] = ["waiting", "delivered", "failed"];

/// How it stands.
pub(super) fn read(desk: &Desk, question: ReadStats, now_ms: u64) -> Result<Stats> {
    let results = desk.store.latest_results(RESULTS)?;
    let stats = Object::new().text("version", env!("CARGO_PKG_VERSION")).text("at", &iso(now_ms));
    let stats = stats.json("jobs", &named(&State::ALL.map(State::name), &desk.store.count_jobs()?));
    let stats = stats.json("oldest", &oldest(desk)?).number("waiting", desk.waiters.count() as u64);
    let stats = stats.number("inFlight", desk.calls.count_all() as u64).json("rejected", &counts(&desk.store.rejected()?));
    let stats = stats.number("deadLetters", desk.store.count_letters(now_ms)?);
    let stats = stats.json("notices", &named(&NOTICES, &desk.store.count_notices()?)).json("pacer", &pacer(desk, now_ms)?);
    let stats = stats.json("submitToResult", &submit_to_result(&results)).json("via", &via(&results));
    let stats = stats.list("similar", similar(&results).into_iter()).list("settings", question.settings.into_iter());
    Ok(Stats { json: stats.write() })
}

/// Each of the names with its count.
fn named(names: &[&str], found: &Counts) -> String {
    let count = |name: &str| found.iter().find(|(of, _)| of == name).map_or(0, |(_, count)| *count);
    names.iter().fold(Object::new(), |object, name| object.number(name, count(name))).write()
}

fn counts(found: &Counts) -> String {
    found.iter().fold(Object::new(), |object, (name, count)| object.number(name, *count)).write()
}

/// Since when the oldest job of each unfinished state is there.
fn oldest(desk: &Desk) -> Result<String> {
    let mut object = Object::new();
    for state in State::ALL.into_iter().filter(|state| !state.is_finished()) {
        object = object.optional_text(state.name(), desk.store.oldest_ms(state)?.map(iso).as_deref());
    }
    Ok(object.write())
}

/// The rate limits of each engine.
fn pacer(desk: &Desk, now_ms: u64) -> Result<String> {
    let of = |object: Object, engine: &dyn ringcentral_ai::engine::Engine| {
        object.list(engine.name(), engine.usage(now_ms).iter().map(group))
    };
    Ok(desk.engines()?.all().fold(Object::new(), of).write())
}

fn group(usage: &Usage) -> String {
    let Usage { group, limit, window_ms, taken, waiting, held_until_ms } = usage;
    let object = Object::new().text("group", group).number("limit", *limit as u64).number("windowS", window_ms / 1_000);
    let object = object.number("taken", *taken as u64).number("waiting", *waiting as u64);
    object.optional_text("heldUntil", held_until_ms.map(iso).as_deref()).write()
}

/// How long it takes from the submit to the result, in seconds.
fn submit_to_result(results: &[Came]) -> String {
    durations(Object::new(), results.iter().collect(), [("p50S", 50), ("p99S", 99)])
}

/// The same of each engine and task, the one of the latest result first.
fn similar(results: &[Came]) -> Vec<String> {
    let mut told: Vec<&Came> = Vec::new();
    let is_like = |one: &Came, other: &Came| one.engine == other.engine && one.task == other.task;
    for came in results {
        if !told.iter().any(|known| is_like(known, came)) {
            told.push(came);
        }
    }
    let each = |first: &&Came| {
        let object = Object::new().text("engine", &first.engine).text("task", &first.task);
        durations(object, results.iter().filter(|came| is_like(first, came)).collect(), [("p10S", 10), ("p90S", 90)])
    };
    told.iter().map(each).collect()
}

/// How many there are, and what so many percent of them take at most, in seconds; a job whose submit nobody told is left out.
fn durations(object: Object, results: Vec<&Came>, percentiles: [(&str, usize); 2]) -> String {
    let taken = |came: &Came| came.submitted_ms.map(|submitted_ms| came.completed_ms.saturating_sub(submitted_ms));
    let mut taken_ms: Vec<u64> = results.into_iter().filter_map(taken).collect();
    taken_ms.sort_unstable();
    let at = |percent| percentile(&taken_ms, percent).map(|ms| ms.div_ceil(1_000));
    let object = object.number("count", taken_ms.len() as u64);
    percentiles.into_iter().fold(object, |object, (name, percent)| object.optional_number(name, at(percent))).write()
}

/// The least value that so many percent of all do not exceed.
fn percentile(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// How the latest results came.
fn via(results: &[Came]) -> String {
    let count = |via: Via| results.iter().filter(|came| came.via == via.name()).count() as u64;
    Via::ALL.into_iter().fold(Object::new(), |object, via| object.number(via.name(), count(via))).write()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_there() {
        let hundred: Vec<u64> = (1..=100).collect();
        assert_eq!((percentile(&hundred, 50), percentile(&hundred, 99)), (Some(50), Some(99)));
        assert_eq!((percentile(&[7], 50), percentile(&[7], 99), percentile(&[], 50)), (Some(7), Some(7), None));
        assert_eq!((percentile(&[1, 2, 3], 50), percentile(&[1, 2, 3], 99)), (Some(2), Some(3)));
    }

    #[test]
    fn the_time_to_a_result_is_told_of_those_that_were_submitted() {
        let came = |submitted_ms| Came {
            completed_ms: 9_000,
            submitted_ms,
            via: "status".into(),
            task: "punctuate".into(),
            engine: "a".into(),
        };
        let results = [came(Some(2_500)), came(None), came(Some(99_000)), came(Some(1_000))];
        assert_eq!(submit_to_result(&results), r#"{"count":3,"p50S":7,"p99S":8}"#);
        assert_eq!(via(&results), r#"{"callback":0,"status":4}"#);
        assert_eq!(submit_to_result(&[]), r#"{"count":0}"#);
        let other = Came { engine: "b".into(), ..came(Some(8_000)) };
        let each = similar(&[&results[..], &[other]].concat());
        assert_eq!(
            each,
            [
                r#"{"engine":"a","task":"punctuate","count":3,"p10S":0,"p90S":8}"#,
                r#"{"engine":"b","task":"punctuate","count":1,"p10S":1,"p90S":1}"#,
            ]
        );
    }
}
