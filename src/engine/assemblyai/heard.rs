//! AssemblyAI's transcript as what was said.

use crate::engine::heard::{Heard, of_the_whole, said, sure, unusable};
use crate::error::Result;
use crate::json::{Value, digits};
use crate::speech::{Insight, Speech};
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
pub(super) fn heard(answer: &[u8]) -> Result<Heard> {
    let whole = Value::parse_only(answer, FIELDS).unwrap_or_default();
    if whole.get("id").text().is_none() {
        return Err(unusable("assemblyai", "a transcript of AssemblyAI's"));
    }
    // Assumption: where the number of channels is not said, the words tell it.
    let is_apart = whole.get("audio_channels").whole().is_some_and(|count| count > 1)
        || whole.get("words").entries().iter().any(|word| word.id_of("channel").is_some_and(|channel| channel != "1"));
    let speech = Speech {
        text: whole.text_of("text").filter(|_| !is_apart),
        confidence: sure(whole.get("confidence")).filter(|_| !is_apart),
        duration_ms: whole.get("audio_duration").whole().map(|seconds| seconds.saturating_mul(1_000)),
        ..Speech::default()
    };
    let mut heard = Heard { speech, insights: Vec::new() };
    let speaker = |said: &Value<'_>| speaker(is_apart, said);
    heard.add_words(said(whole.get("words"), &["text"], milliseconds, &speaker));
    heard.add_turns(said(whole.get("utterances"), &["text"], milliseconds, &speaker));
    heard.insights = sentiment(whole.get("sentiment_analysis_results"), &heard.speech);
    Ok(heard)
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

fn milliseconds(time: &Value<'_>) -> Option<u64> {
    time.whole()
}
