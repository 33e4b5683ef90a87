//! Where captions begin: the cheapest of all divisions, found from left to right.

use super::Options;
use super::breaks::BEHIND_JOINER;
use super::layout::{Filling, Item, count};
use super::pieces::Piece;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

/// What a caption costs: as few as it goes.
const CAPTION: u64 = 60;
/// Two speakers in one caption, with dashes; and each one more than has a line.
const SHARED: u64 = 120;
const CROWDED: u64 = 500;
/// A caption of one word, and of two, that are no sentence by themselves.
const ONE_WORD: u64 = 150;
const TWO_WORDS: u64 = 50;
/// A caption before which so little time is left costs something at once, and a third for each millisecond that is missing.
const SHORT_MS: u64 = 833;
const SHORT: u64 = 50;
/// A longer part of what is said of a word's end does not count: long ends are mistakes.
const WORD_MS: u64 = 1000;
/// What one speaker has said for so long needs nobody beside it.
const ALONE_MS: u64 = 1500;
/// Where a caption may begin that much cheaper a little later, none is tried before.
const WORSE: u64 = 140;
/// The columns of a dash and the space behind it.
const DASH: usize = 2;

/// How a text is best divided so far.
#[derive(Clone, Copy)]
struct Best {
    cost: u64,
    from: usize,
    /// Whether the last caption is of several turns.
    is_shared: bool,
}

/// What is known so far, for each piece that a caption may begin with.
struct Found {
    best: Vec<Best>,
    /// The piece ahead that is reached most cheaply.
    ahead: usize,
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
        let unknown = Best { cost: u64::MAX, from: 0, is_shared: false };
        let mut found = Found { best: vec![unknown; self.pieces.len() + 1], ahead: 0 };
        found.best[0].cost = 0;
        for begin in 0..self.pieces.len() {
            let Best { cost, from, is_shared } = found.best[begin];
            if found.ahead > begin && cost > found.best[found.ahead].cost + WORSE {
                continue;
            }
            let before = if is_shared {
                last_turn(&self.pieces[from..begin])
            } else {
                begin.checked_sub(1).map(|at| self.pieces[at].turn)
            };
            self.extend(begin, self.lead(self.pieces[begin].turn, before), &mut found);
        }
        let mut captions = Vec::new();
        let mut end = self.pieces.len();
        while end > 0 {
            let from = found.best[end].from;
            captions.push(from..end);
            end = from;
        }
        captions.reverse();
        captions
    }

    /// The columns that a turn's name takes: none where the same speaker was read before.
    pub(super) fn lead(&self, turn: usize, before: Option<usize>) -> usize {
        if before.is_some_and(|before| self.speakers[before] == self.speakers[turn]) { 0 } else { self.names[turn] }
    }

    /// Tries all captions that begin there.
    fn extend(&self, begin: usize, lead: usize, found: &mut Found) {
        let first = &self.pieces[begin];
        let max = self.options.max_chars_per_line;
        let lead = if has_room(lead, first, self.options) { lead } else { 0 };
        let mut filling = Filling::new(max, lead);
        for (index, piece) in self.pieces.iter().enumerate().skip(begin) {
            if piece.turn != first.turn {
                return self.extend_shared(begin, index, found);
            }
            filling.add(piece, index == begin);
            if index > begin && (filling.lines > self.options.max_lines || !self.is_in_time(first, piece)) {
                return self.offer(begin, index, 0, found);
            }
            // Behind an article nothing ends, unless it must.
            if index == begin || piece.cue_cost != BEHIND_JOINER {
                self.offer(begin, index + 1, 0, found);
            }
            if piece.is_before_silence {
                return;
            }
        }
    }

    /// Tries the captions that hold what another speaker says too.
    fn extend_shared(&self, begin: usize, from: usize, found: &mut Found) {
        let (first, max) = (&self.pieces[begin], self.options.max_chars_per_line);
        // Each turn has lines of its own, the first of which begins with a dash.
        let mut turns: Vec<(usize, Filling)> = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate().skip(begin) {
            let turn = turns.iter_mut().find(|(turn, _)| *turn == piece.turn);
            let is_done = || self.pieces[index - 1].ends_turn && piece.start_ms - first.start_ms >= ALONE_MS;
            if (turn.is_none() && index > begin && is_done()) || DASH + piece.width > max || !self.is_in_time(first, piece) {
                return;
            }
            if let Some((_, filling)) = turn {
                filling.add(piece, false);
            } else {
                let mut filling = Filling::new(max, DASH);
                filling.add(piece, true);
                turns.push((piece.turn, filling));
            }
            if index < from {
                continue;
            }
            let (own, lines) = (turns.iter().map(|(_, filling)| filling.lines).sum::<usize>(), self.options.max_lines);
            let more = turns.len().saturating_sub(lines);
            let fits = own <= lines || (more > 0 && count(&with_dashes(&self.pieces[begin..=index]), max, false) <= lines);
            if !fits {
                return;
            }
            self.offer(begin, index + 1, SHARED + CROWDED * more as u64, found);
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
    fn offer(&self, from: usize, end: usize, extra: u64, found: &mut Found) {
        let cost = found.best[from].cost + CAPTION + extra + self.cost(from, end);
        if cost <= found.best[end].cost {
            found.best[end] = Best { cost, from, is_shared: extra > 0 };
            if found.ahead <= from || cost <= found.best[found.ahead].cost {
                found.ahead = end;
            }
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
    let dash = if turns.len() > 1 { DASH } else { 0 };
    let mut items = Vec::with_capacity(pieces.len());
    for turn in turns {
        let begin = items.len();
        items.extend(pieces.iter().filter(|piece| piece.turn == turn).map(|piece| Item { piece, lead: 0 }));
        items[begin].lead = dash;
    }
    items
}
