//! Two texts laid side by side: which stretch of the one belongs to which of the other.
//!
//! Word by word both are followed as long as they are the same. After a difference the next words that both have are
//! looked for, in a window that grows until it holds some.

use super::letters::{Heard, heard};
use super::order::rising;
use alloc::vec::Vec;

/// So many words of each side are looked at first, for one that both have, and so many at most.
const WINDOW: usize = 16;
const MAX_WINDOW: usize = 256;
/// For each word so many pairs are looked at in all; texts that are so different are not worth more.
const EFFORT: usize = 2000;

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    /// To which of something it belongs.
    pub(super) owner: usize,
    /// Its place in the text, counted in letters; marks alone have none, and take no place.
    pub(super) from: u64,
    pub(super) heard: Heard,
}

impl Token<'_> {
    pub(super) const fn to(&self) -> u64 {
        self.from + self.heard.letters
    }
}

/// A stretch of both texts, the same in both or quite different.
#[derive(Debug)]
pub(super) struct Stretch<'s, 'a> {
    pub(super) left: &'s [Token<'a>],
    pub(super) right: &'s [Token<'a>],
    /// Where it begins in both.
    from: (u64, u64),
    /// What is heard of both.
    pub(super) heard: (Heard, Heard),
}

impl Stretch<'_, '_> {
    /// The place in the left text for one in the right. Where more is said than is written the first letters have one place:
    /// it is the first one's.
    pub(super) fn place(&self, at: u64) -> Option<u64> {
        let (letters, beside) = (self.heard.0.letters, self.heard.1.letters);
        let place = (at - self.from.1) * letters / beside.max(1);
        (place > 0 || at == self.from.1 || letters == 0).then_some(self.from.0 + place)
    }

    /// Whose word on the right belongs to a place on the left, where both are the same.
    pub(super) fn owner(&self, at: u64) -> Option<usize> {
        owner_at(self.right, at - self.from.0 + self.from.1)
    }
}

/// Goes on with one more word.
pub(super) fn push<'a>(line: &mut Vec<Token<'a>>, text: &'a str, owner: usize) {
    line.push(Token { text, owner, from: length(line), heard: heard(text) });
}

/// How many letters a text has.
pub(super) fn length(line: &[Token<'_>]) -> u64 {
    line.last().map_or(0, Token::to)
}

/// Whose word stands at a place.
pub(super) fn owner_at(line: &[Token<'_>], place: u64) -> Option<usize> {
    line[..line.partition_point(|token| token.from <= place)].last().map(|token| token.owner)
}

/// Lays two texts side by side, and tells how many words are the same.
pub(super) fn lay<'s, 'a>(mut left: &'s [Token<'a>], mut right: &'s [Token<'a>]) -> (Vec<Stretch<'s, 'a>>, usize) {
    let mut effort = (left.len() + right.len()) * EFFORT;
    let (mut stretches, mut same) = (Vec::new(), 0);
    let mut from = (0, 0);
    while !(left.is_empty() && right.is_empty()) {
        let alike = left.iter().zip(right).take_while(|(one, other)| one.heard == other.heard).count();
        let (at, beside) = if alike > 0 { (alike, alike) } else { next_alike(left, right, &mut effort) };
        let (before, too);
        (before, left) = left.split_at(at);
        (too, right) = right.split_at(beside);
        let heard = (whole(before), whole(too));
        stretches.push(Stretch { left: before, right: too, from, heard });
        from = (from.0 + heard.0.letters, from.1 + heard.1.letters);
        same += alike;
    }
    (stretches, same)
}

/// What is heard of several words.
fn whole(line: &[Token<'_>]) -> Heard {
    line.iter().fold(Heard::default(), |whole, token| whole.and(token.heard))
}

/// How many words to leave out on both sides until the next one that both have; all where there is none.
fn next_alike(left: &[Token<'_>], right: &[Token<'_>], effort: &mut usize) -> (usize, usize) {
    let mut window = WINDOW;
    while window <= MAX_WINDOW {
        let (near, beside) = (&left[..window.min(left.len())], &right[..window.min(right.len())]);
        *effort = effort.saturating_sub(near.len() * (near.len() + beside.len()));
        let pairs = pairs(near, beside);
        let partners: Vec<u64> = pairs.iter().map(|pair| pair.1 as u64).collect();
        if let Some(first) = rising(&partners).first() {
            let (mut at, mut too) = pairs[*first];
            while at > 0 && too > 0 && near[at - 1].heard == beside[too - 1].heard {
                (at, too) = (at - 1, too - 1);
            }
            return (at, too);
        }
        window = if *effort > 0 { window * 4 } else { usize::MAX };
    }
    (left.len(), right.len())
}

/// The words that both have equally often, each with its partner.
fn pairs(left: &[Token<'_>], right: &[Token<'_>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (at, token) in left.iter().enumerate().filter(|(_, token)| token.heard.letters > 0) {
        let count = |line: &[Token<'_>]| line.iter().filter(|other| other.heard == token.heard).count();
        let mut partners = (0..right.len()).filter(|at| right[*at].heard == token.heard);
        if count(left) == count(right) {
            pairs.extend(partners.nth(count(&left[..at])).map(|partner| (at, partner)));
        }
    }
    pairs
}
