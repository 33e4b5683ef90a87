//! The model as JSON: `{segments: [{speaker?, name?, start, end, text, words: [{start, end, word}]}]}`, times in seconds.

use super::number::push_seconds;
use super::text::push_words;
use super::{Segment, Transcript};
use crate::json::push_text;
use alloc::string::String;

/// The transcript as JSON, without white space.
pub(super) fn write(transcript: &Transcript) -> String {
    let mut out = String::from(r#"{"segments":["#);
    for (index, segment) in transcript.segments.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_segment(&mut out, segment, transcript.name(segment));
    }
    out.push_str("]}");
    out
}

fn push_segment(out: &mut String, segment: &Segment, name: Option<&str>) {
    out.push('{');
    for (field, value) in [(r#""speaker":"#, segment.speaker.as_deref()), (r#""name":"#, name)] {
        if let Some(value) = value {
            out.push_str(field);
            push_text(out, value);
            out.push(',');
        }
    }
    push_times(out, segment.start_ms, segment.end_ms);
    let mut text = String::new();
    push_words(&mut text, &segment.words);
    out.push_str(r#","text":"#);
    push_text(out, &text);
    out.push_str(r#","words":["#);
    for (index, word) in segment.words.iter().enumerate() {
        out.push_str(if index > 0 { ",{" } else { "{" });
        push_times(out, word.start_ms, word.end_ms);
        out.push_str(r#","word":"#);
        push_text(out, &word.text);
        out.push('}');
    }
    out.push_str("]}");
}

fn push_times(out: &mut String, start_ms: u64, end_ms: u64) {
    out.push_str(r#""start":"#);
    push_seconds(out, start_ms);
    out.push_str(r#","end":"#);
    push_seconds(out, end_ms);
}
