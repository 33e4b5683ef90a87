//! Utterances and their words in the order of time, without the times that are not to be believed.

use super::belief::{doubt_outside, doubt_utterances, doubt_words};
use super::node::Utterance;
use super::order::{by_time, moved};
use alloc::vec::Vec;

/// Puts an utterance's words in order; it begins with the first of them at the latest.
pub(super) fn settle(utterance: &mut Utterance<'_>) {
    doubt_words(&mut utterance.words);
    doubt_outside(utterance);
    let places = by_time(utterance.words.iter().map(|word| word.span.start_ms));
    utterance.words = moved(core::mem::take(&mut utterance.words), &places);
    let first_ms = utterance.words.iter().find_map(|word| word.span.start_ms);
    utterance.span.start_ms = utterance.span.start_ms.map(|start_ms| start_ms.min(first_ms.unwrap_or(start_ms)));
}

/// Puts utterances in order.
pub(super) fn in_order(mut utterances: Vec<Utterance<'_>>) -> Vec<Utterance<'_>> {
    doubt_utterances(&mut utterances);
    let places = places(&utterances);
    moved(utterances, &places)
}

/// The places of utterances in the order of time.
pub(super) fn places(utterances: &[Utterance<'_>]) -> Vec<usize> {
    by_time(utterances.iter().map(|utterance| utterance.extent().start_ms))
}
