//! A record's transcript as what was said; whoever RingCentral has named speaks under that name.

use super::found::insights;
use super::speakers::called;
use crate::engine::heard::{Heard, ms, place};
use crate::error::{Error, Result};
use crate::json::Value;
use crate::speech::{Speech, Turn};
use alloc::vec::Vec;

/// Reads it. There are turns, and no words with times of their own.
pub(super) fn heard(said: &[u8]) -> Result<Heard> {
    let whole = Value::parse(said).unwrap_or_default();
    let found = whole.get("insights");
    let Value::List(transcript) = found.get("Transcript") else {
        return Err(Error::UnexpectedAnswer { what: "a transcript of RingCentral's" });
    };
    let mut speech = Speech { duration_ms: whole.get("recordingDurationMs").whole(), ..Speech::default() };
    let mut turns: Vec<&Value<'_>> = transcript.iter().collect();
    turns.sort_by_key(|turn| ms(turn.get("start")));
    for turn in turns {
        let speaker = turn.id_of("speakerId").and_then(|id| place(&mut speech.speakers, called(whole.get("speakerInfo"), id)));
        let start_ms = ms(turn.get("start")).unwrap_or_default();
        speech.turns.push(Turn {
            speaker,
            start_ms,
            end_ms: ms(turn.get("end")).unwrap_or_default().max(start_ms),
            text: turn.text_of("text").unwrap_or_default(),
            confidence: None,
        });
    }
    let insights = insights(&whole, &speech);
    Ok(Heard { speech, insights })
}
