//! AssemblyAI's transcript as what was said.

use crate::engine::heard::{Heard, of_the_whole, part, said, sure, unusable};
use crate::error::Result;
use crate::json::{Value, digits, pick};
use crate::speech::{Insight, Speech};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// What of the answer is read.
const PARTS: [&str; 8] =
    ["id", "text", "confidence", "audio_duration", "audio_channels", "words", "utterances", "sentiment_analysis_results"];
/// And of an entry of its lists; the words of an utterance stand among all words too.
const FIELDS: &[&str] = &["text", "start", "end", "confidence", "speaker", "channel", "sentiment"];
/// RingCentral's words for AssemblyAI's, those that count for less first.
const SENTIMENTS: [(&str, &str); 3] = [("NEUTRAL", "Neutral"), ("NEGATIVE", "Negative"), ("POSITIVE", "Positive")];

/// Reads it, one list after the other: each takes several times the memory of its text. Its times are milliseconds.
pub(super) fn heard(answer: &[u8]) -> Result<Heard> {
    let [id, text, confidence, duration, channels, words, utterances, sentiments] = pick(answer, PARTS).unwrap_or_default();
    let wrong = || unusable("assemblyai", "a transcript of AssemblyAI's");
    let read = |json| part(json, FIELDS).ok_or_else(wrong);
    if read(id)?.text().is_none() {
        return Err(wrong());
    }
    let words = read(words)?;
    // Assumption: where the number of channels is not said, the words tell it.
    let is_apart = read(channels)?.whole().is_some_and(|count| count > 1)
        || words.entries().iter().any(|word| word.id_of("channel").is_some_and(|channel| channel != "1"));
    let speech = Speech {
        text: read(text)?.text().filter(|_| !is_apart).map(ToOwned::to_owned),
        confidence: sure(&read(confidence)?).filter(|_| !is_apart),
        duration_ms: read(duration)?.whole().map(|seconds| seconds.saturating_mul(1_000)),
        ..Speech::default()
    };
    let mut heard = Heard { speech, insights: Vec::new() };
    let speaker = |said: &Value<'_>| speaker(is_apart, said);
    heard.add_words(said(&words, &["text"], milliseconds, &speaker));
    drop(words);
    heard.add_turns(said(&read(utterances)?, &["text"], milliseconds, &speaker));
    heard.insights = sentiment(&read(sentiments)?, &heard.speech);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_that_is_nested_too_deeply_is_unusable_and_no_silence() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        let answer = |depth| format!(r#"{{"id":"t","words":{}}}"#, nested(depth));
        assert!(heard(answer(9).as_bytes()).is_ok());
        assert!(heard(answer(200).as_bytes()).is_err());
    }
}
