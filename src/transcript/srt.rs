//! `SubRip` captions: numbered, with commas in their times, and no way to escape anything.

use super::cue::Cue;
use super::number::push_clock;
use crate::json::push_digits;
use alloc::string::String;

/// Keeps a letter from what stands before it, and is not seen.
const WORD_JOINER: char = '\u{2060}';

/// The captions as SRT.
pub(super) fn write(cues: &[Cue]) -> String {
    let mut out = String::new();
    for (index, cue) in (1..).zip(cues) {
        push_digits(&mut out, index, 1);
        out.push('\n');
        push_clock(&mut out, cue.start_ms, ',');
        out.push_str(" --> ");
        push_clock(&mut out, cue.end_ms, ',');
        out.push('\n');
        for span in &cue.spans {
            push_harmless(&mut out, &span.text);
        }
        out.push_str("\n\n");
    }
    out
}

/// Players take `<…>` for a tag, `{…}` and `\N` for commands, and hide them; `-->` makes a line a line of times.
fn push_harmless(out: &mut String, text: &str) {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'>' | b'{' | b'}' | b'\\')) {
        return out.push_str(text);
    }
    let mut is_open = false;
    for c in text.chars() {
        match c {
            '<' => out.push('‹'),
            '>' if out.ends_with("--") => {
                out.truncate(out.len() - "--".len());
                out.push('→');
            }
            '>' if is_open => out.push('›'),
            '{' => out.push('('),
            '}' => out.push(')'),
            '\\' => out.extend([c, WORD_JOINER]),
            _ => out.push(c),
        }
        is_open = c == '<' || (is_open && c != '>');
    }
}
