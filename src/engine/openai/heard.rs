//! A transcription as what was said.

use crate::engine::heard::{Heard, ms, place};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::speech::{Speech, Turn, Word, spoken};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What of the answer is read; segments of some servers hold hundreds of tokens.
const FIELDS: &[&str] = &["text", "duration", "words", "word", "start", "end", "segments", "speaker"];

/// Reads it. Words stand beside the segments, or in them; they are in capitals as the text has them, where they are the same.
pub(super) fn heard(said: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(said, FIELDS).unwrap_or_default();
    let text = whole.text_of("text").ok_or(Error::UnexpectedAnswer { what: "a transcription" })?;
    let segments = whole.get("segments").entries();
    let mut speech = Speech { duration_ms: ms(whole.get("duration")), ..Speech::default() };
    let beside = whole.get("words").entries().iter().map(|word| (word, None));
    let inside = segments.iter().flat_map(|segment| segment.get("words").entries().iter().map(|word| (word, speaker(segment))));
    let words: Vec<_> = if beside.len() > 0 { beside.collect() } else { inside.collect() };
    for (word, of_segment) in words {
        let id = speaker(word).or(of_segment);
        let speaker = id.and_then(|id| place(&mut speech.speakers, &id));
        let written = word.get("word").text().unwrap_or_default().trim().to_owned();
        let (start_ms, end_ms) = times(word);
        speech.words.push(Word { spoken: spoken(&written), written, start_ms, end_ms, confidence: None, speaker });
    }
    // Where there are words, they are cut by pauses and sentences; segments are what a model hears at once.
    let tells_speakers = segments.iter().any(|segment| speaker(segment).is_some());
    for segment in segments.iter().filter(|_| speech.words.is_empty() || tells_speakers) {
        let (start_ms, end_ms) = times(segment);
        let text = segment.get("text").text().unwrap_or_default().trim().to_owned();
        let speaker = speaker(segment).and_then(|id| place(&mut speech.speakers, &id));
        speech.turns.push(Turn { speaker, start_ms, end_ms, text, confidence: None });
    }
    speech.text = Some(text);
    Ok(Heard { speech: speech.spelled(), insights: Vec::new() })
}

/// The label of whoever said it, as the server has it.
fn speaker(said: &Value<'_>) -> Option<String> {
    said.id_of("speaker").map(ToOwned::to_owned)
}

fn times(said: &Value<'_>) -> (u64, u64) {
    let start_ms = ms(said.get("start")).unwrap_or_default();
    (start_ms, ms(said.get("end")).unwrap_or_default().max(start_ms))
}
