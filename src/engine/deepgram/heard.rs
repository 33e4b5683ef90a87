//! Deepgram's answer as what was said.

use super::found::insights;
use crate::engine::heard::{Heard, ms, place, sure};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::speech::{Speech, Turn, Word, spoken};
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
pub(super) fn heard(said: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(said, FIELDS).unwrap_or_default();
    let results = whole.get("results");
    let channels = results.get("channels").entries();
    if !results.is_object() {
        return Err(Error::UnexpectedAnswer { what: "a transcript of Deepgram's" });
    }
    let mut speech = Speech { duration_ms: ms(whole.get("metadata").get("duration")), ..Speech::default() };
    let is_apart = channels.len() > 1;
    // Words come first: speakers are numbered in the order of theirs.
    let mut words: Vec<(u64, Option<String>, &Value<'_>)> = Vec::new();
    for (channel, heard) in (0..).zip(channels) {
        let best = heard.get("alternatives").entries().first().unwrap_or(&Value::Null);
        for word in best.get("words").entries() {
            words.push((ms(word.get("start")).unwrap_or_default(), speaker(is_apart, Some(channel), word), word));
        }
        if !is_apart {
            speech.text = best.text_of("transcript");
            speech.confidence = sure(best.get("confidence"));
        }
    }
    words.sort_by_key(|(start_ms, ..)| *start_ms);
    for (start_ms, id, word) in words {
        let speaker = id.and_then(|id| place(&mut speech.speakers, &id));
        speech.words.push(self::word(word, start_ms, speaker));
    }
    for turn in results.get("utterances").entries() {
        let speaker = speaker(is_apart, turn.get("channel").whole(), turn).and_then(|id| place(&mut speech.speakers, &id));
        let start_ms = ms(turn.get("start")).unwrap_or_default();
        speech.turns.push(Turn {
            speaker,
            start_ms,
            end_ms: ms(turn.get("end")).unwrap_or_default().max(start_ms),
            text: turn.text_of("transcript").unwrap_or_default(),
            confidence: sure(turn.get("confidence")),
        });
    }
    speech.turns.sort_by_key(|turn| turn.start_ms);
    let insights = insights(results, &speech, is_apart);
    Ok(Heard { speech, insights })
}

/// The id of whoever said a word or an utterance.
fn speaker(is_apart: bool, channel: Option<u64>, said: &Value<'_>) -> Option<String> {
    if is_apart { channel.map(crate::json::digits) } else { said.id_of("speaker").map(ToOwned::to_owned) }
}

fn word(word: &Value<'_>, start_ms: u64, speaker: Option<u16>) -> Word {
    let bare = word.get("word").text().unwrap_or_default();
    Word {
        spoken: spoken(bare),
        written: word.get("punctuated_word").text().unwrap_or(bare).to_owned(),
        start_ms,
        end_ms: ms(word.get("end")).unwrap_or_default().max(start_ms),
        confidence: sure(word.get("confidence")),
        speaker,
    }
}
