//! The places of an utterance's text of which its timed words tell the time.

use super::beside::{Beside, Line};
use super::letters::LETTER_MS;
use super::node::Utterance;
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

/// The known places, the utterance's own start among them; neither places nor times run backwards.
pub(super) fn knots(utterance: &Utterance<'_>, text: &Line) -> Vec<Knot> {
    let mut spoken = Line::default();
    let places: Vec<(u64, u64)> = utterance.words.iter().map(|word| spoken.push(word.text)).collect();
    let beside = Beside::lay(text, &spoken);
    let mut knots: Vec<Knot> = utterance.span.start_ms.map(|ms| Knot { at: 0, ms }).into_iter().collect();
    // How many knots there were when the last word had begun, and when that was.
    let mut begun = (0, None);
    for (word, (from, to)) in utterance.words.iter().zip(places) {
        if let (Some(start_ms), Some(at)) = (word.span.start_ms, beside.start(from)) {
            if begun.1 == Some(start_ms) {
                // Two words cannot begin at once: they share the time that both have.
                knots.truncate(begun.0);
            } else {
                begin(&mut knots, at, start_ms);
                begun = (knots.len(), Some(start_ms));
            }
        }
        if let (Some(end_ms), Some(at)) = (word.span.end_ms, beside.end(to)) {
            end(&mut knots, at, end_ms);
        }
    }
    knots
}

/// A word begins: what was said to last longer ends.
fn begin(knots: &mut Vec<Knot>, at: u64, ms: u64) {
    knots.iter_mut().rev().take_while(|knot| knot.ms > ms).for_each(|knot| knot.ms = ms);
    if let Some(last) = knots.last() {
        let (letters, silent_ms) = (at - last.at, ms - last.ms);
        if letters > 0 && silent_ms > SILENCE_MS + letters * SLOW_LETTER_MS {
            let said_ms = last.ms + letters * LETTER_MS;
            knots.push(Knot { at, ms: said_ms });
        }
    }
    knots.push(Knot { at, ms });
}

/// A word ends, if that can be: after it or one before it began, and not long after.
fn end(knots: &mut Vec<Knot>, at: u64, ms: u64) {
    let can_be = knots.last().is_some_and(|last| {
        let longest_ms = MAX_WORD_MS + (at - last.at) * MAX_LETTER_MS;
        (last.ms + 1..=last.ms + longest_ms).contains(&ms)
    });
    if can_be {
        knots.push(Knot { at, ms });
    }
}
