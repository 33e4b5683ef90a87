//! Which times are believed: a time that its neighbours contradict counts as missing.
//!
//! A speaker's words come in the order of time, and so do most utterances. What lies on the longest run that does is
//! believed. So is a longer stretch beside it: a second channel, listed after the first. A short one is an error, unless
//! its time makes sense: a word falls into a silence of its speaker's, an utterance lies among the others.

use super::letters::{LETTER_MS, heard};
use super::node::{Said, Times};
use super::order::{by_time, rising};
use crate::speech::order::sort;
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
#[derive(Clone, Copy)]
struct Known {
    place: usize,
    start_ms: u64,
    /// Not before the start.
    end_ms: u64,
    /// What is said of the end, where that is before the start.
    wrong_end_ms: Option<u64>,
}

impl Said<'_> {
    /// Forgets when it began, and when its words were.
    fn forget_start(&mut self) {
        self.times.start_ms = None;
        for word in &mut self.words {
            word.times = Times::default();
        }
    }
}

/// Forgets the times of words that the other words of their speaker contradict.
pub(super) fn doubt_words(words: &mut [Said<'_>]) {
    let mut speakers = Vec::with_capacity(words.len());
    for (place, word) in words.iter().enumerate() {
        speakers.push((word.speaker.as_deref().map_or(0, |speaker| heard(speaker).hash), place));
    }
    sort(&mut speakers, &mut |_, _| ());
    for group in speakers.chunk_by(|one, other| one.0 == other.0) {
        let mut known = Vec::with_capacity(group.len());
        for (_, place) in group {
            add(&mut known, *place, &mut words[*place]);
        }
        for place in doubted(&known, falls_into_a_silence) {
            words[place].times = Times::default();
        }
    }
    let mut known = Vec::with_capacity(words.len());
    for (place, word) in words.iter_mut().enumerate() {
        add(&mut known, place, word);
    }
    if let [first, second, .., next_to_last, last] = &known[..] {
        for (lone, from, to) in [(first, first, second), (last, next_to_last, last)] {
            if to.start_ms > from.start_ms + LONE_WORD_MS {
                words[lone.place].times = Times::default();
            }
        }
    }
}

/// Puts utterances in the order of time; those without a start, or with one that the others contradict, stay with the one
/// before.
pub(super) fn in_order(utterances: &mut [Said<'_>]) {
    let mut known = Vec::with_capacity(utterances.len());
    for (place, utterance) in utterances.iter_mut().enumerate() {
        add(&mut known, place, utterance);
    }
    let mut doubted = doubted(&known, lies_among_the_others);
    if let [.., before, last] = &known[..]
        && last.wrong_end_ms.is_some()
        && last.start_ms > before.end_ms + UTTERANCE_BESIDE_MS
    {
        doubted.push(last.place);
    }
    for place in doubted {
        utterances[place].forget_start();
    }
    by_time(utterances);
}

/// Puts an utterance's words in order, and lets it begin with the first of them at the latest.
pub(super) fn settle(utterance: &mut Said<'_>) {
    doubt_outside(utterance);
    by_time(&mut utterance.words);
    let first_ms = utterance.words.iter().find_map(|word| word.times.start_ms);
    let own_ms = utterance.times.start_ms.or(first_ms);
    utterance.times.start_ms = own_ms.map(|own_ms| own_ms.min(first_ms.unwrap_or(own_ms)));
    utterance.times.end_ms = utterance.times.end_ms.or_else(|| utterance.words.last()?.times.end_ms);
}

/// Forgets the words that lie outside their utterance; or when the utterance was, if it has no length or most words do.
fn doubt_outside(utterance: &mut Said<'_>) {
    let Times { start_ms, end_ms } = utterance.times;
    let (from_ms, to_ms) = (start_ms.unwrap_or(0).saturating_sub(OUTSIDE_MS), end_ms.unwrap_or(0) + OUTSIDE_MS);
    let is_outside = |word: &Said<'_>| word.times.start_ms.is_some_and(|ms| !(from_ms..=to_ms).contains(&ms));
    let known = utterance.words.iter().filter(|word| word.times.start_ms.is_some()).count();
    let outside = utterance.words.iter().filter(|word| is_outside(word)).count();
    if known > 0 && end_ms <= start_ms || outside > 1 && outside * 2 > known {
        utterance.times = Times::default();
        return;
    }
    for word in &mut utterance.words {
        if is_outside(word) {
            word.times = Times::default();
        }
    }
}

/// Adds an item if it has a time; what stands still has none, nor has a zero after other times.
fn add(list: &mut Vec<Known>, place: usize, item: &mut Said<'_>) {
    let Some(start_ms) = item.times.start_ms else { return };
    let stands_still = list.last().is_some_and(|before| before.start_ms == start_ms || start_ms == 0);
    if stands_still && item.times.end_ms <= item.times.start_ms {
        return item.forget_start();
    }
    let end_ms = item.times.end_ms.unwrap_or_else(|| start_ms + heard(&item.text).letters * LETTER_MS);
    let wrong_end_ms = Some(end_ms).filter(|end_ms| *end_ms < start_ms);
    list.push(Known { place, start_ms, end_ms: end_ms.max(start_ms), wrong_end_ms });
}

/// The places of those that are out of order in short stretches, and are not believed where they are.
fn doubted(known: &[Known], is_believed: fn(&[Known], &[Known], Option<&Known>) -> bool) -> Vec<usize> {
    let starts: Vec<u64> = known.iter().map(|known| known.start_ms).collect();
    let places = rising(&starts);
    let run: Vec<Known> = places.iter().map(|at| known[*at]).collect();
    let mut doubted = Vec::new();
    let mut at = 0;
    for (index, next) in places.into_iter().chain([known.len()]).enumerate() {
        for stretch in known[at..next].chunk_by(|one, other| one.start_ms <= other.start_ms) {
            if stretch.len() <= SHORT_STRETCH && !is_believed(stretch, &run, run.get(index)) {
                doubted.extend(stretch.iter().map(|known| known.place));
            }
        }
        at = next + 1;
    }
    // A list of which half is wrong has no order.
    if doubted.len() * 2 > known.len() { Vec::new() } else { doubted }
}

/// A speaker says one word at a time.
fn falls_into_a_silence(stretch: &[Known], run: &[Known], _: Option<&Known>) -> bool {
    let (first, last) = (stretch[0], stretch[stretch.len() - 1]);
    let next = run.partition_point(|known| known.start_ms <= first.start_ms);
    let Some(before) = next.checked_sub(1).map(|before| run[before]) else { return false };
    let until_ms = run.get(next).map_or(before.end_ms + WORD_AFTER_MS, |next| next.start_ms);
    before.end_ms <= first.start_ms && last.end_ms <= until_ms
}

/// An utterance is near the others, and has no end that fits where its start does not.
fn lies_among_the_others(stretch: &[Known], run: &[Known], next: Option<&Known>) -> bool {
    let (first, earliest, latest) = (stretch[0], run[0], run[run.len() - 1]);
    let is_near =
        first.start_ms + UTTERANCE_BESIDE_MS >= earliest.start_ms && first.start_ms <= latest.end_ms + UTTERANCE_BESIDE_MS;
    let fits = |ms: u64| next.is_some_and(|next| ms <= next.start_ms);
    is_near && (fits(first.start_ms) || !first.wrong_end_ms.is_some_and(fits))
}
