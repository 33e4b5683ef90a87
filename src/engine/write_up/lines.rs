//! What was said as numbered lines that a language model can refer to, in parts that it reads at once.

use crate::json::push_digits;
use crate::speech::{Finding, Passage};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// A line ends with its sentence from this length on.
const LONG_BYTES: usize = 400;
/// A line ends.
const LONGEST_BYTES: usize = 1_200;
/// A part has no more: some ten thousand tokens, of which the models that are used have 24,000 at least. An hour's call has one or two.
const PART_BYTES: usize = 40_000;

/// What was said, line by line.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    passages: &'a [Passage<'a>],
    speakers: &'a [String],
    /// The passage of each line, and its words there.
    places: Vec<(usize, Range<usize>)>,
}

/// Some lines, one after the other.
#[derive(Debug)]
pub(super) struct Part {
    /// Their numbers.
    pub(super) lines: Range<usize>,
    /// `[7] speaker: words`, line by line.
    pub(super) text: String,
}

impl<'a> Lines<'a> {
    pub(super) fn of(passages: &'a [Passage<'a>], speakers: &'a [String]) -> Self {
        let mut places = Vec::new();
        for (place, passage) in passages.iter().enumerate() {
            let mut ends = passage.sentences().into_iter().map(|sentence| sentence.end).peekable();
            let (mut from, mut bytes) = (0, 0);
            for (at, word) in (1..).zip(&passage.words) {
                bytes += word.text.len() + 1;
                let ends_sentence = ends.next_if_eq(&at).is_some();
                if at == passage.words.len() || bytes >= LONGEST_BYTES || ends_sentence && bytes >= LONG_BYTES {
                    places.push((place, from..at));
                    (from, bytes) = (at, 0);
                }
            }
        }
        Self { passages, speakers, places }
    }

    /// All lines, in parts.
    pub(super) fn parts(&self) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (number, (place, words)) in self.places.iter().enumerate() {
            let line = self.line(number, *place, words.clone());
            match parts.last_mut().filter(|part| part.text.len() + line.len() <= PART_BYTES) {
                Some(part) => {
                    part.text.push_str(&line);
                    part.lines.end = number + 1;
                }
                None => parts.push(Part { lines: number..number + 1, text: line }),
            }
        }
        parts
    }

    /// What is said from one line to another, by whoever says the first; none where a model has made up a number.
    pub(super) fn finding(&self, part: &Part, first: Option<u64>, last: Option<u64>) -> Option<Finding> {
        let place = |number: Option<u64>| usize::try_from(number?).ok().filter(|number| part.lines.contains(number));
        let (first, last) = (place(first)?, place(last)?);
        let line = |number: usize| self.places.get(number).map(|(place, words)| self.passages[*place].finding(words.clone()));
        let (begins, ends) = (line(first)?, line(last).filter(|_| first <= last)?);
        Some(Finding { end_ms: ends.end_ms, ..begins })
    }

    /// From when to when all is said.
    pub(super) fn whole(&self) -> Finding {
        let words = || self.passages.iter().flat_map(|passage| &passage.words);
        let start_ms = words().filter_map(|word| word.start_ms).min();
        let end_ms = words().filter_map(|word| word.end_ms).max();
        Finding { start_ms, end_ms, ..Finding::default() }
    }

    fn line(&self, number: usize, place: usize, words: Range<usize>) -> String {
        let mut line = String::from("[");
        push_digits(&mut line, number as u64, 1);
        line.push_str("] ");
        let found = self.passages[place].finding(words);
        if let Some(speaker) = found.speaker.and_then(|speaker| self.speakers.get(usize::from(speaker))) {
            line.push_str(&[speaker, ": "].concat());
        }
        line.push_str(&[&found.value, "\n"].concat());
        line
    }
}
