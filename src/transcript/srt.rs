//! `SubRip` captions: numbered, with commas in their times, and no way to escape anything.

use super::cues::{AFTER_LABEL, Cue};
use super::layout::MAX_LINE_CHARS;
use super::number::push_clock;
use crate::json::push_digits;
use alloc::string::String;

/// The captions as SRT; a speaker is named where a turn begins.
pub(super) fn write(cues: &[Cue]) -> String {
    let mut out = String::new();
    for (index, cue) in (1..).zip(cues) {
        push_digits(&mut out, index, 1);
        out.push('\n');
        push_clock(&mut out, cue.start_ms, ',');
        out.push_str(" --> ");
        push_clock(&mut out, cue.end_ms, ',');
        out.push('\n');
        push_label(&mut out, cue);
        for line in &cue.lines {
            push_harmless(&mut out, line);
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The name stands before the first line, or above it where both do not fit.
fn push_label(out: &mut String, cue: &Cue) {
    let Some(speaker) = cue.speaker.as_ref().filter(|_| cue.begins_turn) else { return };
    push_harmless(out, speaker);
    let chars = |text: &str| text.chars().count();
    let first = cue.lines.first().map_or(0, |line| chars(line));
    if chars(speaker) + AFTER_LABEL.len() + first <= MAX_LINE_CHARS {
        out.push_str(AFTER_LABEL);
    } else {
        out.push_str(":\n");
    }
}

/// `-->` makes a line a line of times: in a text an arrow stands for it.
fn push_harmless(out: &mut String, text: &str) {
    for part in text.split_inclusive('>') {
        out.push_str(part);
        if part.ends_with("-->") {
            out.truncate(out.len() - "-->".len());
            out.push('→');
        }
    }
}
