//! `WebVTT` captions: speakers are voices, and three characters are escaped.

use super::cue::Cue;
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
        for span in &cue.spans {
            let text = span.text.trim_start_matches(['\n', ' ']);
            out.push_str(&span.text[..span.text.len() - text.len()]);
            let Some(speaker) = &span.speaker else {
                push_escaped(&mut out, text);
                continue;
            };
            out.extend(["<v ", speaker, ">"]);
            push_escaped(&mut out, text);
            out.push_str("</v>");
        }
        out.push_str("\n\n");
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
