//! RingCentral's fields as another service honours them: what it cannot do is refused by name, never ignored.
//!
//! What says only how the media is (`encoding`, `source`, `audioType`, `sampleRate`) is taken and of no use: these services find that
//! out by themselves, as they do what `enableVoiceActivityDetection` asks for. A field that asks for nothing (`false`, `[]`, `-1`)
//! is taken by all.

use crate::engine::ringcentral::jobs::{check_input, rules};
use crate::engine::{Input, Task};
use crate::error::{Error, Result};
use crate::house::flag;
use crate::json::Value;
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// Fields that a service cannot honour, each with what it says of itself, as in `knows no enrolled speakers`.
pub(in crate::engine) type Unable = &'static [(&'static str, &'static str)];

/// Insights that RingCentral itself has given up, and nobody else computes.
const NEVER: [&str; 2] = ["Emotion", "Energy"];

/// Holds a job's fields against RingCentral's rules and against what the service cannot do.
pub(in crate::engine) fn check(engine: &str, task: Task, fields: &Value<'_>, unable: Unable) -> Result<Input> {
    let input = check_input(task, fields, "input")?;
    for (field, reason) in unable {
        if input.field(field).is_some_and(|json| !matches!(json, "false" | "[]" | "-1")) {
            return Err(Error::invalid(["input.", field].concat(), [engine, " ", reason].concat()));
        }
    }
    let asked = input.field("insights").and_then(|json| Value::parse(json.as_bytes())).unwrap_or_default();
    let never = asked.entries().iter().filter_map(Value::text).find(|name| NEVER.contains(name));
    match never {
        Some(name) => Err(Error::invalid("input.insights", [engine, " tells no ", name].concat())),
        None => Ok(input),
    }
}

/// The fields of a task that are honoured.
pub(in crate::engine) fn honoured(task: Task, unable: Unable) -> Vec<&'static str> {
    let is_unable = |name: &str| unable.iter().any(|(field, _)| *field == name);
    rules(task).each().map(|rule| rule.name).filter(|name| !is_unable(name)).collect()
}

/// Whether speakers are to be told apart.
pub(in crate::engine) fn tells_speakers(task: Task, input: &Input) -> bool {
    task != Task::SpeechToText || flag(input, "enableSpeakerDiarization", false)
}

/// The phrases of `speechContexts`, one after the other.
pub(in crate::engine) fn phrases(input: &Input) -> Vec<String> {
    let contexts = input.field("speechContexts").and_then(|json| Value::parse(json.as_bytes())).unwrap_or_default();
    let mut phrases = Vec::new();
    for phrase in contexts.entries().iter().flat_map(|context| context.get("phrases").entries()) {
        phrases.extend(phrase.text().map(ToOwned::to_owned));
    }
    phrases
}
