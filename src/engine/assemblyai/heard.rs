//! AssemblyAI's transcript as what was said.

use crate::engine::heard::{Heard, of_the_whole, place, sure};
use crate::error::{Error, Result};
use crate::json::{Value, digits};
use crate::speech::{Insight, Speech, Turn, Word, spoken};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// What of the answer is read; the words of utterances stand in the whole too.
const FIELDS: &[&str] = &[
    "id",
    "text",
    "words",
    "start",
    "end",
    "confidence",
    "speaker",
    "channel",
    "utterances",
    "audio_duration",
    "audio_channels",
    "sentiment_analysis_results",
    "sentiment",
];
/// RingCentral's words for AssemblyAI's, those that count for less first.
const SENTIMENTS: [(&str, &str); 3] = [("NEUTRAL", "Neutral"), ("NEGATIVE", "Negative"), ("POSITIVE", "Positive")];

/// Reads it; its times are milliseconds.
pub(super) fn heard(said: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(said, FIELDS).unwrap_or_default();
    if whole.get("id").text().is_none() {
        return Err(Error::UnexpectedAnswer { what: "a transcript of AssemblyAI's" });
    }
    // Assumption: where the number of channels is not said, the words tell it.
    let is_apart = whole.get("audio_channels").whole().is_some_and(|count| count > 1)
        || whole.get("words").entries().iter().any(|word| word.id_of("channel").is_some_and(|channel| channel != "1"));
    let mut speech = Speech {
        text: whole.text_of("text").filter(|_| !is_apart),
        confidence: sure(whole.get("confidence")).filter(|_| !is_apart),
        duration_ms: whole.get("audio_duration").whole().map(|seconds| seconds.saturating_mul(1_000)),
        ..Speech::default()
    };
    let mut words: Vec<&Value<'_>> = whole.get("words").entries().iter().collect();
    words.sort_by_key(|word| word.get("start").whole());
    for word in words {
        let speaker = speaker(is_apart, word).and_then(|id| place(&mut speech.speakers, &id));
        let written = word.text_of("text").unwrap_or_default();
        let (start_ms, end_ms) = times(word);
        let confidence = sure(word.get("confidence"));
        speech.words.push(Word { spoken: spoken(&written), written, start_ms, end_ms, confidence, speaker });
    }
    for turn in whole.get("utterances").entries() {
        let speaker = speaker(is_apart, turn).and_then(|id| place(&mut speech.speakers, &id));
        let (start_ms, end_ms) = times(turn);
        let text = turn.text_of("text").unwrap_or_default();
        speech.turns.push(Turn { speaker, start_ms, end_ms, text, confidence: sure(turn.get("confidence")) });
    }
    speech.turns.sort_by_key(|turn| turn.start_ms);
    let insights = sentiment(whole.get("sentiment_analysis_results"), &speech);
    Ok(Heard { speech, insights })
}

fn times(said: &Value<'_>) -> (u64, u64) {
    let start_ms = said.get("start").whole().unwrap_or_default();
    (start_ms, said.get("end").whole().unwrap_or_default().max(start_ms))
}

/// The id of whoever said something, numbered from nought as RingCentral does: the channel's number, else the speaker's letter, before
/// which a channel may stand, as in `1B`. A label of another form stays.
fn speaker(is_apart: bool, said: &Value<'_>) -> Option<String> {
    let label = said.id_of("speaker").unwrap_or_default();
    let letter = label.trim_start_matches(|c: char| c.is_ascii_digit());
    let channel = said.id_of("channel").unwrap_or(&label[..label.len() - letter.len()]);
    let from_nought = |number: &str| crate::json::whole(number).map(|number| digits(number.saturating_sub(1)));
    match letter.as_bytes() {
        _ if is_apart => from_nought(channel),
        [letter @ b'A'..=b'Z'] => Some(digits(u64::from(letter - b'A'))),
        [] => from_nought(label),
        _ => Some(label.to_owned()),
    }
}

/// The sentiment that most of what was said has.
fn sentiment(results: &Value<'_>, speech: &Speech) -> Vec<Insight> {
    let count = |name: &str| results.entries().iter().filter(|result| result.get("sentiment").text() == Some(name)).count();
    let most = SENTIMENTS.into_iter().max_by_key(|(theirs, _)| count(theirs)).filter(|(theirs, _)| count(theirs) > 0);
    let Some((_, value)) = most else { return Vec::new() };
    vec![Insight { name: "OverallSentiment", values: vec![of_the_whole(value, speech)] }]
}
