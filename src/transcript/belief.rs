//! Which times are believed: a time that its neighbours contradict counts as missing.
//!
//! A speaker's words come in the order of time, and so do most utterances. What lies on the longest run that does is
//! believed. So is a longer stretch beside it: a second channel, listed after the first. A short one is an error, unless
//! its time makes sense: a word falls into a silence of its speaker's, an utterance lies among the others.

use super::letters::{LETTER_MS, heard};
use super::node::{Span, Spoken, Utterance};
use super::order::{by_key, rising};
use alloc::vec::Vec;

/// A longer stretch is no error any more.
const SHORT_STRETCH: usize = 3;
/// A word out of order is believed at most so long after everything else.
const WORD_AFTER_MS: u64 = 10_000;
/// An utterance out of order is believed at most so long before or after all others.
const UTTERANCE_BESIDE_MS: u64 = 600_000;
/// A first or last word that a longer silence cuts off is an error.
const LONE_WORD_MS: u64 = 3_600_000;
/// So far outside its utterance a word may be.
const OUTSIDE_MS: u64 = 2000;

/// An item whose start is known, with its place in the list.
struct Known {
    place: usize,
    start_ms: u64,
    /// Not before the start.
    end_ms: u64,
    /// What is said of the end, where that is before the start.
    wrong_end_ms: Option<u64>,
    is_on_run: bool,
}

impl Known {
    fn of(place: usize, span: Span, text: &str) -> Option<Self> {
        let start_ms = span.start_ms?;
        let end_ms = span.end_ms.unwrap_or_else(|| start_ms + heard(text).letters * LETTER_MS);
        let wrong_end_ms = Some(end_ms).filter(|end_ms| *end_ms < start_ms);
        Some(Self { place, start_ms, end_ms: end_ms.max(start_ms), wrong_end_ms, is_on_run: false })
    }
}

/// Forgets the times of words that the other words contradict.
pub(super) fn doubt_words(words: &mut [Spoken<'_>]) {
    let mut before_ms = None;
    for word in words.iter_mut() {
        let start_ms = word.span.start_ms;
        if is_left_out(word.span, before_ms) {
            word.span = Span::default();
        }
        before_ms = start_ms.or(before_ms);
    }
    let by_speaker = by_key(words.iter().map(|word| word.speaker.as_deref().map_or(0, |speaker| heard(speaker).hash)));
    for group in by_speaker.chunk_by(|one, other| one.0 == other.0) {
        let known = group.iter().filter_map(|(_, place)| Known::of(*place, words[*place].span, words[*place].text));
        for place in doubted(known.collect(), falls_into_a_silence) {
            words[place].span = Span::default();
        }
    }
    let known = words.iter().enumerate().filter_map(|(place, word)| Some((place, word.span.start_ms?)));
    if let [first, second, .., next_to_last, last] = known.collect::<Vec<_>>()[..] {
        for (lone, from, to) in [(first, first, second), (last, next_to_last, last)] {
            if to.1.saturating_sub(from.1) > LONE_WORD_MS {
                words[lone.0].span = Span::default();
            }
        }
    }
}

/// Forgets the times of utterances that the other utterances contradict.
pub(super) fn doubt_utterances(utterances: &mut [Utterance<'_>]) {
    let mut before_ms = None;
    for utterance in utterances.iter_mut() {
        let extent = utterance.extent();
        if is_left_out(extent, before_ms) {
            utterance.forget_start();
        }
        before_ms = extent.start_ms.or(before_ms);
    }
    let all = utterances.iter().enumerate();
    let known = all.filter_map(|(place, utterance)| Known::of(place, utterance.extent(), &utterance.text));
    for place in doubted(known.collect(), lies_among_the_others) {
        utterances[place].forget_start();
    }
}

/// Forgets either the words that lie outside their utterance, or when the utterance was, if most of them do.
pub(super) fn doubt_outside(utterance: &mut Utterance<'_>) {
    let Span { start_ms: Some(start_ms), end_ms: Some(end_ms) } = utterance.span else { return };
    let is_outside = |word: &Spoken<'_>| {
        word.span.start_ms.is_some_and(|ms| ms + OUTSIDE_MS < start_ms || ms > end_ms.max(start_ms) + OUTSIDE_MS)
    };
    let known = utterance.words.iter().filter(|word| word.span.start_ms.is_some()).count();
    let outside = utterance.words.iter().filter(|word| is_outside(word)).count();
    if outside > 1 && outside * 2 > known {
        utterance.span = Span::default();
        return;
    }
    for word in utterance.words.iter_mut().filter(|word| is_outside(word)) {
        word.span = Span::default();
    }
}

/// Times that stand still, and a zero after them, are none.
fn is_left_out(Span { start_ms, end_ms }: Span, before_ms: Option<u64>) -> bool {
    let stands_still = start_ms == before_ms || start_ms == Some(0) && before_ms.is_some();
    start_ms.is_some() && stands_still && end_ms <= start_ms
}

/// The places of those that are out of order in short stretches, and are not believed where they are.
fn doubted(mut known: Vec<Known>, is_believed: fn(&[&Known], &[Known]) -> bool) -> Vec<usize> {
    let sound: Vec<usize> = (0..known.len()).filter(|at| known[*at].wrong_end_ms.is_none()).collect();
    let starts: Vec<u64> = sound.iter().map(|at| known[*at].start_ms).collect();
    for at in rising(&starts) {
        known[sound[at]].is_on_run = true;
    }
    let run: Vec<&Known> = known.iter().filter(|known| known.is_on_run).collect();
    let stretches = known.chunk_by(|one, next| !one.is_on_run && !next.is_on_run && one.start_ms <= next.start_ms);
    let short = stretches.filter(|stretch| !stretch[0].is_on_run && stretch.len() <= SHORT_STRETCH);
    let wrong = short.filter(|stretch| !is_believed(&run, stretch));
    let doubted: Vec<usize> = wrong.flatten().map(|known| known.place).collect();
    // A list of which half is wrong has no order.
    if doubted.len() * 2 > known.len() { Vec::new() } else { doubted }
}

/// A speaker says one word at a time.
fn falls_into_a_silence(run: &[&Known], stretch: &[Known]) -> bool {
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return false };
    let next = run.partition_point(|known| known.start_ms <= first.start_ms);
    let Some(before) = next.checked_sub(1).map(|before| run[before]) else { return false };
    let until_ms = run.get(next).map_or(before.end_ms + WORD_AFTER_MS, |next| next.start_ms);
    before.end_ms <= first.start_ms && last.end_ms <= until_ms
}

/// Near the others, and not with an end that fits where the start does not.
fn lies_among_the_others(run: &[&Known], stretch: &[Known]) -> bool {
    let ([earliest, ..], [.., latest], [first, ..]) = (run, run, stretch) else { return true };
    let is_near =
        first.start_ms + UTTERANCE_BESIDE_MS >= earliest.start_ms && first.start_ms <= latest.end_ms + UTTERANCE_BESIDE_MS;
    let next = run.get(run.partition_point(|known| known.place < first.place));
    let fits = |ms: u64| next.is_some_and(|next| ms <= next.start_ms);
    is_near && (fits(first.start_ms) || !first.wrong_end_ms.is_some_and(fits))
}
