//! Words into captions: divided where a reader would pause, and put in order where times are not.

use super::layout::{Ending, Filling, MAX_LINE_CHARS, Piece, ending, lines};
use super::speaker::label;
use super::{Segment, Transcript};
use alloc::string::String;
use alloc::vec::Vec;

/// A caption that is gone sooner cannot be read.
const MIN_SHOWN_MS: u64 = 1000;
/// A caption that stays longer is read twice.
const MAX_SHOWN_MS: u64 = 7000;
/// After so long a silence a new caption begins.
const SILENCE_MS: u64 = 1500;
/// So short a pause is already a better place to divide than a comma.
const PAUSE_MS: u64 = 400;
/// What stands between a speaker's name and the text.
pub(super) const AFTER_LABEL: &str = ": ";

/// A caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// When it appears.
    pub start_ms: u64,
    /// When it goes: one to seven seconds later, and not after the next one appears.
    pub end_ms: u64,
    /// Who speaks, as readers are told: `Speaker 0`.
    pub speaker: Option<String>,
    /// Whether another speaker spoke before.
    pub begins_turn: bool,
    /// One or two lines of at most 42 characters, the speaker's name not among them; the first line has room for it.
    pub lines: Vec<String>,
}

/// The captions of a transcript: every word once and in order, shown one after the other.
pub(super) fn of(transcript: &Transcript) -> Vec<Cue> {
    let mut cues = Vec::new();
    let mut latest_ms = 0;
    for turn in transcript.segments.chunk_by(|segment, next| segment.speaker == next.speaker) {
        add_turn(&mut cues, turn, &mut latest_ms);
    }
    schedule(&mut cues);
    cues
}

/// Adds what one speaker says until another one does.
fn add_turn(cues: &mut Vec<Cue>, turn: &[Segment], latest_ms: &mut u64) {
    let speaker = turn.first().and_then(|segment| segment.speaker.as_deref()).map(label);
    let mut indent = speaker.as_ref().map_or(0, |label| label.chars().count() + AFTER_LABEL.len());
    let pieces = pieces(turn, latest_ms);
    let mut rest = pieces.as_slice();
    let mut begins_turn = speaker.is_some();
    while let Some(first) = rest.first() {
        let (cue, after) = rest.split_at(fill(rest, indent));
        let end_ms = cue.iter().map(|piece| piece.end_ms).max().unwrap_or(first.end_ms);
        cues.push(Cue { start_ms: first.start_ms, end_ms, speaker: speaker.clone(), begins_turn, lines: lines(cue, indent) });
        (rest, indent, begins_turn) = (after, 0, false);
    }
}

/// The words of a turn, none wider than a line, none beginning before the one that stands before it.
fn pieces<'a>(turn: &'a [Segment], latest_ms: &mut u64) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    for word in turn.iter().flat_map(|segment| &segment.words) {
        let mut rest = word.text.as_str();
        while !rest.is_empty() {
            let is_short = rest.len() <= MAX_LINE_CHARS;
            let cut = if is_short { None } else { rest.char_indices().nth(MAX_LINE_CHARS) };
            let (text, after) = rest.split_at(cut.map_or(rest.len(), |(at, _)| at));
            *latest_ms = word.start_ms.max(*latest_ms);
            pieces.push(Piece { start_ms: *latest_ms, end_ms: word.end_ms.max(*latest_ms), text, chars: text.chars().count() });
            rest = after;
        }
    }
    pieces
}

/// How many of the pieces the next caption takes; one at least.
fn fill(pieces: &[Piece<'_>], indent: usize) -> usize {
    let Some(first) = pieces.first() else { return 0 };
    let mut filling = Filling::after(indent);
    let mut before_ms = first.end_ms;
    for (index, piece) in pieces.iter().enumerate() {
        let fits = filling.add(piece.chars) && piece.end_ms - first.start_ms <= MAX_SHOWN_MS;
        if index > 0 && piece.start_ms.saturating_sub(before_ms) >= SILENCE_MS {
            return index;
        }
        if index > 0 && !fits {
            return best_division(pieces, index);
        }
        before_ms = piece.end_ms;
    }
    pieces.len()
}

/// Where to divide when so many pieces fit and more follow: the latest of the best places.
fn best_division(pieces: &[Piece<'_>], fitting: usize) -> usize {
    let mut best = (0, fitting);
    for at in 1..=fitting {
        let (last, next) = (&pieces[at - 1], &pieces[at]);
        let shown_ms = next.start_ms - pieces[0].start_ms;
        let is_worth_a_caption = at * 3 >= fitting && shown_ms >= MIN_SHOWN_MS;
        let quality = match ending(last.text) {
            Ending::Sentence => 3,
            _ if next.start_ms.saturating_sub(last.end_ms) >= PAUSE_MS => 2,
            Ending::Clause => 1,
            Ending::Open => 0,
        };
        if is_worth_a_caption && quality >= best.0 {
            best = (quality, at);
        }
    }
    best.1
}

/// Makes captions follow each other: each has its second, none is shown beside the next or after seven.
fn schedule(cues: &mut [Cue]) {
    let mut free_from_ms = 0;
    for cue in cues.iter_mut() {
        cue.start_ms = cue.start_ms.max(free_from_ms);
        free_from_ms = cue.start_ms + MIN_SHOWN_MS;
        cue.end_ms = cue.end_ms.clamp(free_from_ms, cue.start_ms + MAX_SHOWN_MS);
    }
    for index in 1..cues.len() {
        cues[index - 1].end_ms = cues[index - 1].end_ms.min(cues[index].start_ms);
    }
}
