//! Words into captions: divided where a reader would pause, on the screen when they are said.

use super::clusters::width;
use super::cue::Cue;
use super::division::{Division, last_turn};
use super::pieces::pieces;
use super::schedule::{end, put_off};
use super::speaker::{AFTER_LABEL, label};
use super::wording::Wording;
use super::{Options, Transcript};
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

/// The captions of a transcript: every word once, shown one after the other.
pub(super) fn of(transcript: &Transcript, options: &Options) -> Vec<Cue> {
    let (pieces, speakers) = pieces(transcript, options);
    let widest = options.max_chars_per_line - AFTER_LABEL.len();
    let labels: Vec<_> = speakers.iter().map(|id| label((*id)?, widest, options.clusters)).collect();
    let lead = |label: &Option<String>| label.as_ref().map_or(0, |label| width(label, options.clusters) + AFTER_LABEL.len());
    let names: Vec<usize> = labels.iter().map(|label| if options.speaker_labels { lead(label) } else { 0 }).collect();
    let division = Division { pieces: &pieces, options, names: &names, speakers: &speakers };
    let captions = division.captions();
    let mut times_ms: Vec<u64> = captions.iter().map(|caption| pieces[caption.start].start_ms).collect();
    put_off(&mut times_ms);
    let mut before = None;
    let cue = |(index, caption): (usize, Range<usize>)| {
        let (start_ms, next_ms) = (times_ms[index], times_ms.get(index + 1).copied());
        let caption = &pieces[caption];
        let room_ms = next_ms.map_or(u64::MAX, |next_ms| next_ms - start_ms).min(options.max_duration_ms);
        let wording = Wording::of(caption, &division, before, room_ms);
        before = last_turn(caption);
        let spoken_ms = caption.iter().map(|piece| piece.end_ms).max().unwrap_or(start_ms);
        let end_ms = end(start_ms, spoken_ms, wording.chars, next_ms, options.max_duration_ms);
        Cue { start_ms, end_ms, spans: wording.spans(&labels, options) }
    };
    captions.into_iter().enumerate().map(cue).collect()
}
