//! The request fields of each job as one table: their names, kinds and limits (RingCentral's OpenAPI document, 2026-08-13).

use crate::error::{Error, Result};
use crate::json::Value;

/// A field of a request.
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) is_required: bool,
    kind: Kind,
}

/// What a field's value has to be.
enum Kind {
    Text,
    OneOf(&'static [&'static str]),
    Flag,
    /// A whole number of speakers; -1 stands for "unknown".
    SpeakerCount,
    Texts,
    Insights,
    /// 1 to 50 phrases.
    SpeechContexts,
}

/// How many phrases a speech context holds at most.
const MAX_PHRASES: usize = 50;
/// A text field longer than this is a mistake.
const MAX_TEXT_CHARS: usize = 1_000;
/// A list longer than this is a mistake.
const MAX_ENTRIES: usize = 1_000;

const ENCODINGS: &[&str] = &["Mpeg", "Mp4", "Wav", "Webm", "Webp", "Aac", "Avi", "Ogg"];
const AUDIO_TYPES: &[&str] = &["CallCenter", "Meeting", "EarningsCalls", "Interview", "PressConference", "Voicemail"];
/// `Emotion` and `Energy` were removed from the public description on 2026-03-25 and are still accepted here.
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

const fn required(name: &'static str, kind: Kind) -> Rule {
    Rule { name, is_required: true, kind }
}

const fn optional(name: &'static str, kind: Kind) -> Rule {
    Rule { name, is_required: false, kind }
}

/// The fields that every job on media has; `contentUri` is not among them, it has a place of its own.
pub(super) const AUDIO: &[Rule] = &[
    required("encoding", Kind::OneOf(ENCODINGS)),
    required("languageCode", Kind::Text),
    optional("source", Kind::Text),
    optional("audioType", Kind::OneOf(AUDIO_TYPES)),
];

/// The fields about speakers.
pub(super) const SPEAKERS: &[Rule] = &[
    optional("separateSpeakerPerChannel", Kind::Flag),
    optional("speakerCount", Kind::SpeakerCount),
    optional("speakerIds", Kind::Texts),
    optional("enableVoiceActivityDetection", Kind::Flag),
];

/// The fields of speech-to-text alone.
pub(super) const SPEECH_TO_TEXT: &[Rule] = &[
    optional("enablePunctuation", Kind::Flag),
    optional("enableSpeakerDiarization", Kind::Flag),
    optional("speechContexts", Kind::SpeechContexts),
];

/// The fields of analyze-interaction alone.
pub(super) const ANALYZE_INTERACTION: &[Rule] =
    &[optional("insights", Kind::Insights), optional("speechContexts", Kind::SpeechContexts)];

impl Rule {
    /// Checks a value; `field` is the name that an error gives it.
    pub(super) fn check(&self, value: &Value<'_>, field: &str) -> Result<()> {
        let wrong = match &self.kind {
            Kind::Text => not(is_text(value), "it must be a text that is not empty"),
            Kind::OneOf(names) => return one_of(names, value, field),
            Kind::Flag => not(matches!(value, Value::Flag(_)), "it must be true or false"),
            Kind::SpeakerCount => {
                let is_count = value.integer().is_some_and(|count| count == -1 || (1..=1_000).contains(&count));
                not(is_count, "it must be a whole number from 1, or -1 where it is not known")
            }
            Kind::Texts => not(entries(value).is_some_and(|texts| texts.iter().all(is_text)), "it must be a list of texts"),
            Kind::Insights => return insights(value, field),
            Kind::SpeechContexts => not(is_speech_contexts(value), "it must be a list of {\"phrases\": [1 to 50 texts]}"),
        };
        wrong.map_or(Ok(()), |reason| Err(Error::invalid(field, reason)))
    }
}

fn not(is_right: bool, reason: &'static str) -> Option<&'static str> {
    (!is_right).then_some(reason)
}

fn is_text(value: &Value<'_>) -> bool {
    value.text().is_some_and(|text| !text.trim().is_empty() && text.chars().count() <= MAX_TEXT_CHARS)
}

fn entries<'a, 'v>(value: &'a Value<'v>) -> Option<&'a [Value<'v>]> {
    if let Value::List(list) = value { Some(&list[..]).filter(|list| list.len() <= MAX_ENTRIES) } else { None }
}

fn one_of(names: &[&str], value: &Value<'_>, field: &str) -> Result<()> {
    if value.text().is_some_and(|text| names.contains(&text)) {
        return Ok(());
    }
    Err(Error::invalid(field, ["it must be one of ", &names.join(", ")].concat()))
}

fn insights(value: &Value<'_>, field: &str) -> Result<()> {
    let Some(names) = entries(value).filter(|names| !names.is_empty()) else {
        return Err(Error::invalid(field, ["it must be a list of ", &INSIGHTS.join(", ")].concat()));
    };
    names.iter().try_for_each(|name| one_of(INSIGHTS, name, field))
}

fn is_speech_contexts(value: &Value<'_>) -> bool {
    let is_phrases = |phrases: &Value<'_>| {
        let list = entries(phrases).filter(|list| (1..=MAX_PHRASES).contains(&list.len()));
        list.is_some_and(|list| list.iter().all(is_text))
    };
    let is_context = |context: &Value<'_>| context.fields().len() == 1 && is_phrases(context.get("phrases"));
    entries(value).is_some_and(|contexts| contexts.iter().all(is_context))
}
