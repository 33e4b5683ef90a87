//! Gives every word of a text its time, from timed words that may be fewer, barer or missing.
//!
//! Text and timed words are laid side by side. Where a timed word begins or ends, the time is known; between two such
//! places it grows with the letters.

use super::beside::{Token, length, push};
use super::knots::{Knot, knots};
use super::letters::{LETTER_MS, heard, tokens};
use super::node::Said;
use super::{Segment, Word};
use alloc::borrow::{Cow, ToOwned};
use alloc::vec::Vec;

/// An utterance that is longer than this and a second for each letter has no end.
const MAX_UTTERANCE_MS: u64 = 30_000;
const MAX_LETTER_MS: u64 = 1000;
/// Nor has one that is shorter than this for each letter.
const MIN_LETTER_MS: u64 = 10;
/// An end that is guessed leaves each letter so much, even where it overlaps what follows.
const HURRIED_LETTER_MS: u64 = 30;

/// What stands around an utterance.
#[derive(Default)]
struct Room {
    /// When the one before begins and ends.
    earliest_ms: u64,
    before_ms: u64,
    /// When the next one begins of which that is known, and how many letters the others have until then.
    until_ms: Option<u64>,
    following: u64,
}

/// The utterances as segments, in the order of time; times that are missing are taken from their neighbours.
pub(super) fn segments(utterances: &[Said<'_>]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(utterances.len());
    let mut room = Room::default();
    for (index, utterance) in utterances.iter().enumerate() {
        if index == 0 || utterance.times.start_ms.is_some() {
            // Those without a start share the time of the one before.
            let missing = utterances[index + 1..].iter().take_while(|next| next.times.start_ms.is_none());
            let letters = missing.map(|next| heard(&next.text).letters);
            (room.following, room.until_ms) =
                (letters.sum(), utterances[index + 1..].iter().find_map(|next| next.times.start_ms));
        } else {
            room.following -= heard(&utterance.text).letters;
        }
        let segment = segment(utterance, &room);
        (room.earliest_ms, room.before_ms) = (segment.start_ms, segment.end_ms);
        segments.push(segment);
    }
    segments
}

fn segment(utterance: &Said<'_>, room: &Room) -> Segment {
    let tokens: Vec<Cow<'_, str>> = tokens(&utterance.text).collect();
    let mut line = Vec::with_capacity(tokens.len());
    for token in &tokens {
        push(&mut line, token, 0);
    }
    let after_ms = room.until_ms.unwrap_or(room.before_ms);
    let start_ms = utterance.times.start_ms.unwrap_or_else(|| room.before_ms.min(after_ms).max(room.earliest_ms));
    let mut knots = knots(utterance, &line, start_ms);
    if let [first, next, ..] = &mut knots[..]
        && first.ms == next.ms
    {
        // What is said before the first word whose time is known is said just before it.
        first.ms = start_ms.saturating_sub(next.at * LETTER_MS).max(room.before_ms.min(start_ms));
    }
    let end_ms = end_ms(utterance, &knots, length(&line), room);
    knots.push(Knot { at: length(&line), ms: end_ms });
    let speaker = utterance.speaker.as_deref().map(ToOwned::to_owned);
    Segment { speaker, start_ms: knots[0].ms, end_ms, words: words(&line, &knots) }
}

/// When an utterance ends: as it says itself, if that can be, else when its last letter is said.
fn end_ms(utterance: &Said<'_>, knots: &[Knot], letters: u64, room: &Room) -> u64 {
    let (Some(first), Some(last)) = (knots.first(), knots.last()) else { return room.before_ms };
    let rest = letters - last.at;
    let earliest_ms = last.ms.max(first.ms + letters * MIN_LETTER_MS);
    let latest_ms = last.ms + MAX_UTTERANCE_MS + rest * MAX_LETTER_MS;
    if let Some(end_ms) = utterance.times.end_ms.filter(|end_ms| (earliest_ms..=latest_ms).contains(end_ms)) {
        return end_ms;
    }
    let mut spoken_ms = rest * LETTER_MS;
    if let Some(until_ms) = room.until_ms.filter(|until_ms| *until_ms > last.ms) {
        let share_ms = (until_ms - last.ms) * rest / (rest + room.following).max(1);
        spoken_ms = spoken_ms.min(share_ms.max(rest * HURRIED_LETTER_MS));
    }
    last.ms + spoken_ms
}

/// The words of a text, each between the times of its first and its last letter.
fn words(line: &[Token<'_>], knots: &[Knot]) -> Vec<Word> {
    let (mut left, mut right) = (0, 0);
    let mut spoken_ms = knots[0].ms;
    let mut words = Vec::with_capacity(line.len());
    for token in line {
        let mut start_ms = spoken_ms;
        if token.heard.letters > 0 {
            while knots.get(left + 1).is_some_and(|knot| knot.at <= token.from) {
                left += 1;
            }
            while knots.get(right + 1).is_some_and(|knot| knot.at < token.to()) {
                right += 1;
            }
            start_ms = time_at(knots, left, token.from);
            spoken_ms = time_at(knots, right, token.to());
        }
        words.push(Word { start_ms, end_ms: spoken_ms, text: token.text.to_owned() });
    }
    words
}

/// The time at a place behind a knot and not behind the next.
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
