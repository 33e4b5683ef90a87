//! The request fields of each job as one table: their names, kinds and limits (RingCentral's OpenAPI document, 2026-08-13, and
//! for what was removed from it on 2026-03-25 the one before).

use crate::engine::Task;
use crate::engine::ringcentral::media::Encoding;
use crate::engine::rule::{Kind, Need, Rule, Rules};
use crate::json::{Value, thousandths};

/// A text field longer than this is a mistake; what a text task works on may be longer.
const MAX_TEXT_CHARS: usize = 1_000;
/// A list longer than this is a mistake; RingCentral names no limit for what a text task works on.
const MAX_ENTRIES: usize = 1_000;
const MAX_PHRASES: usize = 50;

const TEXT: Kind = Kind::Plain(is_text, "it must be a text that is not empty");
/// What a text task works on; an empty one is left to RingCentral.
const PASSAGE: Kind = Kind::Plain(|value| value.text().is_some(), "it must be a text");
const FLAG: Kind = Kind::Plain(|value| matches!(value, Value::Flag(_)), "it must be true or false");
const SPEAKER_COUNT: Kind = Kind::Plain(is_speaker_count, "it must be a whole number from 1, or -1 where it is not known");
const HERTZ: Kind = Kind::Plain(|value| value.integer().is_some_and(|rate| rate > 0), "it must be a whole number from 1");
const SECONDS: Kind = Kind::Plain(is_seconds, "it must be a number of seconds that is not negative");

const fn list(of: &'static Kind, least: usize, most: usize, reason: &'static str) -> Kind {
    Kind::List { of, least, most, reason }
}

const fn required(name: &'static str, kind: Kind) -> Rule {
    Rule { name, need: Need::Required, kind }
}

const fn optional(name: &'static str, kind: Kind) -> Rule {
    Rule { name, need: Need::Optional, kind }
}

pub(in super::super) const ENCODING: Kind = Kind::OneOf(Encoding::NAMES);
const AUDIO_TYPE: Kind = Kind::OneOf(&["CallCenter", "Meeting", "EarningsCalls", "Interview", "PressConference", "Voicemail"]);
/// `Emotion` and `Energy` were removed from the public description on 2026-03-25 and are still accepted here.
const INSIGHT: Kind = Kind::OneOf(&[
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
]);
/// The guide leaves out `AbstractiveAll`; the description has it.
const SUMMARY_TYPE: Kind = Kind::OneOf(&["Extractive", "AbstractiveShort", "AbstractiveLong", "AbstractiveAll", "All"]);

/// Names that RingCentral used until the end of 2023, and their present ones.
pub(in super::super) const RENAMED: &[(&str, &str)] = &[("enrollmentIds", "speakerIds"), ("enrollmentId", "speakerId")];

const ELSEWHERE: &[(&str, &str)] = &[
    ("contentUri", "the media is named beside the input, not in it"),
    ("webhook", "the webhook is not a field of the request's body"),
];

/// The fields that every job on media has; `contentUri` is not among them, it has a place of its own.
const AUDIO: &[Rule] = &[
    Rule { name: "encoding", need: Need::WhenSent, kind: ENCODING },
    // The guide: only English is supported.
    Rule { name: "languageCode", need: Need::Default("\"en-US\""), kind: TEXT },
    optional("source", TEXT),
    optional("audioType", AUDIO_TYPE),
];

/// The fields about speakers; `speakerIds` was removed from the public description on 2026-03-25.
const SPEAKERS: &[Rule] = &[
    optional("separateSpeakerPerChannel", FLAG),
    optional("speakerCount", SPEAKER_COUNT),
    optional("speakerIds", list(&TEXT, 0, MAX_ENTRIES, "it must be a list of texts, 1000 at most")),
    VOICE_ACTIVITY,
];

const VOICE_ACTIVITY: Rule = optional("enableVoiceActivityDetection", FLAG);

const SPEECH_CONTEXTS: Rule = optional(
    "speechContexts",
    list(&Kind::Fields("a context", &CONTEXT), 0, MAX_ENTRIES, "it must be a list of {\"phrases\": [1 to 50 texts]}"),
);

const CONTEXT: Rules = nested(&[&[required("phrases", list(&TEXT, 1, MAX_PHRASES, "it must be a list of 1 to 50 texts"))]]);

const SPEECH_TO_TEXT: &[Rule] =
    &[optional("enablePunctuation", FLAG), optional("enableSpeakerDiarization", FLAG), SPEECH_CONTEXTS];

/// The whole task was removed from the public description on 2026-03-25.
const SPEAKER_IDENTIFY: &[Rule] = &[
    // Nobody can be found among none.
    required("speakerIds", list(&TEXT, 1, MAX_ENTRIES, "it must be a list of 1 to 1000 texts")),
    VOICE_ACTIVITY,
];

/// The last two are in no description: the guide names `sampleRate`, and RingCentral took `enableWordTimings` in 2023.
const ANALYZE_INTERACTION: &[Rule] = &[
    optional("insights", list(&INSIGHT, 1, MAX_ENTRIES, "it must be a list of insights, [\"All\"] for one")),
    SPEECH_CONTEXTS,
    optional("sampleRate", HERTZ),
    optional("enableWordTimings", FLAG),
];

const PUNCTUATE: &[Rule] = &[required("texts", list(&PASSAGE, 1, usize::MAX, "it must be a list of texts, one at least"))];

const SUMMARIZE: &[Rule] = &[
    // The description requires it, the guide has this default: so it is always sent.
    Rule { name: "summaryType", need: Need::Default("\"Extractive\""), kind: SUMMARY_TYPE },
    required(
        "utterances",
        list(&UTTERANCES, 1, usize::MAX, "it must be a list of {\"text\", \"speakerId\", \"start\", \"end\"}"),
    ),
];

const UTTERANCES: Kind = Kind::Fields("an utterance", &UTTERANCE);

/// The description requires all four, the guide only the text: whoever leaves the others out is heard.
const UTTERANCE: Rules =
    nested(&[&[required("text", PASSAGE), optional("speakerId", TEXT), optional("start", SECONDS), optional("end", SECONDS)]]);

/// An object inside a request.
const fn nested(fields: &'static [&'static [Rule]]) -> Rules {
    Rules { fields, renamed: RENAMED, elsewhere: &[] }
}

/// What a job may be asked with.
#[must_use]
pub const fn rules(task: Task) -> Rules {
    let fields: &[&[Rule]] = match task {
        Task::SpeechToText => &[AUDIO, SPEAKERS, SPEECH_TO_TEXT],
        Task::SpeakerDiarize => &[AUDIO, SPEAKERS],
        Task::SpeakerIdentify => &[AUDIO, SPEAKER_IDENTIFY],
        Task::AnalyzeInteraction => &[AUDIO, SPEAKERS, ANALYZE_INTERACTION],
        Task::Punctuate => &[PUNCTUATE],
        Task::Summarize => &[SUMMARIZE],
    };
    Rules { fields, renamed: RENAMED, elsewhere: ELSEWHERE }
}

fn is_text(value: &Value<'_>) -> bool {
    value.text().is_some_and(|text| !text.trim().is_empty() && text.chars().nth(MAX_TEXT_CHARS).is_none())
}

fn is_speaker_count(value: &Value<'_>) -> bool {
    value.integer().is_some_and(|count| count == -1 || (1..=1_000).contains(&count))
}

fn is_seconds(value: &Value<'_>) -> bool {
    matches!(value, Value::Number(digits) if thousandths(digits).is_some())
}
