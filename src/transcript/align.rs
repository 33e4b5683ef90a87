//! Gives every word of a text its time, from timed words that may be fewer, barer or missing.
//!
//! Text and timed words are laid side by side. Where a timed word begins or ends, the time is known; between two such
//! places it grows with the letters.

use super::beside::Line;
use super::knots::{Knot, knots};
use super::letters::{LETTER_MS, heard, tokens};
use super::node::Utterance;
use super::{Segment, Word};
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// An utterance that is longer than this and a second for each letter has no end.
const MAX_UTTERANCE_MS: u64 = 30_000;
const MAX_LETTER_MS: u64 = 1000;
/// Nor has one that is shorter than this for each letter.
const MIN_LETTER_MS: u64 = 10;
/// An end that is guessed leaves each letter so much, even where it overlaps what follows.
const HURRIED_LETTER_MS: u64 = 30;

/// A word of the text.
struct Token<'a> {
    text: Cow<'a, str>,
    letters: u64,
}

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
pub(super) fn segments(utterances: &[Utterance<'_>]) -> Vec<Segment> {
    let mut segments = Vec::with_capacity(utterances.len());
    let mut room = Room::default();
    // Those without a start share the time of the one before.
    let mut groups = utterances.chunk_by(|_, next| next.extent().start_ms.is_none()).peekable();
    while let Some(group) = groups.next() {
        room.until_ms = groups.peek().and_then(|next| next.first()?.extent().start_ms);
        room.following = group.iter().skip(1).map(|next| heard(&next.text).letters).sum();
        for (index, utterance) in group.iter().enumerate() {
            if index > 0 {
                room.following -= heard(&utterance.text).letters;
            }
            let segment = segment(utterance, &room);
            (room.earliest_ms, room.before_ms) = (segment.start_ms, segment.end_ms);
            segments.push(segment);
        }
    }
    segments
}

fn segment(utterance: &Utterance<'_>, room: &Room) -> Segment {
    let mut line = Line::default();
    let tokens = tokens(&utterance.text).map(|text| {
        let (from, to) = line.push(&text);
        Token { text, letters: to - from }
    });
    let tokens: Vec<Token<'_>> = tokens.collect();
    let mut knots = knots(utterance, &line);
    let after_ms = room.until_ms.unwrap_or(room.before_ms);
    let known_ms = utterance.extent().start_ms.unwrap_or_else(|| room.before_ms.min(after_ms).max(room.earliest_ms));
    let start_ms = knots.first().map_or(known_ms, |first| {
        // What is said before the first word whose time is known is said just before it.
        let spoken_ms = first.ms.saturating_sub(first.at * LETTER_MS);
        spoken_ms.max(room.before_ms.min(first.ms)).min(known_ms)
    });
    knots.insert(0, Knot { at: 0, ms: start_ms });
    let end_ms = end_ms(utterance, &knots, line.letters(), room);
    knots.push(Knot { at: line.letters(), ms: end_ms });
    Segment { speaker: utterance.speaker.clone().map(Cow::into_owned), start_ms, end_ms, words: words(tokens, &knots) }
}

/// When an utterance ends: as it says itself, if that can be, else when its last letter is said.
fn end_ms(utterance: &Utterance<'_>, knots: &[Knot], letters: u64, room: &Room) -> u64 {
    let (Some(first), Some(last)) = (knots.first(), knots.last()) else { return room.before_ms };
    let rest = letters - last.at;
    let earliest_ms = last.ms.max(first.ms + letters * MIN_LETTER_MS);
    let latest_ms = last.ms + MAX_UTTERANCE_MS + rest * MAX_LETTER_MS;
    let own_ms = utterance.span.end_ms.filter(|end_ms| (earliest_ms..=latest_ms).contains(end_ms));
    let share_ms = room.until_ms.filter(|until_ms| *until_ms > last.ms && rest > 0).map(|until_ms| {
        let share_ms = (until_ms - last.ms) * rest / (rest + room.following);
        share_ms.max(rest * HURRIED_LETTER_MS)
    });
    own_ms.unwrap_or_else(|| last.ms + share_ms.map_or(rest * LETTER_MS, |share_ms| share_ms.min(rest * LETTER_MS)))
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
            spoken_ms = time_at(knots, right, read);
        }
        Word { start_ms, end_ms: spoken_ms, text: token.text.into_owned() }
    };
    tokens.into_iter().map(timed).collect()
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
