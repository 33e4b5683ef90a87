//! `POST /ai/audio/v1/async/speaker-diarize`: who spoke when.

use serde_json::{Value, json};

use crate::ai::input::Input;
use crate::ai::speech_to_text::{duration, sandbox_note};
use crate::ai::{Answer, Task, turns};
use crate::errors::Refusal;
use crate::hearing::Heard;

/// This task.
pub const TASK: Task = Task { path: "/ai/audio/v1/async/speaker-diarize", check, answer: Answer::FromAudio(answer) };

fn check(input: &Input) -> Result<(), Refusal> {
    input.check_audio()?;
    input.check_speakers()
}

fn answer(_: &Input, heard: &Heard) -> Value {
    let turns = turns::turns(heard);
    // A speaker whose voice is among the enrolled ones that were asked for carries its id, others their number.
    let name = |turn: &turns::Turn| turn.recognised.as_ref().map_or_else(|| turn.speaker.clone(), |(id, _)| id.clone());
    let mut names: Vec<_> = turns.iter().map(name).collect();
    let utterances: Vec<_> = turns
        .iter()
        .zip(&names)
        .map(|(turn, name)| {
            let mut entry = json!({"speakerId": name, "start": turn.span.start, "end": turn.span.end});
            if let Some(confidence) = turn.confidence {
                entry["confidence"] = json!(confidence);
            }
            entry
        })
        .collect();
    names.sort();
    names.dedup();
    let mut response = json!({"speakerCount": names.len(), "utterances": utterances, "audio_duration": duration(heard)});
    if heard.words.is_none() {
        response["sandbox"] = sandbox_note(heard);
    }
    response
}
