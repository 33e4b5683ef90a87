//! Every state with every event, held against `table.txt`, where each outcome is written down.

use crate::shell::{DAY, HOUR, MINUTE, SECOND, START, error, new, said, stored};
use ringcentral_ai::lifecycle::{Effect, Event, Fate, Outcome, Record, Said, State, Terms, Via, transition};
use std::collections::BTreeSet;
use std::fmt::Write;

/// The time in the table.
const NOW: u64 = START + 2 * HOUR;
/// When each job is due.
const DUE: u64 = NOW - SECOND;
const TABLE: &str = include_str!("table.txt");
const ROOM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lifecycle/");

/// A job in each state, and in those of its states that the rules tell apart.
fn places() -> Vec<(String, Option<Record>)> {
    let mut places = vec![("none".to_owned(), None)];
    for state in State::ALL {
        let record = job(state);
        let again = |record: &Record| Record { unanswered: 1, ..record.clone() };
        let seen = Record { engine_job_id: None, submitted_ms: None, ..record.clone() };
        let unnamed = Record { engine_job_id: None, ..record.clone() };
        let claimed = Record { engine_job_id: Some("rc-9".into()), ..record.clone() };
        let asked = Record { asks: 1, ..claimed.clone() };
        let bound = Record { engine_job_id: Some("rc-1".into()), submitted_ms: Some(START), ..record.clone() };
        let variants = match state {
            State::Reserved => vec![("reserved-bound", bound)],
            State::Queued => vec![("queued-again", again(&record)), ("tried", Record { tries: 2_884, ..record.clone() })],
            State::Unconfirmed => vec![("unconfirmed-again", again(&record)), ("claimed", claimed), ("asked", asked)],
            State::Submitted => {
                let awaited = Record { terms: Terms { makes: true, ..record.terms }, ..record.clone() };
                let making = Record { said_key: Some("result".into()), via: Some(Via::Callback), asks: 1, ..awaited.clone() };
                let stuck = Record { asks: 6, ..making.clone() };
                let seen_again = again(&seen);
                let of_making = [("awaited", awaited), ("making", making), ("stuck", stuck)];
                [("unnamed", unnamed), ("seen-again", seen_again), ("seen", seen)].into_iter().chain(of_making).collect()
            }
            State::Failed => vec![("failed-unsent", Record { result_key: None, ..record.clone() })],
            State::Succeeded | State::Expired => vec![],
        };
        places.push((state.name().to_owned(), Some(record)));
        places.extend(variants.into_iter().map(|(name, record)| (name.to_owned(), Some(record))));
    }
    places
}

fn job(state: State) -> Record {
    let is_reserved = state == State::Reserved;
    let (created, _) = transition(None, Event::Created(new(is_reserved)), START);
    let mut record = Record { state, due_ms: DUE, ..created.unwrap() };
    if !is_reserved {
        record.attempt = 2;
        record.sent_ms = Some(NOW - 45 * MINUTE);
    }
    match state {
        State::Reserved | State::Queued | State::Unconfirmed => {}
        State::Submitted => {
            record.engine_job_id = Some("rc-2".into());
            record.submitted_ms = record.sent_ms;
        }
        State::Succeeded => record.result_key = Some("result".into()),
        State::Failed => {
            record.error = Some(error("ringcentral_job_failed"));
            record.result_key = Some("result".into());
        }
        State::Expired => record.error = Some(error("expired")),
    }
    record
}

/// Each event in the forms that the rules tell apart, for a job at such an attempt, and when it happens.
fn events(attempt: u32) -> Vec<(&'static str, Event, u64)> {
    let says = |id: Option<&str>, outcome| Said { stored: Some(stored("key", NOW)), ..said(id, outcome) };
    let result = || says(None, Outcome::Succeeded);
    let failure =
        || Said { completed_ms: Some(NOW - MINUTE), ..says(Some("rc-9"), Outcome::Failed(error("ringcentral_job_failed"))) };
    let running = || says(Some("rc-9"), Outcome::Running);
    let another_task = || Said { task: Some("summarize".into()), ..result() };
    let its_task = || Said { task: Some("speech-to-text".into()), ..says(Some("RC-2"), Outcome::Succeeded) };
    let not_stored = || said(Some("rc-9"), Outcome::Succeeded);
    let own_key = || Said { stored: Some(stored("result", NOW)), ..result() };
    let delivered = |attempt, said| Event::Delivered { attempt, said };
    let unreadable = |attempt, stored| Event::Unreadable { attempt, reason: "it is empty".into(), stored };
    let accepted = |attempt, id: Option<&str>| Event::Accepted { attempt, engine_job_id: id.map(Into::into) };
    let bound = |id: &str| Event::Bound { engine_job_id: id.into() };
    let put_off = || Event::PutOff { error: error("ringcentral_unavailable") };
    vec![
        ("Created", Event::Created(new(false)), NOW),
        ("Created reserved", Event::Created(new(true)), NOW),
        ("TurnCame", Event::TurnCame, NOW),
        ("Sending the next attempt", Event::Sending { attempt: attempt + 1 }, NOW),
        ("Sending the latest attempt", Event::Sending { attempt }, NOW),
        ("Sending an attempt too far", Event::Sending { attempt: attempt + 2 }, NOW),
        ("SentBack", Event::SentBack, NOW),
        ("PutOff", put_off(), NOW),
        ("Refused", Event::Refused { error: error("ringcentral_refused") }, NOW),
        ("AnswerLost", Event::AnswerLost { may_come: true }, NOW),
        ("AnswerLost where nothing comes", Event::AnswerLost { may_come: false }, NOW),
        ("Accepted", accepted(attempt, Some("rc-9")), NOW),
        ("Accepted without an id", accepted(attempt, None), NOW),
        ("Accepted of an earlier attempt", accepted(attempt.saturating_sub(1), Some("rc-9")), NOW),
        ("Accepted of no attempt", accepted(attempt + 1, Some("rc-9")), NOW),
        ("Delivered a result", delivered(attempt, result()), NOW),
        ("Delivered a result of its task and id", delivered(attempt, its_task()), NOW),
        ("Delivered a failure", delivered(attempt, failure()), NOW),
        ("Delivered an earlier attempt's failure", delivered(attempt.saturating_sub(1), failure()), NOW),
        ("Delivered that it runs", delivered(attempt, running()), NOW),
        ("Delivered that an earlier attempt runs", delivered(attempt.saturating_sub(1), running()), NOW),
        ("Delivered what is not stored", delivered(attempt, not_stored()), NOW),
        ("Delivered to no attempt", delivered(attempt + 1, result()), NOW),
        ("Delivered another task", delivered(attempt, another_task()), NOW),
        ("Delivered the result's own key", delivered(attempt, own_key()), NOW),
        ("Delivered that it has ended", delivered(attempt, says(Some("rc-9"), Outcome::Ended)), NOW),
        ("Offered", Event::Offered { attempt }, NOW),
        ("Unreadable", unreadable(attempt, Some(stored("key", NOW))), NOW),
        ("Unreadable of an earlier attempt", unreadable(attempt.saturating_sub(1), Some(stored("key", NOW))), NOW),
        ("Unreadable and not stored", unreadable(attempt, None), NOW),
        ("StatusSaid a result", Event::StatusSaid(result()), NOW),
        ("StatusSaid another's failure", Event::StatusSaid(failure()), NOW),
        ("StatusSaid that it runs", Event::StatusSaid(said(None, Outcome::Running)), NOW),
        ("StatusSaid what is not stored", Event::StatusSaid(said(None, Outcome::Succeeded)), NOW),
        ("StatusFailed", Event::StatusFailed, NOW),
        ("StatusDenied", Event::StatusDenied { engine_job_id: "RC-9".into() }, NOW),
        ("StatusDenied of what was claimed before", Event::StatusDenied { engine_job_id: "rc-8".into() }, NOW),
        ("Bound", bound("rc-9"), NOW),
        ("Bound to the same", bound("RC-1"), NOW),
        ("MediaFetched", Event::MediaFetched { attempt }, NOW),
        ("MediaFetched of an earlier attempt", Event::MediaFetched { attempt: attempt.saturating_sub(1) }, NOW),
        ("News", Event::News, NOW),
        ("Made", Event::Made { stored: stored("key", NOW) }, NOW),
        ("NotMade", Event::NotMade { error: error("engine_job_failed") }, NOW),
        ("Deleted", Event::Deleted, NOW),
        ("TimeCame", Event::TimeCame, NOW),
        ("TimeCame too early", Event::TimeCame, DUE - 1),
        ("TimeCame after a week", Event::TimeCame, START + 8 * DAY),
    ]
}

/// What becomes of a job, as the table has it: `=` for the same record, else what is another, then the effects.
fn outcome(before: Option<&Record>, event: Event, now_ms: u64) -> String {
    let (after, effects) = transition(before.cloned(), event, now_ms);
    let mut text = match (before, &after) {
        (None, None) => "=".to_owned(),
        (Some(before), Some(after)) if before == after => "=".to_owned(),
        (_, None) => "gone".to_owned(),
        (before, Some(after)) => changes(before, after, now_ms),
    };
    for (at, effect) in effects.iter().enumerate() {
        write!(text, "{}{}", if at == 0 { " -> " } else { ", " }, written(effect)).unwrap();
    }
    text
}

fn written(effect: &Effect) -> String {
    match effect {
        Effect::Submit { attempt } => format!("Submit {attempt}"),
        Effect::AskStatus { engine_job_id } => format!("AskStatus {engine_job_id}"),
        Effect::Make { said_key } => format!("Make of {said_key}"),
        Effect::Keep { key } => format!("Keep {key}"),
        Effect::DropKey { key } => format!("DropKey {key}"),
        Effect::SetAside { key, dead_key } => format!("SetAside {key} as {dead_key}"),
        Effect::Refuse { reason, .. } => format!("Refuse ({reason})"),
        plain => format!("{plain:?}"),
    }
}

/// The fields that are others than before; of a new job, all that is set.
fn changes(before: Option<&Record>, after: &Record, now_ms: u64) -> String {
    let fields = |record: &Record| -> Vec<String> {
        let number = |name: &str, number: u32| if number == 0 { format!("no-{name}") } else { format!("{name}={number}") };
        let time = |name: &str, ms: Option<u64>| ms.map_or(format!("no-{name}"), |ms| format!("{name}={}", ago(ms, now_ms)));
        let text = |name: &str, text: Option<&str>| text.map_or(format!("no-{name}"), |text| format!("{name}={text}"));
        vec![
            record.state.name().to_owned(),
            number("attempt", record.attempt),
            number("tries", record.tries),
            number("unanswered", record.unanswered),
            number("asks", record.asks),
            text("id", record.engine_job_id.as_deref()),
            time("sent", record.sent_ms),
            time("submitted", record.submitted_ms),
            time("completed", record.completed_ms),
            time("due", Some(record.due_ms)),
            time("retained", Some(record.retained_until_ms)),
            text("via", record.via.map(Via::name)),
            text("error", record.error.as_ref().map(|error| error.code.as_str())),
            text("result", record.result_key.as_deref()),
            text("said", record.said_key.as_deref()),
            text("noted", record.deliveries.last().map(|noted| noted.fate.name())),
        ]
    };
    let old = before.map_or(Vec::new(), fields);
    let mut changed = fields(after);
    changed.retain(|field| !old.contains(field) && (before.is_some() || !field.starts_with("no-")));
    changed.join(" ")
}

/// A time as it is read in the table.
fn ago(ms: u64, now_ms: u64) -> String {
    let (sign, distance) = if ms < now_ms { ("-", now_ms - ms) } else { ("+", ms - now_ms) };
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (SECOND, "s")];
    let mut text = format!("now{sign}");
    let mut rest = distance;
    for (unit, name) in units {
        if rest >= unit {
            write!(text, "{}{name}", rest / unit).unwrap();
            rest %= unit;
        }
    }
    if distance == 0 { "now".to_owned() } else { text }
}

/// The outcome that the table has for a job in such a place.
fn expected<'a>(event: &str, place: &str) -> Option<&'a str> {
    let (_, section) = TABLE.split_once(&format!("\n{event}\n"))?;
    let lines = section.lines().take_while(|line| line.starts_with("  "));
    let mut found = lines.filter_map(|line| {
        let (places, outcome) = line.split_once(": ")?;
        places.split_whitespace().any(|name| name == place).then_some(outcome)
    });
    let outcome = found.next();
    assert_eq!(found.next(), None, "{event}, {place}: two lines");
    outcome
}

#[test]
fn each_event_does_in_each_state_what_the_table_says() {
    let mut wrong = Vec::new();
    for (place, record) in places() {
        for (name, event, now_ms) in events(record.as_ref().map_or(0, |record| record.attempt)) {
            let outcome = outcome(record.as_ref(), event, now_ms);
            if expected(name, &place) != Some(&outcome) {
                wrong.push(format!("{name}\n  {place}: {outcome}"));
            }
        }
    }
    assert!(wrong.is_empty(), "not so in the table:\n{}", wrong.join("\n"));
}

/// The variants of an enum as they stand in its file.
fn variants(file: &str, name: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string([ROOM, file].concat()).unwrap();
    let (_, body) = text.split_once(&format!("pub enum {name} {{\n")).unwrap();
    let lines = body.split("\n}").next().unwrap().lines().filter_map(|line| line.strip_prefix("    "));
    let names = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    names.map(|line| line.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()).collect()
}

#[test]
fn the_table_leaves_out_no_event_and_no_state() {
    let first_word = |name: &str| name.split(' ').next().unwrap().to_owned();
    let told: BTreeSet<String> = events(1).iter().map(|(name, ..)| first_word(name)).collect();
    assert_eq!(told, variants("event.rs", "Event"));
    for (name, event, _) in events(1) {
        assert!(format!("{event:?}").starts_with(&first_word(name)), "{name}");
    }
    let states: BTreeSet<String> = State::ALL.iter().map(|state| format!("{state:?}")).collect();
    assert_eq!(states, variants("state.rs", "State"));
    let names: BTreeSet<&str> = TABLE.lines().skip(1).filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase())).collect();
    assert_eq!(names, events(1).into_iter().map(|(name, ..)| name).collect());
}

#[test]
fn a_state_and_a_way_are_found_by_their_names() {
    let names = State::ALL.map(State::name);
    assert_eq!(names, ["reserved", "queued", "unconfirmed", "submitted", "succeeded", "failed", "expired"]);
    assert!(State::ALL.into_iter().all(|state| State::named(state.name()) == Some(state)));
    assert_eq!(Via::ALL.map(Via::name), ["callback", "status"]);
    assert!(Via::ALL.into_iter().all(|via| Via::named(via.name()) == Some(via)));
    assert_eq!(Fate::ALL.map(Fate::name), ["result", "running", "duplicate", "foreign", "unproved", "unreadable"]);
    assert!(Fate::ALL.into_iter().all(|fate| Fate::named(fate.name()) == Some(fate)));
    assert_eq!((State::named("Queued"), Via::named(""), Fate::named("Result")), (None, None, None));
}
