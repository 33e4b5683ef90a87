//! The room's tests, by what they ask; what they all use stands here.

mod claims;
mod finding;
mod talk;
mod utterances;

use super::*;
use alloc::borrow::ToOwned;

/// A word of so many milliseconds' start and end, and whose it is.
fn word(written: &str, start_ms: u64, end_ms: u64, speaker: Option<u16>) -> Word {
    Word { spoken: spoken(written), written: written.to_owned(), start_ms, end_ms, confidence: None, speaker }
}

/// Words one after the other, 300 ms each and 100 ms apart.
fn words(text: &str, start_ms: u64, speaker: Option<u16>) -> Vec<Word> {
    let starts = (0..).map(|at| start_ms + at * 400);
    text.split_whitespace().zip(starts).map(|(text, start_ms)| word(text, start_ms, start_ms + 300, speaker)).collect()
}

fn speech(speakers: &[&str], words: Vec<Word>) -> Speech {
    Speech { speakers: speakers.iter().map(|id| (*id).to_owned()).collect(), words, ..Speech::default() }
}

fn turn(text: &str, start_ms: u64, end_ms: u64, speaker: Option<u16>) -> Turn {
    Turn { speaker, start_ms, end_ms, text: text.to_owned(), confidence: None }
}

/// Passages of nothing but text, by one speaker after the other.
fn passages<'a>(texts: &[&'a str]) -> Vec<Passage<'a>> {
    (0..).zip(texts).map(|(speaker, text)| Passage::of_text(text, Some(speaker), None, None)).collect()
}
