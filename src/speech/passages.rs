//! What was said as written words, however a service gives it: what sentences, phrases and quotations are found in.

use super::sentences::ends_sentence;
use super::utterances::Utterance;
use super::{Finding, Speech, push_word};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The written words that one speaker said in one go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage<'a> {
    /// Who said them, as a place in the list of speakers.
    pub speaker: Option<u16>,
    /// One after the other, none of them empty.
    pub words: Vec<Written<'a>>,
}

/// A written word, and when it was said as far as that is known: its own times, or those of the whole that it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<'a> {
    /// With its punctuation.
    pub text: &'a str,
    /// From the beginning of the media.
    pub start_ms: Option<u64>,
    /// From the beginning of the media.
    pub end_ms: Option<u64>,
}

impl Speech {
    /// What was said passage by passage, in the order of time: by its words, else by its turns, else by its text.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'_>> {
        if !self.words.is_empty() {
            return self.utterances().iter().map(Passage::of_words).collect();
        }
        if self.turns.iter().all(|turn| turn.text.trim().is_empty()) {
            return self.text.iter().map(|text| Passage::of_text(text, None, None, None)).collect();
        }
        let passages = self.turns_in_time().into_iter().map(|turn| {
            let end_ms = turn.end_ms.max(turn.start_ms);
            Passage::of_text(&turn.text, turn.speaker, Some(turn.start_ms), Some(end_ms))
        });
        passages.collect()
    }
}

impl<'a> Passage<'a> {
    /// A text of which no more is known than when the whole was said.
    #[must_use]
    pub fn of_text(text: &'a str, speaker: Option<u16>, start_ms: Option<u64>, end_ms: Option<u64>) -> Self {
        let parts = text.split_whitespace().flat_map(|word| word.split_inclusive(ends_unspaced));
        Self { speaker, words: parts.map(|text| Written { text, start_ms, end_ms }).collect() }
    }

    fn of_words(utterance: &Utterance<'a>) -> Self {
        let words = utterance.words.iter().filter(|word| !word.written.trim().is_empty());
        let words = words.map(|word| Written {
            text: word.written.trim(),
            start_ms: Some(word.start_ms),
            end_ms: Some(word.end_ms.max(word.start_ms)),
        });
        Self { speaker: utterance.speaker, words: words.collect() }
    }

    /// The places of its sentences, one after the other; what has no end is one too.
    #[must_use]
    pub fn sentences(&self) -> Vec<core::ops::Range<usize>> {
        let (mut sentences, mut from) = (vec![], 0);
        for (at, word) in self.words.iter().enumerate() {
            let next = self.words.get(at + 1).map(|next| next.text);
            if next.is_none() || ends_sentence(word.text, next) {
                sentences.push(from..at + 1);
                from = at + 1;
            }
        }
        sentences
    }

    /// Some of its words as they are written, with when and by whom they are said.
    #[must_use]
    pub fn finding(&self, place: core::ops::Range<usize>) -> Finding {
        let words = self.words.get(place).unwrap_or_default();
        let mut value = String::new();
        for word in words {
            push_word(&mut value, word.text);
        }
        Finding {
            value,
            start_ms: words.first().and_then(|word| word.start_ms),
            end_ms: words.iter().map(|word| word.end_ms).max().flatten(),
            speaker: self.speaker,
            confidence: None,
        }
    }
}

/// A full stop, a question mark or an exclamation mark of a script that has no spaces behind them.
const fn ends_unspaced(c: char) -> bool {
    matches!(c, '。' | '！' | '？')
}
