//! Gives every word of a text its time, from timed words that may be fewer, barer or missing.
//!
//! Text and timed words are laid side by side letter by letter. Where a timed word begins or ends, the time is known;
//! between two such places it grows with the letters.

use super::letters::{count, letters, tokens};
use super::node::ms;
use super::source::{Utterance, word};
use super::{Segment, Word};
use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;

/// How long a letter takes to say, where nothing else is known: about 160 words a minute.
const LETTER_MS: u64 = 70;

/// A place in the text, counted in letters, of which the time is known.
struct Knot {
    at: u64,
    ms: u64,
}

/// A word of the text.
struct Token<'a> {
    text: Cow<'a, str>,
    letters: u64,
}

/// The utterances as segments, times that are missing taken from their neighbours.
pub(super) fn segments(utterances: &[Utterance<'_>]) -> Vec<Segment> {
    let mut before_ms = 0;
    let mut segments = Vec::with_capacity(utterances.len());
    for (index, utterance) in utterances.iter().enumerate() {
        let after_ms = utterances.get(index + 1).and_then(start_ms);
        let segment = segment(utterance, before_ms, after_ms);
        before_ms = segment.end_ms;
        segments.push(segment);
    }
    segments
}

fn start_ms(utterance: &Utterance<'_>) -> Option<u64> {
    utterance.start_ms.or_else(|| utterance.words.iter().find_map(|node| ms(node, "start")))
}

fn segment(utterance: &Utterance<'_>, before_ms: u64, after_ms: Option<u64>) -> Segment {
    let tokens: Vec<Token<'_>> = tokens(&utterance.text).map(|text| Token { letters: count(&text), text }).collect();
    let total: u64 = tokens.iter().map(|token| token.letters).sum();
    let start_ms = start_ms(utterance).unwrap_or(before_ms);
    let last_word_ms = || utterance.words.iter().filter_map(|node| ms(node, "end")).max();
    let spoken_ms = start_ms + total * LETTER_MS;
    let guess_ms = || after_ms.filter(|after| *after > start_ms).map_or(spoken_ms, |after| after.min(spoken_ms));
    let is_later = |ms: &u64| *ms >= start_ms;
    let end_ms = utterance.end_ms.filter(is_later).or_else(|| last_word_ms().filter(is_later)).unwrap_or_else(guess_ms);
    let words = words(tokens, &knots(utterance, total, start_ms, end_ms));
    Segment { speaker: utterance.speaker.clone(), start_ms, end_ms, words }
}

/// The places whose time is known, the first at the text's beginning and the last at its end.
fn knots(utterance: &Utterance<'_>, total: u64, start_ms: u64, end_ms: u64) -> Vec<Knot> {
    let counts: Vec<u64> = utterance.words.iter().map(|node| count(word(node))).collect();
    let spoken: u64 = counts.iter().sum();
    let same = same_letters(utterance);
    // As far as the letters agree a place is what it is; the rest is stretched to fit.
    let place = |letter: u64| if letter <= same { letter } else { same + (letter - same) * (total - same) / (spoken - same) };
    let mut knots = vec![Knot { at: 0, ms: start_ms }];
    let mut read = 0;
    for (node, count) in utterance.words.iter().zip(counts) {
        if let Some(start_ms) = ms(node, "start") {
            knots.push(Knot { at: place(read), ms: start_ms });
            let end = ms(node, "end").filter(|end_ms| *end_ms >= start_ms);
            knots.extend(end.map(|ms| Knot { at: place(read + count), ms }));
        }
        read += count;
    }
    knots.push(Knot { at: total, ms: end_ms });
    knots
}

/// How many letters text and timed words have in common from the beginning.
fn same_letters(utterance: &Utterance<'_>) -> u64 {
    let spoken = utterance.words.iter().flat_map(|node| letters(word(node)));
    letters(&utterance.text).zip(spoken).take_while(|(a, b)| a == b).fold(0, |same, _| same + 1)
}

/// The words of a text, each between the times of its first and its last letter.
fn words(tokens: Vec<Token<'_>>, knots: &[Knot]) -> Vec<Word> {
    let (mut left, mut right) = (0, 0);
    let mut read = 0;
    let mut spoken_ms = knots[0].ms;
    let timed = |token: Token<'_>| {
        let (from, mut start_ms) = (read, spoken_ms);
        read += token.letters;
        if token.letters > 0 {
            while knots.get(left + 1).is_some_and(|knot| knot.at <= from) {
                left += 1;
            }
            while knots.get(right + 1).is_some_and(|knot| knot.at < read) {
                right += 1;
            }
            start_ms = time_at(knots, left, from);
            spoken_ms = time_at(knots, right, read).max(start_ms);
        }
        Word { start_ms, end_ms: spoken_ms, text: token.text.into_owned() }
    };
    tokens.into_iter().map(timed).collect()
}

/// The time at a place behind a knot and not behind the next; time does not run backwards between two.
fn time_at(knots: &[Knot], left: usize, at: u64) -> u64 {
    let left_knot = &knots[left];
    match knots.get(left + 1) {
        Some(right) if right.at > left_knot.at => {
            let way_ms = right.ms.saturating_sub(left_knot.ms);
            left_knot.ms + way_ms * (at - left_knot.at) / (right.at - left_knot.at)
        }
        _ => left_knot.ms,
    }
}
