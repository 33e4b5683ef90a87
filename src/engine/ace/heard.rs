//! A record's transcript as what was said; whoever RingCentral has named speaks under that name.

use super::found::insights;
use super::speakers::Speakers;
use crate::engine::heard::{Heard, ms, said, unusable};
use crate::error::Result;
use crate::json::Value;
use alloc::borrow::ToOwned;

/// Reads it. There are turns, and no words with times of their own.
pub(super) fn heard(answer: &[u8]) -> Result<Heard> {
    let whole = Value::parse(answer).unwrap_or_default();
    let found = whole.get("insights");
    let transcript = found.get("Transcript");
    if !matches!(transcript, Value::List(_)) {
        return Err(unusable("ace", "a transcript of RingCentral's"));
    }
    let mut heard = Heard::default();
    heard.speech.duration_ms = whole.get("recordingDurationMs").whole();
    let speakers = Speakers::of(&whole);
    let speaker = |turn: &Value<'_>| turn.id_of("speakerId").map(|id| speakers.called(id).to_owned());
    heard.add_turns(said(transcript, &["text"], ms, &speaker));
    heard.insights = insights(&whole, &speakers, &heard.speech);
    Ok(heard)
}
