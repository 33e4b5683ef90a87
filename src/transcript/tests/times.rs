//! Times that contradict each other: one that its neighbours contradict counts as missing, the others stay.

use super::read;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// `word start-end`, times in milliseconds and each of them optional, as an entry under that key.
fn entry(key: &str, said: &str) -> Value {
    let (said, speaker) = said.split_once(" @").map_or((said, None), |(said, speaker)| (said, Some(speaker)));
    let (text, times) = said.rsplit_once(' ').unwrap();
    let seconds = |ms: &str| ms.parse::<f64>().map_or(Value::Null, |ms| json!(ms / 1000.0));
    let (start, end) = times.split_once('~').unwrap();
    json!({key: text, "start": seconds(start), "end": seconds(end), "speakerId": speaker})
}

/// A result of bare words: `good 0~400 | day 500~900 @1`.
fn words(said: &str) -> String {
    let words: Vec<Value> = said.split(" | ").map(|word| entry("word", word)).collect();
    json!({"words": words}).to_string()
}

/// A result of utterances, timed words behind a colon: `Good day. 0~900 @1: good 0~400 | day 500~900`, one a line.
fn utterances(said: &str) -> String {
    let utterance = |line: &str| {
        let (said, words) = line.trim().split_once(": ").map_or((line.trim(), None), |(said, words)| (said, Some(words)));
        let mut utterance = entry("text", said);
        let timings = words.into_iter().flat_map(|words| words.split(" | ")).map(|word| entry("word", word));
        utterance["wordTimings"] = timings.collect();
        utterance
    };
    json!({"utterances": said.trim().lines().map(utterance).collect::<Vec<_>>()}).to_string()
}

/// The words as they are read, in the same form; `/` between two segments.
fn heard(body: &str) -> String {
    let mut out = String::new();
    for segment in &read(body).segments {
        out.push_str(if out.is_empty() { "" } else { " / " });
        for (index, word) in segment.words.iter().enumerate() {
            let between = if index > 0 { " | " } else { "" };
            write!(out, "{between}{} {}~{}", word.text, word.start_ms, word.end_ms).unwrap();
        }
    }
    out
}

/// When each utterance is said, in the order of the result.
fn spans(said: &str) -> Vec<(String, u64, u64)> {
    let transcript = read(&utterances(said));
    transcript.segments.iter().map(|segment| (segment.text(), segment.start_ms, segment.end_ms)).collect()
}

fn assert_heard(table: &[(&str, &str)]) {
    for (said, expected) in table {
        assert_eq!(heard(&words(said)), *expected, "{said}");
    }
}

#[test]
fn a_start_that_its_neighbours_contradict_is_missing() {
    assert_heard(&[
        (
            "open 1000~1300 | the 5000000~5000200 | window 1600~2100 | please 2200~2600",
            "open 1000~1300 | the 1300~1600 | window 1600~2100 | please 2200~2600",
        ),
        (
            "open 1000~1300 | the 0~0 | window 1600~2100 | now 2200~2600",
            "open 1000~1300 | the 1300~1600 | window 1600~2100 | now 2200~2600",
        ),
        ("open 90000~90300 | the 1400~1500 | window 1600~2100", "open 1120~1400 | the 1400~1500 | window 1600~2100"),
        ("open 1000~1300 | the 1400~1500 | window 200~300", "open 1000~1300 | the 1400~1500 | window 1500~1920"),
        (
            "so 1000~1300 | open 9000000~9000100 | the 1600~1700 | big 8000000~8000100 | window 2200~2600 | now 2700~3000",
            "so 1000~1300 | open 1300~1600 | the 1600~1700 | big 1700~2200 | window 2200~2600 | now 2700~3000",
        ),
        (
            "so 1000~1300 | open 70000~70100 | the 70200~70300 | window 2000~2600 | now 2700~3000 | please 3000~3500",
            "so 1000~1300 | open 1300~1700 | the 1700~2000 | window 2000~2600 | now 2700~3000 | please 3000~3500",
        ),
        ("a 1000~1300 | b 1500~1700 | c 1480~1900 | d 2000~2100", "a 1000~1300 | b 1300~1480 | c 1480~1900 | d 2000~2100"),
    ]);
}

#[test]
fn a_start_within_the_recording_is_missing_where_its_speaker_says_something_else() {
    let count = |at: usize| format!("w{at} {}~{}", at * 400, at * 400 + 300);
    let said: Vec<String> = (0..40).map(|at| if at == 5 { "oops 10050~10250".to_owned() } else { count(at) }).collect();
    let expected: Vec<String> = (0..40).map(|at| if at == 5 { "oops 1900~2400".to_owned() } else { count(at) }).collect();
    assert_eq!(heard(&words(&said.join(" | "))), expected.join(" | "));
}

#[test]
fn a_last_word_that_hours_part_from_the_rest_belongs_to_the_rest() {
    let said = "open 1000~1300 | the 1400~1500 | window 1600~2100 | now 9000000~9000300";
    assert!(heard(&words(said)).ends_with("window 1600~2100 | now 2100~2310"), "{}", heard(&words(said)));
}

#[test]
fn a_real_silence_of_hours_stays() {
    assert_heard(&[(
        "hold 1000~1300 | on 1400~1500 | hello 4000000~4000300 | again 4000400~4000900",
        "hold 1000~1300 | on 1400~1500 / hello 4000000~4000300 | again 4000400~4000900",
    )]);
    let said = "Hold on. 0~900\nHello? 4000000~4000300";
    assert_eq!(spans(said)[1], ("Hello?".into(), 4_000_000, 4_000_300));
}

#[test]
fn an_end_that_cannot_be_is_missing() {
    assert_heard(&[
        ("open 1000~7000000 | the 1400~1500 | window 1600~2100", "open 1000~1400 | the 1400~1500 | window 1600~2100"),
        ("open 1000~1200 | the 1400~1500 | window 1600~7000000", "open 1000~1200 | the 1400~1500 | window 1600~2020"),
        ("open 1000~2500 | the 1400~1700 | window 1600~2100", "open 1000~1400 | the 1400~1600 | window 1600~2100"),
        ("so 1000~1300 | anyway 1400~9800 | yes 9900~10300", "so 1000~1300 | anyway 1400~9800 | yes 9900~10300"),
        ("so 1000~ | there 1500~ | now 60000~", "so 1000~1500 | there 1500~1850 / now 60000~60210"),
    ]);
}

#[test]
fn an_utterances_start_that_the_others_or_its_words_contradict_is_missing() {
    let alone = "Who is there? 0~2000 @0\nOnly me. 7200000~4000 @1\nCome in. 4500~6000 @0";
    assert_eq!(spans(alone)[1], ("Only me.".into(), 2000, 4000));
    let last = "Who is there? 0~2000 @0\nOnly me. 7200000~4000 @1";
    assert_eq!(spans(last)[1], ("Only me.".into(), 2000, 4000));
    let both = "Who is there? 0~2000 @0\nOnly me. 7200000~7202000 @1\nCome in. 4500~6000 @0";
    assert_eq!(spans(both)[1], ("Only me.".into(), 2000, 2420));
    let words = "Who is there? 0~2000\nOnly me. 7200000~7202000: only 2200~2600 | me 2700~3000\nCome in. 4500~6000";
    assert_eq!(spans(words)[1], ("Only me.".into(), 2200, 3000));
    let endless = "Who is there? 0~7200000 @0\nOnly me. 3000~4000 @1";
    assert_eq!(spans(endless)[0], ("Who is there?".into(), 0, 700));
}

#[test]
fn a_word_outside_its_utterance_has_no_time() {
    let last = utterances("Open the door. 1000~3000: open 1000~1300 | the 1400~1500 | door 900000~900400");
    assert_eq!(heard(&last), "Open 1000~1300 | the 1400~1500 | door. 1500~3000");
    let zeros = utterances("Open the door. 10000~12000: open 0~0 | the 0~0 | door 0~0");
    assert_eq!(heard(&zeros), "Open 10000~10727 | the 10727~11272 | door. 11272~12000");
}

#[test]
fn times_that_stand_still_are_estimated() {
    assert_heard(&[
        ("can 0~0 | you 0~0 | hear 0~0 | me 0~0", "can 0~210 | you 210~420 | hear 420~700 | me 700~840"),
        ("can 5000~5000 | you 5000~5000 | hear 5000~5000", "can 5000~5210 | you 5210~5420 | hear 5420~5700"),
        ("can 0~0 @a | you 0~0 @a | hear 0~0 @b | me 0~0 @b", "can 0~210 | you 210~420 / hear 420~700 | me 700~840"),
        ("a 1000~1600 | lot 1000~1600 | more 1700~1900", "a 1000~1150 | lot 1150~1600 | more 1700~1900"),
    ]);
    let all = "Can you hear me? 0~0 @0\nYes. 0~0 @1\nGood. 0~0 @0";
    assert_eq!(spans(all), [("Can you hear me?".into(), 0, 840), ("Yes.".into(), 840, 1050), ("Good.".into(), 1050, 1330)]);
    let two = "Can you hear me? 0~0 @0\nYes. 0~0 @1\nGood. 600~1000 @0";
    assert_eq!(spans(two)[..2], [("Can you hear me?".into(), 0, 480), ("Yes.".into(), 480, 600)]);
    let one = "Can you hear me? 3000~3000 @0\nYes. 9000~9500 @1";
    assert_eq!(spans(one)[0], ("Can you hear me?".into(), 3000, 3840));
}

#[test]
fn negative_times_are_the_beginning() {
    assert_heard(&[
        ("open -20~400 | up 2000~2500", "open 0~400 | up 2000~2500"),
        ("open -90000~-2 | up 2000~", "open 0~280 / up 2000~2140"),
    ]);
}

#[test]
fn channels_that_were_listed_one_after_the_other_are_put_in_order() {
    let said = "Who is it? 0~2000 @0\nFine. 6000~8000 @0\nOnly me, and you? 2500~4000 @1";
    let texts: Vec<String> = spans(said).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(texts, ["Who is it?", "Only me, and you?", "Fine."]);
    let untimed = "Who is it? 0~2000 @0\nHm? ~ @0\nFine. 6000~8000 @0\nOnly me. 2500~4000 @1";
    let texts: Vec<String> = spans(untimed).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(texts, ["Who is it?", "Hm?", "Only me.", "Fine."]);
    let expected = "who 0~300 | is 400~500 | it 600~900 / only 2500~2900 | me 3000~3200 / fine 6000~6400";
    let bare = "who 0~300 | is 400~500 | it 600~900 | fine 6000~6400 | only 2500~2900 | me 3000~3200";
    let with_speakers = "who 0~300 @0 | is 400~500 @0 | it 600~900 @0 | fine 6000~6400 @0 | only 2500~2900 @1 | me 3000~3200 @1";
    assert_heard(&[(bare, expected), (with_speakers, expected)]);
    let channel = |shift: u64| (0..30).map(move |at| format!("w{at} {}~{}", at * 3000 + shift, at * 3000 + shift + 400));
    let two: Vec<String> = channel(0).chain(channel(1500)).collect();
    let read = read(&words(&two.join(" | ")));
    assert!(read.segments.windows(2).all(|pair| pair[1].start_ms - pair[0].start_ms == 1500) && read.segments.len() == 60);
}

#[test]
fn timed_words_out_of_order_are_put_in_order() {
    let body = utterances("How are you? 0~2000: are 500~900 | how 0~400 | you 1000~1400");
    assert_eq!(heard(&body), "How 0~400 | are 500~900 | you? 1000~1400");
    assert_eq!(heard(&body.replace("How are you?", "")), "how 0~400 | are 500~900 | you 1000~1400");
}
