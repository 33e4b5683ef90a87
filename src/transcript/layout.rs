//! How words are laid on a caption's lines.

use super::pieces::Piece;
use alloc::vec::Vec;

/// A line that ends where a text may be divided may be so much more uneven.
const COST_OF_A_COLUMN: u64 = 5;
/// Of two speakers each has a line, if it can be.
const INSIDE_TURN: u64 = 1500;

/// A piece in the order in which it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'p> {
    pub(super) piece: &'p Piece<'p>,
    /// The columns of what stands before it: a dash, a name.
    pub(super) lead: usize,
}

/// Fills lines from the top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filling {
    pub(super) lines: usize,
    column: usize,
    max: usize,
}

impl Filling {
    /// Lines of that width, so many columns taken from the first.
    pub(super) const fn new(max: usize, lead: usize) -> Self {
        Self { lines: 1, column: lead, max }
    }

    /// Puts one more piece down, on a new line where this one has no room.
    pub(super) fn add(&mut self, piece: &Piece<'_>, is_first: bool) {
        let wide = usize::from(!is_first && !piece.is_glued) + piece.width;
        if self.column + wide <= self.max {
            self.column += wide;
        } else {
            self.begin_line(piece.width);
        }
    }

    fn begin_line(&mut self, wide: usize) {
        self.lines += 1;
        self.column = wide;
    }
}

/// How many lines items take, filled from the top; with `own`, what has a lead begins a line.
pub(super) fn count(items: &[Item<'_>], max: usize, own: bool) -> usize {
    let mut filling = Filling::new(max, 0);
    for (index, item) in items.iter().enumerate() {
        let wide = item.lead + item.piece.width;
        let space = usize::from(index > 0 && !item.piece.is_glued);
        if wide > max {
            return usize::MAX;
        }
        if (own && item.lead > 0 && index > 0) || filling.column + space + wide > max {
            filling.begin_line(wide);
        } else {
            filling.column += space + wide;
        }
    }
    filling.lines
}

/// The columns of items on one line.
pub(super) fn wide(items: &[Item<'_>]) -> usize {
    let space = |index: usize, item: &Item<'_>| usize::from(index > 0 && !item.piece.is_glued);
    items.iter().enumerate().map(|(index, item)| space(index, item) + item.lead + item.piece.width).sum()
}

/// Where lines begin behind the first, when there are to be so many: as even as it goes, and where a reader would pause.
pub(super) fn breaks(items: &[Item<'_>], max: usize, lines: usize) -> Vec<usize> {
    let is_shared = items.iter().skip(1).any(|item| item.lead > 0);
    let mut found = Vec::new();
    let mut begin = 0;
    for left in (1..lines).rev() {
        let rest = &items[begin..];
        let (total, mut first) = (wide(rest), 0);
        let mut best = None;
        for at in 1..rest.len() {
            let (piece, next) = (rest[at - 1].piece, &rest[at]);
            first += rest[at - 1].lead + piece.width + usize::from(at > 1 && !piece.is_glued);
            let second = total - first - usize::from(!next.piece.is_glued);
            let fits = first <= max && if left == 1 { second <= max } else { count(&rest[at..], max, false) <= left };
            if fits {
                let place = if next.lead > 0 { 0 } else { piece.line_cost + if is_shared { INSIDE_TURN } else { 0 } };
                let cost = first.abs_diff(second / left) as u64 * COST_OF_A_COLUMN + place;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, at));
                }
            }
        }
        let Some((_, at)) = best else { break };
        begin += at;
        found.push(begin);
    }
    found
}
