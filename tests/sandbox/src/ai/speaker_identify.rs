//! `POST /ai/audio/v1/async/speaker-identify`: which of the enrolled voices spoke when.

use serde_json::{Value, json};

use crate::ai::input::{Input, is_texts};
use crate::ai::speech_to_text::{duration, rounded, sandbox_note};
use crate::ai::{Answer, Task, turns};
use crate::errors::Refusal;
use crate::hearing::Heard;

/// This task.
pub const TASK: Task = Task { path: "/ai/audio/v1/async/speaker-identify", check, answer: Answer::FromAudio(answer) };

/// How the documentation marks a voice that is none of the enrolled ones.
const UNKNOWN: &str = "UserNotIdentified";
/// RingCentral's confidence here is no share of one: its samples say 25.5, 35.4 and 36.99. Assumption: the nearer,
/// the higher, from this value down.
const IDENTICAL: f64 = 40.0;
const PER_SEMITONE: f64 = 10.0;

fn check(input: &Input) -> Result<(), Refusal> {
    input.check_audio()?;
    input.check_speakers()?;
    let named = input.field("speakerIds").or(input.field("enrollmentIds"));
    let some = named.filter(|value| is_texts(value)).and_then(Value::as_array).is_some_and(|list| !list.is_empty());
    if some { Ok(()) } else { Err(Refusal::ai("speakerIds", "It should be of type List[String]")) }
}

fn answer(_: &Input, heard: &Heard) -> Value {
    let entry = |turn: &turns::Turn| match &turn.recognised {
        Some((id, distance)) => {
            let confidence = rounded((IDENTICAL - PER_SEMITONE * distance).max(0.0), 100.0);
            json!({"speakerId": id, "start": turn.span.start, "end": turn.span.end, "confidence": confidence})
        }
        None => json!({"speakerId": UNKNOWN, "start": turn.span.start, "end": turn.span.end}),
    };
    let utterances: Vec<_> = turns::turns(heard).iter().map(entry).collect();
    let mut response = json!({"utterances": utterances, "audio_duration": duration(heard)});
    if heard.words.is_none() {
        response["sandbox"] = sandbox_note(heard);
    }
    response
}
