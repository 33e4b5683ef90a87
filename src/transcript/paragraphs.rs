//! Bare words as utterances: divided where the speaker changes, and where nobody speaks for a while.

use super::belief::{doubt_words, in_order, settle};
use super::beside::{lay, length, push};
use super::letters::has_words;
use super::node::{Said, Times, joined};
use super::respell::respelled;
use alloc::vec;
use alloc::vec::Vec;

/// After so long a silence a new paragraph begins.
const PAUSE_MS: u64 = 2000;
/// So many words in a row without a speaker are their neighbours'.
const MAX_UNASSIGNED: usize = 3;

/// Paragraphs in the order of time, in the transcript's spelling as far as that says the same; no word is lost.
pub(super) fn paragraphs<'a>(mut words: Vec<Said<'a>>, transcript: &'a str) -> Vec<Said<'a>> {
    words.retain(|word| has_words(&word.text));
    if words.is_empty() {
        let untimed = Said { speaker: None, times: Times::default(), text: transcript.into(), words };
        return if has_words(transcript) { vec![untimed] } else { Vec::new() };
    }
    assign(&mut words);
    doubt_words(&mut words);
    let mut runs = runs(words);
    let same = respell(&mut runs, transcript, 0);
    let is_in_order = runs.is_sorted_by_key(|run| run.times.start_ms);
    in_order(&mut runs);
    if !is_in_order {
        // A transcript of two channels follows the list of words, or the time.
        respell(&mut runs, transcript, same);
    }
    runs.retain(|run| has_words(&run.text));
    runs
}

/// Writes the words of each run in the transcript's spelling, if more of them say the same than before; tells how many do.
fn respell(runs: &mut [Said<'_>], transcript: &str, before: usize) -> usize {
    let (mut written, mut spoken) = (Vec::new(), Vec::new());
    transcript.split_whitespace().for_each(|text| push(&mut written, text, 0));
    for (owner, run) in runs.iter().enumerate() {
        run.words.iter().for_each(|word| push(&mut spoken, &word.text, owner));
    }
    let (stretches, same) = lay(&written, &spoken);
    if same > before && length(&written) > 0 {
        let texts = respelled(runs.len(), &stretches);
        for (run, text) in runs.iter_mut().zip(texts) {
            run.text = text.into();
        }
    }
    same
}

/// Gives a few words without a speaker that of the words around them, where it is the same on both sides.
fn assign(words: &mut [Said<'_>]) {
    let mut from = 0;
    while from < words.len() {
        let to = from + words[from..].iter().take_while(|word| word.speaker.is_none()).count();
        let after = if to < words.len() { to } else { from.saturating_sub(1) };
        let before = from.checked_sub(1).unwrap_or(after);
        if to - from <= MAX_UNASSIGNED && to > from && words[before].speaker == words[after].speaker {
            let speaker = words[before].speaker.clone();
            for word in &mut words[from..to] {
                word.speaker.clone_from(&speaker);
            }
        }
        from = to + 1;
    }
}

/// What one speaker says without a longer pause, and without a step back in time.
fn runs(words: Vec<Said<'_>>) -> Vec<Said<'_>> {
    let mut runs: Vec<Said<'_>> = Vec::new();
    let mut before = Times::default();
    for word in words {
        let Times { start_ms, end_ms } = word.times;
        let begins = start_ms.is_some_and(|start_ms| {
            let paused_ms = start_ms.saturating_sub(before.end_ms.unwrap_or(start_ms));
            Some(start_ms) < before.start_ms || paused_ms >= PAUSE_MS
        });
        before = Times { start_ms: start_ms.or(before.start_ms), end_ms: end_ms.or(start_ms).or(before.end_ms) };
        match runs.last_mut() {
            Some(run) if run.speaker == word.speaker && !begins => run.words.push(word),
            _ => runs.push(Said { speaker: word.speaker.clone(), times: Times::default(), text: "".into(), words: vec![word] }),
        }
    }
    for run in &mut runs {
        settle(run);
        run.text = joined(&run.words).into();
    }
    runs
}
