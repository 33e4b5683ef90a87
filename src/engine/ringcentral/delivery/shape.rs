//! Which job a result is of, where nobody says so.

use crate::engine::Task;
use crate::json::pick;

/// The fields that a job's result is known by, the surest first. Identification looks like diarization, without the count.
const KNOWN: [(&str, Task); 9] = [
    ("transcript", Task::SpeechToText),
    ("words", Task::SpeechToText),
    ("utteranceInsights", Task::AnalyzeInteraction),
    ("speakerInsights", Task::AnalyzeInteraction),
    ("conversationalInsights", Task::AnalyzeInteraction),
    ("texts", Task::Punctuate),
    ("summaries", Task::Summarize),
    ("speakerCount", Task::SpeakerDiarize),
    ("utterances", Task::SpeakerIdentify),
];

/// The job whose result has such fields.
pub(super) fn task_of_shape(has: impl Fn(&str) -> bool) -> Option<Task> {
    KNOWN.into_iter().find(|(name, _)| has(name)).map(|(_, task)| task)
}

/// The same of a result's text, in one pass over it.
pub(super) fn task_of_text(result: &[u8]) -> Option<Task> {
    let found = pick(result, KNOWN.map(|(name, _)| name))?;
    KNOWN.into_iter().zip(found).find(|(_, field)| field.is_some()).map(|((_, task), _)| task)
}
