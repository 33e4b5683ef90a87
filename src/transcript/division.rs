//! Where captions begin: the cheapest of all divisions, found from left to right.

use super::Options;
use super::layout::{Filling, Item, count};
use super::pieces::Piece;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// What a caption costs: as few as it goes.
const CAPTION: u64 = 60;
/// Two speakers in one caption, with dashes; and each one more than has a line.
const SHARED: u64 = 120;
const CROWDED: u64 = 200;
/// A caption of one word, and of two, that are no sentence by themselves.
const ONE_WORD: u64 = 150;
const TWO_WORDS: u64 = 50;
/// A caption before which so little time is left costs something at once, and a third for each millisecond that is missing.
const SHORT_MS: u64 = 833;
const SHORT: u64 = 50;
/// A longer part of what is said of a word's end does not count: long ends are mistakes.
const WORD_MS: u64 = 1000;
/// What one speaker has said for so long needs nobody beside it.
const ALONE_MS: u64 = 2000;

/// How a text is best divided so far.
#[derive(Clone, Copy)]
struct Best {
    cost: u64,
    from: usize,
    /// Whether the last caption is of several turns.
    is_shared: bool,
}

/// All that is divided, and by what.
pub(super) struct Division<'p> {
    pub(super) pieces: &'p [Piece<'p>],
    pub(super) options: &'p Options,
    /// The columns of each turn's name with what stands behind it; 0 where it has none.
    pub(super) names: &'p [usize],
    /// The speaker of each turn.
    pub(super) speakers: &'p [Option<&'p str>],
}

impl Division<'_> {
    /// The pieces of each caption, in order.
    pub(super) fn captions(&self) -> Vec<Range<usize>> {
        let mut best = vec![Best { cost: u64::MAX, from: 0, is_shared: false }; self.pieces.len() + 1];
        best[0].cost = 0;
        for begin in 0..self.pieces.len() {
            let Best { from, is_shared, .. } = best[begin];
            let before = if is_shared {
                last_turn(&self.pieces[from..begin])
            } else {
                begin.checked_sub(1).map(|at| self.pieces[at].turn)
            };
            self.extend(begin, self.lead(self.pieces[begin].turn, before), &mut best);
        }
        let mut captions = Vec::new();
        let mut end = self.pieces.len();
        while end > 0 {
            captions.push(best[end].from..end);
            end = best[end].from;
        }
        captions.reverse();
        captions
    }

    /// The columns that a turn's name takes: none where the same speaker was read before.
    pub(super) fn lead(&self, turn: usize, before: Option<usize>) -> usize {
        if before.is_some_and(|before| self.speakers[before] == self.speakers[turn]) { 0 } else { self.names[turn] }
    }

    /// Tries all captions that begin there.
    fn extend(&self, begin: usize, lead: usize, best: &mut [Best]) {
        let first = &self.pieces[begin];
        let max = self.options.max_chars_per_line;
        let lead = if has_room(lead, first, self.options) { lead } else { 0 };
        let mut filling = Filling::new(max, lead);
        for (index, piece) in self.pieces.iter().enumerate().skip(begin) {
            if piece.turn != first.turn {
                return self.extend_shared(begin, index, best);
            }
            filling.add(piece, index == begin);
            if index > begin && (filling.lines > self.options.max_lines || !self.is_in_time(first, piece)) {
                return;
            }
            self.offer(begin, index + 1, 0, best);
            if piece.is_before_silence {
                return;
            }
        }
    }

    /// Tries the captions that hold what another speaker says too.
    fn extend_shared(&self, begin: usize, from: usize, best: &mut [Best]) {
        let (first, max) = (&self.pieces[begin], self.options.max_chars_per_line);
        for index in from..self.pieces.len() {
            let (before, piece) = (&self.pieces[index - 1], &self.pieces[index]);
            let is_new = || self.pieces[begin..index].iter().all(|other| other.turn != piece.turn);
            let is_done = before.ends_turn && piece.start_ms - first.start_ms >= ALONE_MS && is_new();
            if is_done || !self.is_in_time(first, piece) {
                return;
            }
            let items = with_dashes(&self.pieces[begin..=index]);
            let turns = items.iter().filter(|item| item.lead > 0).count();
            let extra = if count(&items, max, true) <= self.options.max_lines {
                SHARED
            } else if count(&items, max, false) <= self.options.max_lines {
                SHARED + CROWDED * (turns + 1).saturating_sub(self.options.max_lines).max(1) as u64
            } else {
                return;
            };
            self.offer(begin, index + 1, extra, best);
            if piece.is_before_silence {
                return;
            }
        }
    }

    fn is_in_time(&self, first: &Piece<'_>, last: &Piece<'_>) -> bool {
        let end_ms = last.end_ms.min(last.start_ms + WORD_MS);
        end_ms - first.start_ms <= self.options.max_duration_ms
    }

    /// Takes a caption if nothing cheaper ends there; of two as good ones the shorter.
    fn offer(&self, begin: usize, end: usize, extra: u64, best: &mut [Best]) {
        let cost = best[begin].cost + CAPTION + extra + self.cost(begin, end);
        if cost <= best[end].cost {
            best[end] = Best { cost, from: begin, is_shared: extra > 0 };
        }
    }

    fn cost(&self, begin: usize, end: usize) -> u64 {
        let last = &self.pieces[end - 1];
        let before = begin.checked_sub(1).map_or(0, |before| self.pieces[before].cue_cost);
        let is_whole = before + last.cue_cost == 0;
        let words = match end - begin {
            1 if !is_whole => ONE_WORD,
            2 if !is_whole => TWO_WORDS,
            _ => 0,
        };
        let shown_ms = self.pieces.get(end).map_or(SHORT_MS, |next| next.start_ms - self.pieces[begin].start_ms);
        let missing_ms = SHORT_MS.saturating_sub(shown_ms);
        last.cue_cost + words + missing_ms / 3 + if missing_ms > 0 { SHORT } else { 0 }
    }
}

/// Whether a name has room: before a word, or on a line of its own.
pub(super) fn has_room(lead: usize, first: &Piece<'_>, options: &Options) -> bool {
    options.max_lines > 1 || lead + first.width <= options.max_chars_per_line
}

/// The turn that is read last in a caption.
pub(super) fn last_turn(caption: &[Piece<'_>]) -> Option<usize> {
    turns(caption).last().copied()
}

/// The turns of some pieces, in the order in which they begin.
fn turns(pieces: &[Piece<'_>]) -> Vec<usize> {
    let mut turns: Vec<usize> = Vec::new();
    for piece in pieces {
        if turns.last() != Some(&piece.turn) && !turns.contains(&piece.turn) {
            turns.push(piece.turn);
        }
    }
    turns
}

/// The pieces turn by turn, each turn behind a dash where there is more than one.
pub(super) fn with_dashes<'p>(pieces: &'p [Piece<'p>]) -> Vec<Item<'p>> {
    let turns = turns(pieces);
    let dash = if turns.len() > 1 { 2 } else { 0 };
    let mut items = Vec::with_capacity(pieces.len());
    for turn in turns {
        let begin = items.len();
        items.extend(pieces.iter().filter(|piece| piece.turn == turn).map(|piece| Item { piece, lead: 0 }));
        items[begin].lead = dash;
    }
    items
}
