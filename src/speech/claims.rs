//! What a language model says about a conversation, held against what was said: a claim that does not hold is none.

use super::Finding;
use super::passages::Passage;
use super::spoken::{compared, is_same};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// A conversation that claims are held against.
#[derive(Debug)]
pub struct Claims<'a> {
    passages: &'a [Passage<'a>],
    /// Each word that is compared, with its passage and its place there, in the order of the passages.
    words: Vec<(String, usize, usize)>,
}

impl<'a> Claims<'a> {
    /// Claims about what is said in these passages.
    #[must_use]
    pub fn about(passages: &'a [Passage<'a>]) -> Self {
        let mut words = Vec::new();
        for (passage, said) in passages.iter().enumerate() {
            for (place, word) in said.words.iter().enumerate() {
                words.extend(compared(word.text).into_iter().map(|text| (text, passage, place)));
            }
        }
        Self { passages, words }
    }

    /// A phrase that is said to come in it: the phrase as it is claimed, with when and by whom it is said first. None where
    /// nobody says it, or only two speakers together do; case and punctuation do not matter.
    #[must_use]
    pub fn phrase(&self, claimed: &str) -> Option<Finding> {
        Some(Finding { value: claimed.trim().to_owned(), ..self.quotation(claimed)? })
    }

    /// A quotation: the words that are quoted, as they are written where they are said first. None where nobody says them.
    #[must_use]
    pub fn quotation(&self, claimed: &str) -> Option<Finding> {
        let claimed = compared(claimed);
        let says = |said: &[(String, usize, usize)]| said.iter().zip(&claimed).all(|((said, ..), claimed)| said == claimed);
        let one_speaker = |said: &[(String, usize, usize)]| {
            said.windows(2).all(|pair| self.passages[pair[0].1].speaker == self.passages[pair[1].1].speaker)
        };
        let mut windows = self.words.windows(claimed.len().max(1)).filter(|_| !claimed.is_empty());
        let said = windows.find(|said| says(said) && one_speaker(said))?;
        let (first, last) = (said.first()?, said.last()?);
        Some(self.finding((first.1, first.2), (last.1, last.2)))
    }

    /// What is said from one place to another, as it is written.
    fn finding(&self, (first, from): (usize, usize), (last, to): (usize, usize)) -> Finding {
        let mut words = Vec::new();
        for passage in first..=last {
            let said = &self.passages[passage].words;
            let from = if passage == first { from } else { 0 };
            let to = if passage == last { to + 1 } else { said.len() };
            words.extend_from_slice(&said[from..to]);
        }
        let count = words.len();
        Passage { speaker: self.passages[first].speaker, words }.finding(0..count)
    }
}

/// A text that is said to be another with punctuation; none where it has other words, or others in their place.
#[must_use]
pub fn punctuation(given: &str, claimed: &str) -> Option<String> {
    is_same(given, claimed).then(|| claimed.trim().to_owned())
}
