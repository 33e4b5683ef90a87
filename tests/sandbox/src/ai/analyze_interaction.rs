//! `POST /ai/insights/v1/async/analyze-interaction`: what was said, how the speakers fared, what it was about.

use serde_json::{Value, json};

use crate::ai::input::{Input, is_texts, one_of};
use crate::ai::insights::{self, Wanted};
use crate::ai::speech_to_text::{duration, sandbox_note, utterance};
use crate::ai::{Answer, Task, speakers};
use crate::errors::Refusal;
use crate::hearing::Heard;

/// This task.
pub const TASK: Task = Task { path: "/ai/insights/v1/async/analyze-interaction", check, answer: Answer::FromAudio(answer) };

/// Everything that may be asked for. Emotion and Energy left the specification on 2026-03-25; they are accepted, and
/// answered with nothing.
const INSIGHTS: &[&str] = &[
    "All",
    "KeyPhrases",
    "Emotion",
    "AbstractiveSummaryLong",
    "AbstractiveSummaryShort",
    "ExtractiveSummary",
    "Topics",
    "TalkToListenRatio",
    "Energy",
    "Pace",
    "QuestionsAsked",
];

fn check(input: &Input) -> Result<(), Refusal> {
    input.check_audio()?;
    input.check_speakers()?;
    let Some(insights) = input.field("insights") else { return Ok(()) };
    let known = |value: &Value| value.as_str().is_some_and(|name| INSIGHTS.contains(&name));
    match insights.as_array() {
        Some(list) if list.iter().all(known) => Ok(()),
        Some(_) if is_texts(insights) => Err(Refusal::ai("insights", &one_of(INSIGHTS))),
        _ => Err(Refusal::ai("insights", "It should be of type List[String]")),
    }
}

fn answer(input: &Input, heard: &Heard) -> Value {
    let wanted = Wanted::read(input);
    let utterances = heard.words.iter().flat_map(|words| &words.utterances).map(utterance);
    let mut response = json!({
        "utteranceInsights": utterances.collect::<Vec<_>>(),
        "speakerInsights": speakers::insights(heard, &wanted),
        "conversationalInsights": insights::conversation(heard, &wanted),
        "audio_duration": duration(heard),
    });
    if heard.words.is_none() {
        response["sandbox"] = sandbox_note(heard);
    }
    response
}
