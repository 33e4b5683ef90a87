//! Deepgram's answer as what was said.

use super::found::insights;
use crate::engine::heard::{Heard, ms, said, sure, unusable};
use crate::error::Result;
use crate::json::{Value, digits};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What of the answer is read; metadata may grow.
const FIELDS: &[&str] = &[
    "metadata",
    "duration",
    "results",
    "channels",
    "alternatives",
    "transcript",
    "confidence",
    "words",
    "word",
    "punctuated_word",
    "start",
    "end",
    "speaker",
    "utterances",
    "channel",
    "summary",
    "short",
    "topics",
    "segments",
    "topic",
    "confidence_score",
    "start_word",
    "end_word",
    "sentiments",
    "average",
    "sentiment",
];

/// Reads it. Where there are several channels each is a speaker, by its number; else speakers are as Deepgram numbers them.
pub(super) fn heard(answer: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(answer, FIELDS).unwrap_or_default();
    let results = whole.get("results");
    if !results.is_object() {
        return Err(unusable("deepgram", "a transcript of Deepgram's"));
    }
    let channels = results.get("channels").entries();
    let is_apart = channels.len() > 1;
    let mut heard = Heard::default();
    heard.speech.duration_ms = ms(whole.get("metadata").get("duration"));
    let mut words = Vec::new();
    for (channel, best) in
        (0..).zip(channels).filter_map(|(at, channel)| Some((at, channel.get("alternatives").entries().first()?)))
    {
        let speaker = |word: &Value<'_>| speaker(is_apart, Some(channel), word);
        words.extend(said(best.get("words"), &["punctuated_word", "word"], ms, &speaker));
        if !is_apart {
            heard.speech.text = best.text_of("transcript");
            heard.speech.confidence = sure(best.get("confidence"));
        }
    }
    heard.add_words(words);
    let speaker = |turn: &Value<'_>| speaker(is_apart, turn.get("channel").whole(), turn);
    heard.add_turns(said(results.get("utterances"), &["transcript"], ms, &speaker));
    heard.insights = insights(results, &heard.speech, is_apart);
    Ok(heard)
}

/// The id of whoever said a word or an utterance.
fn speaker(is_apart: bool, channel: Option<u64>, said: &Value<'_>) -> Option<String> {
    if is_apart { channel.map(digits) } else { said.id_of("speaker").map(ToOwned::to_owned) }
}
