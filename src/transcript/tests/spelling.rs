//! A transcript and its words that differ: only where they do the words' own spelling stands.

use super::{read, text};
use serde_json::{Value, json};

/// Words said one a second, and the transcript that goes with them.
fn body(words: &str, transcript: &str) -> String {
    let word = |(at, word): (usize, &str)| json!({"word": word, "start": at, "end": format!("{at}.5")});
    json!({"words": words.split(' ').enumerate().map(word).collect::<Vec<Value>>(), "transcript": transcript}).to_string()
}

fn assert_written(table: &[(&str, &str, &str)]) {
    for (words, transcript, expected) in table {
        assert_eq!(text(&body(words, transcript)), format!("{expected}\n"), "{words}");
    }
}

#[test]
fn a_word_that_differs_falls_back_alone() {
    assert_written(&[
        ("ok here it is do you see it", "Okay, here it is. Do you see it?", "ok here it is. Do you see it?"),
        ("here it is do you sea it", "Here it is. Do you see it?", "Here it is. Do you sea it?"),
        ("here it was do yu see it now", "Here it is. Do you see it now?", "Here it was Do yu see it now?"),
        ("here it is uh do you see it", "Here it is. Do you see it?", "Here it is. uh Do you see it?"),
        ("here it is do you see it", "Well, here it is. And do you see it? Yes!", "Well, here it is. And do you see it? Yes!"),
        ("no no no five no no", "No, no, no, 5! No, no.", "No, no, no, five No, no."),
    ]);
}

#[test]
fn case_and_accents_do_not_differ() {
    assert_written(&[
        ("élodie rang she hung up", "E\u{301}lodie rang. She hung up.", "E\u{301}lodie rang. She hung up."),
        ("où est noël", "OÙ est Noe\u{308}l ?", "OÙ est Noe\u{308}l ?"),
        ("straße in łódź", "Straße in Łódź.", "Straße in Łódź."),
        ("это да", "Это… Да!", "Это… Да!"),
    ]);
}

#[test]
fn a_long_text_is_followed_over_many_differences() {
    let said = |at: usize| if at % 40 == 20 { format!("odd{at}") } else { format!("w{}", at % 1999) };
    let written = |at: usize| if at % 40 == 20 { format!("Other{at},") } else { format!("W{}.", at % 1999) };
    let words: Vec<String> = (0..4000).map(said).collect();
    // A whole minute is missing from the transcript, and another one from the words.
    let transcript: Vec<String> = (0..1000).chain(1100..4100).map(written).collect();
    let found = text(&body(&words.join(" "), &transcript.join(" ")));
    let fallen = found.split_whitespace().filter(|word| !word.ends_with('.')).count();
    assert!(found.split_whitespace().count() >= 4100 && fallen <= 100 + 102, "{fallen}");
}

/// When each word of an utterance begins and ends, that was said one word a second.
fn times(text: &str, words: &str) -> Vec<(String, u64, u64)> {
    let word = |(at, word): (usize, &str)| json!({"word": word, "start": at, "end": format!("{at}.9")});
    let timings: Vec<Value> = words.split(' ').enumerate().map(word).collect();
    let utterance = json!({"text": text, "start": 0, "end": timings.len(), "wordTimings": timings});
    let transcript = read(&json!({"utterances": [utterance]}).to_string());
    transcript.segments[0].words.iter().map(|word| (word.text.clone(), word.start_ms, word.end_ms)).collect()
}

#[test]
fn a_number_in_digits_takes_the_time_of_its_words() {
    let found = times("That is $2,450. Is it too much?", "that is two thousand four hundred fifty dollars is it too much");
    assert_eq!(found[2..4], [("$2,450.".into(), 2000, 7900), ("Is".into(), 8000, 8900)]);
    let ends = times("20% of 350", "twenty percent of three hundred fifty");
    assert_eq!(ends, [("20%".into(), 0, 1900), ("of".into(), 2000, 2900), ("350".into(), 3000, 5900)]);
    let several = times("It is $5, is it? It is $6, is it?", "it is five dollars is it it is six dollars is it");
    let starts: Vec<u64> = several.iter().map(|word| word.1).collect();
    assert_eq!(starts, [0, 1000, 2000, 4000, 5000, 6000, 7000, 8000, 10_000, 11_000]);
}

#[test]
fn a_word_without_a_speaker_is_its_neighbours() {
    let said = |speakers: &[Option<&str>]| {
        let word = |(at, speaker): (usize, Option<&str>)| json!({"word": at.to_string(), "speakerId": speaker, "start": at, "end": at + 1});
        text(&json!({"words": speakers.iter().copied().enumerate().map(word).collect::<Vec<Value>>()}).to_string())
    };
    let (a, b) = (Some("7"), Some("8"));
    assert_eq!(said(&[a, None, a]), "Speaker 7: 0 1 2\n");
    assert_eq!(said(&[None, a, a, Some(" \u{1}"), a, Some("")]), "Speaker 7: 0 1 2 3 4 5\n");
    assert_eq!(said(&[a, None, b]), "Speaker 7: 0\n1\nSpeaker 8: 2\n");
    assert_eq!(said(&[a, None, None, None, None, a]), "Speaker 7: 0\n1 2 3 4\nSpeaker 7: 5\n");
    assert_eq!(said(&[None, None]), "0 1\n");
    let utterance = json!({"utterances": [{"text": "Hello.", "speakerId": "\u{1}"}]});
    assert_eq!(text(&utterance.to_string()), "Hello.\n");
}
