//! A transcription as what was said.

use crate::engine::heard::{Heard, ms, said, unusable};
use crate::error::Result;
use crate::json::Value;
use crate::speech::Turn;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// What of the answer is read; segments of some servers hold hundreds of tokens.
const FIELDS: &[&str] = &["text", "duration", "words", "word", "start", "end", "segments", "speaker"];

/// Reads it. Words stand beside the segments, or in them; they are in capitals as the text has them, where they are the same.
pub(super) fn heard(answer: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(answer, FIELDS).unwrap_or_default();
    let text = whole.text_of("text").ok_or_else(|| unusable("openai", "a transcription"))?;
    let segments = whole.get("segments");
    let mut words = said(whole.get("words"), &["word"], ms, &speaker);
    for segment in segments.entries().iter().filter(|_| whole.get("words").entries().is_empty()) {
        words.extend(said(segment.get("words"), &["word"], ms, &|word| speaker(word).or_else(|| speaker(segment))));
    }
    let mut heard = Heard::default();
    // Where there are words, they are cut by pauses and sentences; segments are what a model hears at once.
    let are_turns = words.is_empty() || segments.entries().iter().any(|segment| speaker(segment).is_some());
    heard.add_words(words);
    if are_turns {
        heard.add_turns(said(segments, &["text"], ms, &speaker));
    }
    heard.speech.duration_ms = ms(whole.get("duration"));
    if heard.speech.words.is_empty() && heard.speech.turns.is_empty() && !text.trim().is_empty() {
        // A model that times nothing: all of it is one turn.
        let end_ms = heard.speech.duration_ms.unwrap_or_default();
        heard.speech.turns.push(Turn { text: text.trim().to_owned(), start_ms: 0, end_ms, speaker: None, confidence: None });
    }
    heard.speech.text = Some(text);
    heard.speech = heard.speech.spelled();
    Ok(heard)
}

/// The label of whoever said it, as the server has it.
fn speaker(said: &Value<'_>) -> Option<String> {
    said.id_of("speaker").map(ToOwned::to_owned)
}
