//! The words of a transcript, given to those who said them.

use super::beside::{Beside, Line};
use super::letters::{letters, tokens};
use super::node::Utterance;
use alloc::borrow::Cow;
use alloc::vec::Vec;

/// Where a transcript has so many letters more than twice those of the words, words are missing and not different.
const MORE_LETTERS: u64 = 20;

/// A text, word by word.
pub(super) struct Written<'a> {
    pub(super) line: Line,
    tokens: Vec<Piece<Cow<'a, str>>>,
}

/// A word, and where in its line it stands; marks alone stand at the end of what is before them.
struct Piece<T> {
    from: u64,
    to: u64,
    text: T,
}

impl<'a> Written<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut line = Line::default();
        let mut piece = |text: Cow<'a, str>| {
            let (from, to) = line.push(&text);
            Piece { from, to, text }
        };
        let tokens = tokens(text).map(&mut piece).collect();
        Self { line, tokens }
    }
}

/// Gives each run its words, in the transcript's spelling where that says the same, else in their own.
pub(super) fn respell(runs: &mut [Utterance<'_>], written: &Written<'_>, beside: &Beside) {
    let mut line = Line::default();
    let mut words = Vec::new();
    for (run, utterance) in runs.iter().enumerate() {
        for word in &utterance.words {
            let (from, to) = line.push(word.text);
            words.push(Piece { from, to, text: (run, word.text) });
        }
    }
    let (mut words, mut tokens) = (&words[..], &written.tokens[..]);
    let mut run = 0;
    let mut write = |run: usize, text: &str| {
        let spelled = runs[run].text.to_mut();
        spelled.push_str(text);
        spelled.push(' ');
    };
    for pair in beside.marks.windows(2) {
        let &[start, end] = pair else { continue };
        let (said, later) = words.split_at(words.partition_point(|word| word.to <= end.1));
        let (spelled, rest) = tokens.split_at(tokens.partition_point(|token| token.to <= end.0));
        let heard = || said.iter().flat_map(|word| letters(word.text.1));
        let is_other = || !heard().eq(spelled.iter().flat_map(|token| letters(&token.text)));
        let says_more = end.0 - start.0 > 2 * (end.1 - start.1) + MORE_LETTERS;
        if written.line.letters() == 0 || start.1 < end.1 && !says_more && is_other() {
            for word in said {
                run = word.text.0;
                write(run, word.text.1);
            }
        } else {
            let mut said = said.iter().peekable();
            for token in spelled {
                // A mark without letters stays with what was said before it, and so does what nobody said.
                while let Some(word) = said.next_if(|word| token.from < token.to && word.from + start.0 <= token.from + start.1) {
                    run = word.text.0;
                }
                write(run, &token.text);
            }
        }
        (words, tokens) = (later, rest);
    }
}
