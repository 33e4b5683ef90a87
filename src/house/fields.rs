//! The fields that several results share.

use crate::json::Object;
use crate::speech::{Finding, Speech, Utterance, Word, push_word, spoken};
use alloc::string::String;

/// The id of a speaker, where it is known.
pub(super) fn id(speakers: &[String], speaker: Option<u16>) -> Option<&str> {
    speakers.get(usize::from(speaker?)).map(String::as_str)
}

/// Whether it is known who spoke: speakers were told apart, or nobody spoke.
pub(super) fn tells_speakers(speech: &Speech) -> bool {
    let is_silent =
        speech.words.is_empty() && speech.turns.is_empty() && speech.text.as_deref().unwrap_or_default().trim().is_empty();
    !speech.speakers.is_empty() || is_silent
}

/// An object that begins and ends at these times.
pub(super) fn timed(start_ms: u64, end_ms: u64) -> Object {
    Object::new().decimal("start", start_ms, 3).decimal("end", end_ms.max(start_ms), 3)
}

/// Adds how sure somebody is.
pub(super) fn sure(object: Object, confidence: Option<u16>) -> Object {
    object.optional_decimal("confidence", confidence.map(u64::from), 4)
}

/// A word as `words` and `wordTimings` have it.
pub(super) fn word(word: &Word, speaker: Option<&str>) -> String {
    let timed = timed(word.start_ms, word.end_ms).text("word", &word.spoken).optional_text("speakerId", speaker);
    sure(timed, word.confidence).write()
}

/// An utterance with its words, `text` being what is read of it.
pub(super) fn utterance(said: &Utterance<'_>, text: &str, speaker: Option<&str>) -> String {
    let timed = timed(said.start_ms, said.end_ms).text("text", text).optional_text("speakerId", speaker);
    let object = sure(timed, said.confidence);
    if said.words.is_empty() {
        return object.write();
    }
    let words = said.words.iter().filter(|word| !word.spoken.is_empty());
    object.list("wordTimings", words.map(|timed| word(timed, speaker))).write()
}

/// What was found, with its place as far as that is known.
pub(super) fn finding(found: &Finding, speakers: &[String]) -> Object {
    let object = Object::new().text("value", &found.value);
    let timed = object.optional_decimal("start", found.start_ms, 3).optional_decimal("end", found.end_ms, 3);
    sure(timed.optional_text("speakerId", id(speakers, found.speaker)), found.confidence)
}

/// A text without capitals and punctuation.
pub(super) fn bare(text: &str) -> String {
    let mut bare = String::new();
    for word in text.split_whitespace() {
        push_word(&mut bare, &spoken(word));
    }
    bare
}
