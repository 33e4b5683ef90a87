//! Whatever a speech service may have heard.
#![allow(dead_code, missing_docs, unreachable_pub)]

use proptest::prelude::*;
use ringcentral_ai::speech::{Finding, Insight, Speech, Turn, Word, spoken};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![8 => "[a-zA-Z']{1,7}[.,?!]?", 1 => "(the|and|you|is)", 1 => "\\PC{0,6}", 1 => "[-—.…\"]{1,3}"]
}

fn texts(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(text(), 0..most).prop_map(|words| words.join(" "))
}

fn sure() -> impl Strategy<Value = Option<u16>> {
    prop::option::of(0u16..=10_000)
}

fn word() -> impl Strategy<Value = Word> {
    let times = (0u64..90_000, prop_oneof![4 => 0u64..900, 1 => Just(0), 1 => 0u64..80_000]);
    (text(), times, prop::option::of(0u16..4), sure()).prop_map(|(written, (start_ms, length_ms), speaker, confidence)| Word {
        spoken: spoken(&written),
        written,
        start_ms,
        end_ms: start_ms + length_ms,
        confidence,
        speaker,
    })
}

fn turn() -> impl Strategy<Value = Turn> {
    (texts(9), 0u64..90_000, 0u64..9_000, prop::option::of(0u16..4), sure()).prop_map(
        |(text, start_ms, length_ms, speaker, confidence)| Turn {
            speaker,
            start_ms,
            end_ms: start_ms + length_ms,
            text,
            confidence,
        },
    )
}

/// Anything: words and turns that need not fit each other, speakers that are in no list.
pub fn any_speech() -> impl Strategy<Value = Speech> {
    let parts = (prop::collection::vec(word(), 0..60), prop::collection::vec(turn(), 0..9), prop::option::of(texts(30)));
    (parts, 0usize..4, sure()).prop_map(|((words, turns, text), speakers, confidence)| {
        let speakers = ["0", "1", "2", "3"][..speakers].iter().map(|id| (*id).to_owned()).collect();
        Speech { speakers, words, turns, text, confidence, duration_ms: None }
    })
}

/// What somebody may have found in it.
pub fn any_insight() -> impl Strategy<Value = Insight> {
    let name = prop::sample::select(vec!["Topics", "KeyPhrases", "ExtractiveSummary", "AbstractiveSummaryLong", "Tasks"]);
    let time = || prop::option::of(0u64..90_000);
    let finding = (texts(5), time(), time(), prop::option::of(0u16..4), sure());
    let finding = finding.prop_map(|(value, start_ms, end_ms, speaker, confidence)| Finding {
        value,
        start_ms,
        end_ms,
        speaker,
        confidence,
    });
    (name, prop::collection::vec(finding, 0..4)).prop_map(|(name, values)| Insight { name, values })
}

/// What a service hears of people who let each other finish: each word after the one before it, with silences between.
pub fn orderly_speech() -> impl Strategy<Value = Speech> {
    let word = ("[a-zA-Z]{2,9}[.,?!]?", 100u64..700, prop_oneof![9 => 20u64..900, 1 => 900u64..6_000]);
    let turn = (0u16..3, prop::collection::vec(word, 1..25));
    prop::collection::vec(turn, 1..12).prop_map(|turns| {
        let (mut words, mut now_ms, mut speakers) = (Vec::new(), 0, Vec::new());
        for (speaker, said) in turns {
            let id = ["ann", "bob", "eve"][usize::from(speaker)].to_owned();
            let place = speakers.iter().position(|known| *known == id).unwrap_or(speakers.len());
            if place == speakers.len() {
                speakers.push(id);
            }
            for (written, length_ms, silence_ms) in said {
                now_ms += silence_ms;
                let (start_ms, end_ms, speaker) = (now_ms, now_ms + length_ms, u16::try_from(place).ok());
                words.push(Word { spoken: spoken(&written), written, start_ms, end_ms, confidence: Some(9_012), speaker });
                now_ms = end_ms;
            }
        }
        Speech { speakers, words, ..Speech::default() }
    })
}
