//! A transcription as what was said.

use crate::engine::heard::{Heard, Said, ms};
use crate::error::{Error, Result};
use crate::json::Value;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What of the answer is read; segments of some servers hold hundreds of tokens.
const FIELDS: &[&str] = &["text", "duration", "words", "word", "start", "end", "segments", "speaker"];

/// Reads it. Words stand beside the segments, or in them; they are in capitals as the text has them, where they are the same.
pub(super) fn heard(said: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(said, FIELDS).unwrap_or_default();
    let text = whole.text_of("text").ok_or(Error::UnexpectedAnswer { what: "a transcription" })?;
    let (mut words, mut turns, mut tells_speakers) = (Vec::new(), Vec::new(), false);
    for word in whole.get("words").entries() {
        words.push(Said::of(word, &["word"], ms, speaker(word)));
    }
    let are_inside = words.is_empty();
    for segment in whole.get("segments").entries() {
        let of_segment = speaker(segment);
        for word in segment.get("words").entries().iter().filter(|_| are_inside) {
            words.push(Said::of(word, &["word"], ms, speaker(word).or_else(|| of_segment.clone())));
        }
        tells_speakers |= of_segment.is_some();
        turns.push(Said::of(segment, &["text"], ms, of_segment));
    }
    let mut heard = Heard::default();
    // Where there are words, they are cut by pauses and sentences; segments are what a model hears at once.
    let are_turns = words.is_empty() || tells_speakers;
    heard.add_words(words);
    if are_turns {
        heard.add_turns(turns);
    }
    heard.speech.text = Some(text);
    heard.speech.duration_ms = ms(whole.get("duration"));
    heard.speech = heard.speech.spelled();
    Ok(heard)
}

/// The label of whoever said it, as the server has it.
fn speaker(said: &Value<'_>) -> Option<String> {
    said.id_of("speaker").map(ToOwned::to_owned)
}
