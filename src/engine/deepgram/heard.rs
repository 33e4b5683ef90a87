//! Deepgram's answer as what was said.

use super::found::insights;
use crate::engine::heard::{Heard, ms, part, said, sure, unusable};
use crate::error::Result;
use crate::json::{Value, digits, pick};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What of a channel is read.
const OF_A_CHANNEL: &[&str] =
    &["alternatives", "transcript", "confidence", "words", "word", "punctuated_word", "start", "end", "speaker"];
/// What of an utterance; its words stand in its channel too.
const OF_AN_UTTERANCE: &[&str] = &["transcript", "confidence", "start", "end", "speaker", "channel"];
/// What of all that was found.
const FOUND: &[&str] = &[
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

/// Reads it, one list after the other: each takes several times the memory of its text. Where there are several channels each is a
/// speaker, by its number; else speakers are as Deepgram numbers them.
pub(super) fn heard(answer: &[u8]) -> Result<Heard> {
    let [metadata, results] = pick(answer, ["metadata", "results"]).unwrap_or_default();
    let parts = results.and_then(|results| Some((results, pick(results, ["channels", "utterances"])?)));
    let wrong = || unusable("deepgram", "a transcript of Deepgram's");
    let (results, [channels, utterances]) = parts.ok_or_else(wrong)?;
    let read = |json, fields| part(json, fields).ok_or_else(wrong);
    let mut heard = Heard::default();
    heard.speech.duration_ms = ms(read(metadata, &["duration"])?.get("duration"));
    let is_apart = add_channels(&mut heard, read(channels, OF_A_CHANNEL)?.entries());
    let speaker = |turn: &Value<'_>| speaker(is_apart, turn.get("channel").whole(), turn);
    heard.add_turns(said(&read(utterances, OF_AN_UTTERANCE)?, &["transcript"], ms, &speaker));
    heard.insights = insights(&read(Some(results), FOUND)?, &heard.speech, is_apart);
    Ok(heard)
}

/// Adds the words of all, and tells whether they are several.
fn add_channels(heard: &mut Heard, channels: &[Value<'_>]) -> bool {
    let is_apart = channels.len() > 1;
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
    is_apart
}

/// The id of whoever said a word or an utterance.
fn speaker(is_apart: bool, channel: Option<u64>, said: &Value<'_>) -> Option<String> {
    if is_apart { channel.map(digits) } else { said.id_of("speaker").map(ToOwned::to_owned) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_nested_too_deeply_is_unusable_and_no_silence() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        let answer = |depth| format!(r#"{{"results":{{"channels":{}}}}}"#, nested(depth));
        assert!(heard(answer(9).as_bytes()).is_ok());
        assert!(heard(answer(200).as_bytes()).is_err());
    }
}
