//! Which job a result is of, where nobody says so.

use crate::engine::Task;
use crate::json::pick;

/// The fields that a job's result is known by. Identification looks like diarization, without the count.
const KNOWN: [(&[&str], Task); 6] = [
    (&["transcript", "words"], Task::SpeechToText),
    (&["utteranceInsights", "speakerInsights", "conversationalInsights"], Task::AnalyzeInteraction),
    (&["texts"], Task::Punctuate),
    (&["summaries"], Task::Summarize),
    (&["speakerCount"], Task::SpeakerDiarize),
    (&["utterances"], Task::SpeakerIdentify),
];

/// The job whose result has such fields.
pub(super) fn task_of_shape(has: impl Fn(&str) -> bool) -> Option<Task> {
    KNOWN.into_iter().find(|(names, _)| names.iter().any(|name| has(name))).map(|(_, task)| task)
}

/// The same of a result's text, in one pass over it.
pub(super) fn task_of_text(result: &[u8]) -> Option<Task> {
    const NAMES: [&str; 9] = [
        "transcript",
        "words",
        "utteranceInsights",
        "speakerInsights",
        "conversationalInsights",
        "texts",
        "summaries",
        "speakerCount",
        "utterances",
    ];
    let found = pick(result, NAMES)?;
    task_of_shape(|name| NAMES.iter().zip(found).any(|(known, field)| *known == name && field.is_some()))
}
