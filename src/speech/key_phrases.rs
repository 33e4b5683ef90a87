//! What it was about, in the speakers' own words: RAKE (Rose, Engel, Cramer and Cowley, 2010).
//!
//! A phrase is what stands between two words without a subject, or between two marks. A word weighs as much as it stands in long
//! phrases (its degree divided by how often it comes), a phrase as much as its words together, and here once for each time that
//! it is said: people repeat in talking what a text says once. A single word is one only where it is said twice. All this needs a list of the words without a subject, which there is for
//! English alone.

use super::Finding;
use super::letters::is_mark;
use super::order::{hash, order};
use super::passages::Passage;
use super::terms::Terms;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// A longer phrase is half a sentence.
const MAX_WORDS: usize = 4;
/// The most that are told.
const MOST: usize = 10;
/// One phrase for so many words that carry a subject: a third, as in the paper.
const ONE_IN: usize = 3;

/// Where a phrase is said: its words in numbers, its passage and its place there.
type Said<'a> = (&'a [usize], usize, Range<usize>);

/// The weightiest phrases, each where it is said first; none where the text is not English.
#[must_use]
pub fn key_phrases(passages: &[Passage<'_>]) -> Option<Vec<Finding>> {
    let terms = Terms::of(passages);
    if !terms.is_english {
        return None;
    }
    let said = candidates(passages, &terms);
    let (mut times, mut degrees) = (vec![0; terms.names.len()], vec![0; terms.names.len()]);
    for (words, ..) in &said {
        for word in *words {
            times[*word] += 1;
            degrees[*word] += words.len();
        }
    }
    let subjects = times.iter().filter(|times| **times > 0).count();
    let weight = |words: &[usize]| words.iter().map(|word| degrees[*word] * 256 / times[*word]).sum::<usize>();
    let by_phrase = order(said.iter().map(|(words, ..)| hash(words.iter().map(|word| *word as u64))).collect());
    let same = by_phrase.chunk_by(|one, other| said[*one].0 == said[*other].0);
    // The weight of each phrase, and where it is said first; a single word is none that is said once.
    let mut weights = vec![0; said.len()];
    for same in same.filter(|same| said[same[0]].0.len() + same.len() > 2) {
        weights[same[0]] = (weight(said[same[0]].0) * same.len()) as u64;
    }
    let heaviest = order(weights.iter().map(|weight| !weight).collect()).into_iter().filter(|at| weights[*at] > 0);
    let finding = |at: usize| {
        let (_, passage, place) = &said[at];
        let finding = passages[*passage].finding(place.clone());
        Finding { value: finding.value.trim_matches(is_mark).into(), ..finding }
    };
    Some(heaviest.take(MOST.min(subjects.div_ceil(ONE_IN))).map(finding).collect())
}

/// What stands between words without a subject, and between marks, in the order in which it is said.
fn candidates<'t>(passages: &[Passage<'_>], terms: &'t Terms) -> Vec<Said<'t>> {
    let mut said = Vec::new();
    for (passage, (words, ids)) in passages.iter().zip(&terms.ids).enumerate() {
        let mut from = 0;
        for (at, word) in words.words.iter().enumerate() {
            let is_stop = terms.is_stop[ids[at]];
            let is_next_apart = words.words.get(at + 1).is_none_or(|next| next.text.starts_with(is_mark));
            if is_stop || is_next_apart || word.text.ends_with(is_mark) {
                let place = from..if is_stop { at } else { at + 1 };
                if (1..=MAX_WORDS).contains(&place.len()) {
                    said.push((&ids[place.clone()], passage, place));
                }
                from = at + 1;
            }
        }
    }
    said
}
