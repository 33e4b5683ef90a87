//! Two texts laid side by side: which places of the one belong to which of the other.
//!
//! Places are counted in letters. Word by word both are followed as long as they are the same. After a difference the next
//! words that both have are looked for, in a window that grows until it holds some; between the two the places are
//! stretched to fit.

use super::letters::{Heard, letters};
use super::order::{by_key, rising};
use alloc::vec;
use alloc::vec::Vec;

/// So many words of each side are looked at first, for one that both have.
const WINDOW: usize = 24;
/// For each word so many are looked at in all; texts that are so different are not worth more.
const EFFORT: usize = 64;

/// A text as the words that are heard.
#[derive(Debug, Default)]
pub(super) struct Line {
    words: Vec<LineWord>,
    whole: Heard,
}

#[derive(Debug, Clone, Copy)]
struct LineWord {
    from: u64,
    to: u64,
    hash: u64,
}

impl Line {
    /// Goes on with one more word, and answers from where to where it stands; marks alone take no place.
    pub(super) fn push(&mut self, text: &str) -> (u64, u64) {
        let from = self.letters();
        let mut word = Heard::default();
        for letter in letters(text) {
            (word, self.whole) = (word.and(letter), self.whole.and(letter));
        }
        if word.letters > 0 {
            self.words.push(LineWord { from, to: self.letters(), hash: word.hash });
        }
        (from, self.letters())
    }

    /// How many letters it has.
    pub(super) const fn letters(&self) -> u64 {
        self.whole.letters
    }
}

/// Where two texts belong together.
#[derive(Debug)]
pub(super) struct Beside {
    /// Places in both, in order: between two of them the texts are the same, or quite different.
    pub(super) marks: Vec<(u64, u64)>,
    /// How many words are the same.
    pub(super) same: usize,
}

impl Beside {
    /// Lays them side by side.
    pub(super) fn lay(left: &Line, right: &Line) -> Self {
        let (lefts, rights) = (&left.words, &right.words);
        if left.whole == right.whole {
            return Self { marks: vec![(0, 0), (left.letters(), right.letters())], same: lefts.len() };
        }
        let mut effort = (lefts.len() + rights.len()) * EFFORT;
        let (mut marks, mut same) = (vec![(0, 0)], 0);
        let (mut at, mut beside) = (0, 0);
        loop {
            let alike = lefts[at..].iter().zip(&rights[beside..]).take_while(|(left, right)| left.hash == right.hash).count();
            if alike > 0 {
                marks.push((lefts[at].from, rights[beside].from));
                (at, beside, same) = (at + alike, beside + alike, same + alike);
                marks.push((lefts[at - 1].to, rights[beside - 1].to));
            }
            let Some((skipped, too)) = next_alike(&lefts[at..], &rights[beside..], &mut effort) else { break };
            (at, beside) = (at + skipped, beside + too);
        }
        marks.push((left.letters(), right.letters()));
        Self { marks, same }
    }

    /// The place in the left text where a word of the right one begins, if there is one for it.
    pub(super) fn start(&self, at: u64) -> Option<u64> {
        self.between(self.marks.partition_point(|mark| mark.1 <= at), at)
    }

    /// The place in the left text where a word of the right one ends, if there is one for it.
    pub(super) fn end(&self, at: u64) -> Option<u64> {
        self.between(self.marks.partition_point(|mark| mark.1 < at), at)
    }

    /// None where more is said than is written: there the first word begins and the last ends, the others have no place.
    fn between(&self, next: usize, at: u64) -> Option<u64> {
        let before = next.checked_sub(1).map_or((0, 0), |before| self.marks[before]);
        let Some(next) = self.marks.get(next).filter(|next| next.1 > before.1) else { return Some(before.0) };
        let place = before.0 + (next.0 - before.0) * (at - before.1) / (next.1 - before.1);
        let is_taken = place == before.0 && at > before.1 && next.0 > before.0;
        (!is_taken).then_some(place)
    }
}

/// How many words to leave out on both sides until the next one that both have.
fn next_alike(lefts: &[LineWord], rights: &[LineWord], effort: &mut usize) -> Option<(usize, usize)> {
    let mut window = WINDOW;
    loop {
        let (near, beside) = (&lefts[..window.min(lefts.len())], &rights[..window.min(rights.len())]);
        *effort = effort.checked_sub(near.len() + beside.len())?;
        if let Some((mut at, mut too)) = first_alike(near, beside) {
            while at > 0 && too > 0 && near[at - 1].hash == beside[too - 1].hash {
                (at, too) = (at - 1, too - 1);
            }
            return Some((at, too));
        }
        if near.len() == lefts.len() && beside.len() == rights.len() {
            return None;
        }
        window *= 4;
    }
}

/// The first word that both have, of those that they have equally often and in the same order.
fn first_alike(lefts: &[LineWord], rights: &[LineWord]) -> Option<(usize, usize)> {
    let sorted = by_key(lefts.iter().chain(rights).map(|word| word.hash));
    let mut partners = vec![None; lefts.len()];
    for alike in sorted.chunk_by(|one, other| one.0 == other.0) {
        let (left, right) = alike.split_at(alike.partition_point(|(_, at)| *at < lefts.len()));
        if left.len() == right.len() {
            for (left, right) in left.iter().zip(right) {
                partners[left.1] = Some(right.1 - lefts.len());
            }
        }
    }
    let pairs: Vec<(usize, usize)> = partners.into_iter().enumerate().filter_map(|(at, partner)| Some((at, partner?))).collect();
    let partners: Vec<u64> = pairs.iter().map(|pair| pair.1 as u64).collect();
    rising(&partners).first().map(|first| pairs[*first])
}
