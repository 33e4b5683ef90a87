//! The words of a conversation as numbers, and which of them carry no subject.

use super::english::StopWords;
use super::letters::is_heard;
use super::order::{hash, order};
use super::passages::Passage;
use super::spoken::spoken;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The words of some passages as numbers: the same word has the same one, whatever its punctuation and its capitals.
pub(super) struct Terms {
    /// Passage by passage, word by word.
    pub(super) ids: Vec<Vec<usize>>,
    /// The words by their numbers; punctuation that stands by itself is an empty one.
    pub(super) names: Vec<String>,
    /// How often each comes.
    pub(super) counts: Vec<usize>,
    /// Whether each carries no subject, as far as English knows.
    pub(super) is_stop: Vec<bool>,
    /// Whether the whole is English.
    pub(super) is_english: bool,
}

impl Terms {
    /// Those of some passages.
    pub(super) fn of(passages: &[Passage<'_>]) -> Self {
        let heard: Vec<String> = passages.iter().flat_map(|passage| &passage.words).map(|word| spoken(word.text)).collect();
        let by_hash = order(heard.iter().map(|word| hash(word.bytes().map(u64::from))).collect());
        let mut flat = vec![0; heard.len()];
        let (mut names, mut counts): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
        for place in by_hash {
            if names.last() != Some(&heard[place]) {
                names.push(heard[place].clone());
                counts.push(0);
            }
            flat[place] = names.len() - 1;
            if let Some(count) = counts.last_mut() {
                *count += 1;
            }
        }
        let mut flat = flat.into_iter();
        let ids = passages.iter().map(|passage| flat.by_ref().take(passage.words.len()).collect()).collect();
        let stop_words = StopWords::new();
        let is_stop = names.iter().map(|name| !is_subject(name) || stop_words.have(name)).collect();
        let is_english = stop_words.tell_english(names.iter().map(String::as_str).zip(counts.iter().copied()));
        Self { ids, names, counts, is_stop, is_english }
    }
}

/// A word of two letters at least; a number carries no subject by itself, nor does a letter.
fn is_subject(name: &str) -> bool {
    name.chars().filter(|c| is_heard(*c) && !c.is_ascii_digit()).nth(1).is_some()
}
