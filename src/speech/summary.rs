//! The sentences that say most of what is said, as they were said.
//!
//! `TextRank` ranks them by the words that carry a subject. In English those are known; in any other language a word counts as
//! carrying none that stands in a fifth of the sentences, and in more than ten. Only sentences of [`MIN_WORDS`] words or more are
//! ranked, and of a long conversation only the [`RANKED`] whose words come most often in it.

use super::Finding;
use super::order::order;
use super::passages::Passage;
use super::ranking::ranks;
use super::terms::Terms;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// A shorter sentence is an interjection, nothing to sum up with.
const MIN_WORDS: usize = 5;
/// Ranking costs the square of this.
const RANKED: usize = 400;
/// One sentence in so many is extracted.
const ONE_IN: usize = 10;
/// The fewest that are extracted, where there are so many.
const FEWEST: usize = 3;
/// The most that are extracted: more is no summary.
const MOST: usize = 8;
/// A word of another language than English carries no subject when it stands in more sentences than these, and in a fifth of all.
const COMMON: usize = 10;

/// A sentence: its passage, its place there, and the words that carry its subject, in numbers that rise.
struct Sentence {
    passage: usize,
    place: Range<usize>,
    subjects: Vec<usize>,
}

/// The sentences that say most, in the order in which they were said; empty where there are only interjections.
#[must_use]
pub fn summary(passages: &[Passage<'_>]) -> Vec<Finding> {
    let terms = Terms::of(passages);
    let mut sentences = sentences(passages, &terms);
    let most = (sentences.len() / ONE_IN).clamp(FEWEST, MOST);
    let weigh = |sentence: &Sentence| sentence.subjects.iter().map(|id| terms.counts[*id] as u64).sum();
    let weights: Vec<u64> = sentences.iter().map(weigh).collect();
    keep(&mut sentences, &weights, RANKED);
    let subjects: Vec<Vec<usize>> = sentences.iter_mut().map(|sentence| core::mem::take(&mut sentence.subjects)).collect();
    keep(&mut sentences, &ranks(&subjects), most);
    sentences.into_iter().map(|sentence| passages[sentence.passage].finding(sentence.place)).collect()
}

/// Keeps the heaviest of a list, in its order; of those that weigh the same, the first.
fn keep(list: &mut Vec<Sentence>, weights: &[u64], most: usize) {
    let by_weight = order(weights.iter().map(|weight| !weight).collect());
    let mut is_kept = vec![false; list.len()];
    by_weight.into_iter().take(most).for_each(|at| is_kept[at] = true);
    let mut is_kept = is_kept.into_iter();
    list.retain(|_| is_kept.next() == Some(true));
}

fn sentences(passages: &[Passage<'_>], terms: &Terms) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    for (passage, (words, ids)) in passages.iter().zip(&terms.ids).enumerate() {
        for place in words.sentences().into_iter().filter(|place| place.len() >= MIN_WORDS) {
            let mut subjects = Vec::new();
            for id in &ids[place.clone()] {
                if let Err(at) = subjects.binary_search(id) {
                    subjects.insert(at, *id);
                }
            }
            sentences.push(Sentence { passage, place, subjects });
        }
    }
    let is_common = if terms.is_english { terms.is_stop.clone() } else { common(&sentences, terms) };
    for sentence in &mut sentences {
        sentence.subjects.retain(|id| !is_common[*id]);
    }
    sentences
}

/// Whether each word stands in so many sentences that it tells nothing about one.
fn common(sentences: &[Sentence], terms: &Terms) -> Vec<bool> {
    let mut counts = vec![0; terms.names.len()];
    sentences.iter().flat_map(|sentence| &sentence.subjects).for_each(|id| counts[*id] += 1);
    counts.into_iter().map(|count| count > COMMON && count * 5 >= sentences.len()).collect()
}
