//! `WebVTT` captions: speakers are voices, and three characters are escaped.

use super::cues::Cue;
use super::number::push_clock;
use alloc::string::String;

/// The captions as `WebVTT`.
pub(super) fn write(cues: &[Cue]) -> String {
    let mut out = String::from("WEBVTT\n\n");
    for cue in cues {
        push_clock(&mut out, cue.start_ms, '.');
        out.push_str(" --> ");
        push_clock(&mut out, cue.end_ms, '.');
        out.push('\n');
        if let Some(speaker) = &cue.speaker {
            out.push_str("<v ");
            push_escaped(&mut out, speaker);
            out.push('>');
        }
        for (index, line) in cue.lines.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            push_escaped(&mut out, line);
        }
        out.push_str(if cue.speaker.is_some() { "</v>\n\n" } else { "\n\n" });
    }
    out
}

/// `>` too: that leaves no arrow in a text.
fn push_escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            _ => out.push(c),
        }
    }
}
