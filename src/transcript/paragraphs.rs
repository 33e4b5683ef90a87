//! Bare words as utterances: divided where the speaker changes, and where nobody speaks for a while.

use super::belief::{doubt_utterances, doubt_words};
use super::beside::{Beside, Line};
use super::letters::has_words;
use super::node::{Span, Spoken, Utterance};
use super::order::moved;
use super::respell::{Written, respell};
use super::sequence::{in_order, places};
use alloc::vec;
use alloc::vec::Vec;

/// After so long a silence a new paragraph begins.
const PAUSE_MS: u64 = 2000;
/// So many words in a row without a speaker are their neighbours'.
const MAX_UNASSIGNED: usize = 3;

/// Paragraphs in the order of time, in the transcript's spelling as far as that says the same; no word is lost.
pub(super) fn paragraphs<'a>(mut words: Vec<Spoken<'a>>, transcript: &'a str) -> Vec<Utterance<'a>> {
    if !words.iter().any(|word| has_words(word.text)) {
        let untimed = Utterance { speaker: None, span: Span::default(), text: transcript.into(), words: Vec::new() };
        return if has_words(transcript) { vec![untimed] } else { Vec::new() };
    }
    assign(&mut words);
    doubt_words(&mut words);
    let mut runs = runs(words);
    doubt_utterances(&mut runs);
    let written = Written::of(transcript);
    let mut beside = Beside::lay(&written.line, &line(runs.iter()));
    let places = places(&runs);
    if !places.is_sorted() {
        // A transcript of two channels follows the list of words, or the time.
        let in_time = Beside::lay(&written.line, &line(places.iter().map(|place| &runs[*place])));
        if in_time.same > beside.same {
            runs = moved(runs, &places);
            beside = in_time;
        }
    }
    respell(&mut runs, &written, &beside);
    runs.retain(|run| has_words(&run.text));
    in_order(runs)
}

/// Gives a few words without a speaker that of the words around them, where it is the same on both sides.
fn assign(words: &mut [Spoken<'_>]) {
    let mut at = 0;
    while at < words.len() {
        let count = words[at..].iter().take_while(|word| word.speaker.is_none()).count();
        let (before, rest) = words.split_at_mut(at);
        let (nobodys, after) = rest.split_at_mut(count);
        let speaker = match (before.last(), after.first()) {
            (Some(before), Some(after)) => before.speaker.as_ref().filter(|speaker| Some(*speaker) == after.speaker.as_ref()),
            (one, other) => one.or(other).and_then(|word| word.speaker.as_ref()),
        };
        for word in nobodys.iter_mut().filter(|_| count <= MAX_UNASSIGNED) {
            word.speaker = speaker.cloned();
        }
        at += count + 1;
    }
}

fn line<'a>(runs: impl Iterator<Item = &'a Utterance<'a>>) -> Line {
    let mut line = Line::default();
    runs.flat_map(|run| &run.words).for_each(|word| _ = line.push(word.text));
    line
}

/// What one speaker says without a longer pause, and without a step back in time.
fn runs(words: Vec<Spoken<'_>>) -> Vec<Utterance<'_>> {
    let mut runs: Vec<Utterance<'_>> = Vec::new();
    let mut before = Span::default();
    for word in words {
        let Span { start_ms, end_ms } = word.span;
        let begins = start_ms.is_some_and(|start_ms| {
            let paused_ms = start_ms.saturating_sub(before.end_ms.unwrap_or(start_ms));
            Some(start_ms) < before.start_ms || paused_ms >= PAUSE_MS
        });
        before = Span { start_ms: start_ms.or(before.start_ms), end_ms: end_ms.or(start_ms).or(before.end_ms) };
        match runs.last_mut() {
            Some(run) if run.speaker == word.speaker && !begins => run.words.push(word),
            _ => {
                runs.push(Utterance { speaker: word.speaker.clone(), span: Span::default(), text: "".into(), words: vec![word] })
            }
        }
    }
    runs
}
