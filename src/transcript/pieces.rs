//! All that is said as one stream in the order of time, whoever speaks, in pieces that fit on a line.

use super::breaks::{CLAUSE, Class, INSIDE_WORD, SENTENCE, class, cost};
use super::clusters::{split, width};
use super::{Options, Transcript, Word};
use crate::speech::order::sort;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// After so long a silence a new caption begins.
const SILENCE_MS: u64 = 1500;
/// So short a pause is already a better place to divide than a comma.
const PAUSE_MS: u64 = 400;
const PAUSE: u64 = 20;
/// Ten thousand hours: sums of such times stay far from overflow.
const MAX_MS: u64 = 36_000_000_000;

/// A word, or a part of one that is longer than a line, and when it is said.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    pub(super) text: &'a str,
    pub(super) start_ms: u64,
    pub(super) end_ms: u64,
    pub(super) width: usize,
    /// The segment it is of.
    segment: usize,
    /// The turn it is of, as its number: what one speaker says until another one begins.
    pub(super) turn: usize,
    /// Whether it goes on with the one before, without a space.
    pub(super) is_glued: bool,
    class: Class,
    /// What it costs to begin a line behind it.
    pub(super) line_cost: u64,
    /// What it costs to begin a caption behind it, with all that others are saying.
    pub(super) cue_cost: u64,
    /// Whether nobody speaks for long behind it.
    pub(super) is_before_silence: bool,
    /// Whether its turn ends with it.
    pub(super) ends_turn: bool,
}

impl<'a> Piece<'a> {
    fn new(segment: usize, text: &'a str, width: usize, time_ms: Range<u64>, is_glued: bool) -> Self {
        Self {
            text,
            start_ms: time_ms.start,
            end_ms: time_ms.end,
            width,
            segment,
            turn: 0,
            is_glued,
            class: class(text),
            line_cost: SENTENCE,
            cue_cost: SENTENCE,
            is_before_silence: false,
            ends_turn: true,
        }
    }
}

/// The pieces in the order of time, and the speaker of each turn.
pub(super) fn pieces<'a>(transcript: &'a Transcript, options: &Options) -> (Vec<Piece<'a>>, Vec<Option<&'a str>>) {
    let mut pieces = Vec::new();
    for (number, segment) in transcript.segments.iter().enumerate() {
        add_segment(&mut pieces, number, &segment.words, options);
    }
    if !pieces.is_sorted_by_key(|piece| piece.start_ms) {
        pieces = in_order(&pieces);
    }
    let turns = add_turns(&mut pieces, transcript);
    add_costs(&mut pieces, turns.len());
    (pieces, turns)
}

/// Adds a segment's words, none beginning before the one that stands before it.
fn add_segment<'a>(pieces: &mut Vec<Piece<'a>>, segment: usize, words: &'a [Word], options: &Options) {
    let mut latest_ms = 0;
    for word in words {
        latest_ms = word.start_ms.min(MAX_MS).max(latest_ms);
        let end_ms = word.end_ms.clamp(latest_ms, MAX_MS);
        for text in word.text.split_ascii_whitespace() {
            let (mut rest, mut left, mut is_glued) = (text, width(text, options.clusters), false);
            while !rest.is_empty() {
                let is_short = left <= options.max_chars_per_line;
                let (text, after) = if is_short { (rest, "") } else { split(rest, options.max_chars_per_line, options.clusters) };
                // The parts of a word that is longer than a line share its time by their width.
                let width = if after.is_empty() { left } else { width(text, options.clusters) };
                let until_ms = latest_ms + (end_ms - latest_ms) * width as u64 / left as u64;
                pieces.push(Piece::new(segment, text, width, latest_ms..until_ms, is_glued));
                if !after.is_empty() {
                    latest_ms = until_ms;
                }
                (rest, left, is_glued) = (after, left.saturating_sub(width).max(1), true);
            }
        }
    }
}

/// The pieces in the order of time; what begins at the same time stays in its order.
fn in_order<'a>(pieces: &[Piece<'a>]) -> Vec<Piece<'a>> {
    let mut keys: Vec<(u64, usize)> = pieces.iter().enumerate().map(|(place, piece)| (piece.start_ms, place)).collect();
    sort(&mut keys, &mut |_, _| ());
    keys.iter().map(|(_, place)| pieces[*place]).collect()
}

/// Numbers the turns: a segment goes on with the turn before it where its speaker has just ended another.
fn add_turns<'a>(pieces: &mut [Piece<'_>], transcript: &'a Transcript) -> Vec<Option<&'a str>> {
    let segments = &transcript.segments;
    let speaker = |segment: usize| segments.get(segment).and_then(|segment| transcript.called(segment));
    let mut rest: Vec<usize> = vec![0; segments.len()];
    for piece in &*pieces {
        rest[piece.segment] += 1;
    }
    let mut turn_of: Vec<Option<usize>> = vec![None; segments.len()];
    let mut turns = Vec::new();
    let mut ended = None;
    for piece in pieces {
        let turn = turn_of[piece.segment].or_else(|| {
            let (segment, turn) = ended?;
            (speaker(segment) == speaker(piece.segment)).then_some(turn)
        });
        piece.turn = turn.unwrap_or_else(|| {
            turns.push(speaker(piece.segment));
            turns.len() - 1
        });
        turn_of[piece.segment] = Some(piece.turn);
        rest[piece.segment] -= 1;
        ended = (rest[piece.segment] == 0).then_some((piece.segment, piece.turn));
    }
    turns
}

/// Finds what it costs to divide behind each piece.
fn add_costs(pieces: &mut [Piece<'_>], turns: usize) {
    let mut latest: Vec<Option<usize>> = vec![None; turns];
    for index in 0..pieces.len() {
        let turn = pieces[index].turn;
        if let Some(before) = latest[turn] {
            let (piece, next) = (&pieces[before], &pieces[index]);
            let words = || cost(piece.text, piece.class, next.text, next.class);
            let cost = if next.is_glued {
                INSIDE_WORD
            } else if piece.segment == next.segment {
                words()
            } else {
                words().min(CLAUSE)
            };
            (pieces[before].line_cost, pieces[before].cue_cost, pieces[before].ends_turn) = (cost, cost, false);
        }
        latest[turn] = Some(index);
    }
    latest.fill(None);
    let mut heard_until_ms = 0;
    for index in 1..pieces.len() {
        let (before, turn) = (index - 1, pieces[index].turn);
        latest[pieces[before].turn] = Some(before);
        // A caption that divides what somebody else is saying costs as much as that does.
        let other = latest[turn].map_or(SENTENCE, |other| pieces[other].line_cost);
        heard_until_ms = pieces[before].end_ms.max(heard_until_ms);
        let pause_ms = pieces[index].start_ms.saturating_sub(heard_until_ms);
        let piece = &mut pieces[before];
        piece.cue_cost = piece.cue_cost.max(other);
        if pause_ms >= PAUSE_MS {
            piece.cue_cost = piece.cue_cost.min(PAUSE);
        }
        piece.is_before_silence = pause_ms >= SILENCE_MS;
    }
}
