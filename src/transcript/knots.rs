//! The places of an utterance's text of which its timed words tell the time.

use super::beside::{Token, lay, push};
use super::letters::LETTER_MS;
use super::node::Said;
use alloc::vec;
use alloc::vec::Vec;

/// A word that lasts longer than this and a second for each letter has no end.
const MAX_WORD_MS: u64 = 30_000;
const MAX_LETTER_MS: u64 = 1000;
/// Where more time than this passes for the letters between two known times, there is a silence behind them.
const SILENCE_MS: u64 = 2000;
const SLOW_LETTER_MS: u64 = 200;

/// A place in the text, counted in letters, of which the time is known.
#[derive(Debug)]
pub(super) struct Knot {
    pub(super) at: u64,
    pub(super) ms: u64,
}

/// The known places of a text that begins at some time; neither places nor times run backwards.
pub(super) fn knots(utterance: &Said<'_>, written: &[Token<'_>], start_ms: u64) -> Vec<Knot> {
    let mut said = Vec::new();
    for (owner, word) in utterance.words.iter().enumerate() {
        push(&mut said, &word.text, owner);
    }
    let mut knots = vec![Knot { at: 0, ms: start_ms }];
    // How many knots there were when the last word had begun, and when that was.
    let mut begun = (0, None);
    for stretch in lay(written, &said).0 {
        for token in stretch.right {
            let times = utterance.words[token.owner].times;
            if let (Some(start_ms), Some(at)) = (times.start_ms, stretch.place(token.from)) {
                if begun.1 == Some(start_ms) {
                    // Two words cannot begin at once: they share the time that both have.
                    knots.truncate(begun.0);
                } else {
                    begin(&mut knots, at, start_ms);
                    begun = (knots.len(), Some(start_ms));
                }
            }
            if let (Some(end_ms), Some(at)) = (times.end_ms, stretch.place(token.to())) {
                end(&mut knots, at, end_ms);
            }
        }
    }
    knots
}

/// A word begins: what was said to last longer ends.
fn begin(knots: &mut Vec<Knot>, at: u64, ms: u64) {
    for knot in knots.iter_mut().rev().take_while(|knot| knot.ms > ms) {
        knot.ms = ms;
    }
    if let Some(last) = knots.last() {
        let (letters, said_ms) = (at - last.at, last.ms);
        if letters > 0 && ms - said_ms > SILENCE_MS + letters * SLOW_LETTER_MS {
            knots.push(Knot { at, ms: said_ms + letters * LETTER_MS });
        }
    }
    knots.push(Knot { at, ms });
}

/// A word ends, if that can be: after it or one before it began, and not long after.
fn end(knots: &mut Vec<Knot>, at: u64, ms: u64) {
    if let Some(last) = knots.last()
        && last.ms < ms
        && ms <= last.ms + MAX_WORD_MS + (at - last.at) * MAX_LETTER_MS
    {
        knots.push(Knot { at, ms });
    }
}
