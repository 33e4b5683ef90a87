//! Known results, byte for byte.

mod analyzed;
mod heard;
mod texts;

use super::*;
use crate::engine::ringcentral::jobs::check_input;
use crate::json::Value;
use crate::speech::{Word, spoken};
use alloc::borrow::ToOwned;
use alloc::vec::Vec;

const ENVELOPE: Envelope<'_> = Envelope {
    job_id: "c8b1bd02-af17-11ee-93fb-0050568c76a9",
    created_ms: 1_704_822_718_422,
    completed_ms: 1_704_822_986_126,
    expires_ms: 1_705_427_518_422,
};

fn input(task: Task, json: &str) -> Input {
    check_input(task, &Value::parse(json.as_bytes()).unwrap(), "input").unwrap()
}

/// Words one after the other, 300 ms each and 100 ms apart.
fn words(text: &str, start_ms: u64, speaker: Option<u16>) -> Vec<Word> {
    let starts = (0..).map(|at| start_ms + at * 400);
    let word = |(written, start_ms): (&str, u64)| Word {
        spoken: spoken(written),
        written: written.to_owned(),
        start_ms,
        end_ms: start_ms + 300,
        confidence: Some(9_800),
        speaker,
    };
    text.split_whitespace().zip(starts).map(word).collect()
}

/// Two speakers, of whom the first asks the second.
fn call() -> Speech {
    let said = [words("Is it blue?", 0, Some(0)), words("Yes, Ann.", 2_005, Some(1))].concat();
    Speech { speakers: ["0", "1"].map(str::to_owned).into(), words: said, ..Speech::default() }
}

/// The response of a result.
fn response(task: Task, json: &str, speech: &Speech, insights: &[Insight], texts: &[&str]) -> Option<String> {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let found = Found { speech, insights, texts: &texts };
    let whole = write(task, &input(task, json), &found, &ENVELOPE)?;
    let (_, response) = whole.split_once(r#","status":"Success","response":"#).unwrap();
    Some(response.strip_suffix('}').unwrap().to_owned())
}

#[test]
fn an_envelope_says_what_ringcentrals_does() {
    let found = Found { speech: &Speech::default(), insights: &[], texts: &["So.".to_owned()] };
    let whole = write(Task::Punctuate, &input(Task::Punctuate, r#"{"texts":["so"]}"#), &found, &ENVELOPE).unwrap();
    let expected = concat!(
        r#"{"jobId":"c8b1bd02-af17-11ee-93fb-0050568c76a9","api":"/ai/text/v1/async/punctuate","#,
        r#""creationTime":"2024-01-09T17:51:58.422Z","completionTime":"2024-01-09T17:56:26.126Z","#,
        r#""expirationTime":"2024-01-16T17:51:58.422Z","status":"Success","response":{"texts":["So."]}}"#,
    );
    assert_eq!(whole, expected);
}
