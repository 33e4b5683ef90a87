//! How words are laid on a caption's lines.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Readers follow two lines at a glance, no more.
pub(super) const MAX_LINES: usize = 2;
/// The width that subtitlers keep to.
pub(super) const MAX_LINE_CHARS: usize = 42;
/// A line that ends with punctuation may be so much more uneven.
const PUNCTUATION_BONUS: usize = 8;

/// A piece of a word that fits on a line, and when it is said.
#[derive(Debug)]
pub(super) struct Piece<'a> {
    pub(super) start_ms: u64,
    pub(super) end_ms: u64,
    pub(super) text: &'a str,
    pub(super) chars: usize,
}

/// Fills lines from the top, and knows when they are full.
pub(super) struct Filling {
    line: usize,
    column: usize,
}

impl Filling {
    /// Empty lines, so many characters taken from the first.
    pub(super) const fn after(indent: usize) -> Self {
        Self { line: 1, column: indent }
    }

    /// Puts one more piece down; `false` when there is no line left for it.
    pub(super) fn add(&mut self, chars: usize) -> bool {
        let space = usize::from(self.column > 0);
        if self.column + space + chars <= MAX_LINE_CHARS {
            self.column += space + chars;
        } else {
            self.line += 1;
            self.column = chars;
        }
        self.line <= MAX_LINES
    }
}

/// How well a text may be divided after this piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Ending {
    Open,
    Clause,
    Sentence,
}

/// What a piece ends, by its punctuation; quotes and brackets behind it do not count.
pub(super) fn ending(text: &str) -> Ending {
    match text.chars().rev().find(|c| !matches!(c, '"' | '\'' | ')' | ']' | '”' | '’')) {
        Some('.' | '?' | '!' | '…' | '。' | '？' | '！') => Ending::Sentence,
        Some(',' | ';' | ':' | '—' | '–') => Ending::Clause,
        _ => Ending::Open,
    }
}

/// One line if they fit on one, else two of about the same length.
pub(super) fn lines(pieces: &[Piece<'_>], indent: usize) -> Vec<String> {
    let total = width(pieces);
    if indent + total <= MAX_LINE_CHARS {
        return vec![line(pieces)];
    }
    let mut left = 0;
    let mut best = None;
    for (index, piece) in pieces.iter().enumerate() {
        left += usize::from(index > 0) + piece.chars;
        let (first, second) = (indent + left, total.saturating_sub(left + 1));
        if first <= MAX_LINE_CHARS && second <= MAX_LINE_CHARS {
            let bonus = if ending(piece.text) == Ending::Open { 0 } else { PUNCTUATION_BONUS };
            let unevenness = (PUNCTUATION_BONUS + first.abs_diff(second)).saturating_sub(bonus);
            if best.is_none_or(|(least, _)| unevenness < least) {
                best = Some((unevenness, index + 1));
            }
        }
    }
    // Nothing fits beside the indent: the indent has the first line to itself.
    best.map_or_else(|| vec![line(pieces)], |(_, at)| vec![line(&pieces[..at]), line(&pieces[at..])])
}

fn width(pieces: &[Piece<'_>]) -> usize {
    let chars: usize = pieces.iter().map(|piece| piece.chars + 1).sum();
    chars.saturating_sub(1)
}

fn line(pieces: &[Piece<'_>]) -> String {
    let mut line = String::new();
    for piece in pieces {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(piece.text);
    }
    line
}
