//! `words` and `utterances`: milliseconds, letters for speakers.

use serde_json::{Value, json};

use crate::services::spoken::{Spoken, confidence, runs};

/// How words are told, as it was asked for.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, missing_docs, reason = "they are AssemblyAI's own flags, by their own names")]
pub struct Style {
    pub punctuate: bool,
    pub format_text: bool,
    pub speaker_labels: bool,
    pub multichannel: bool,
    /// No more speakers than this.
    pub speakers_expected: Option<usize>,
}

impl Style {
    /// Reads it off a request.
    #[must_use]
    pub fn of(request: &Value) -> Self {
        let flag = |name: &str, default: bool| request[name].as_bool().unwrap_or(default);
        Self {
            punctuate: flag("punctuate", true),
            format_text: flag("format_text", true),
            speaker_labels: flag("speaker_labels", false),
            multichannel: flag("multichannel", false),
            speakers_expected: request["speakers_expected"].as_u64().and_then(|count| usize::try_from(count).ok()),
        }
    }

    /// A word as it is written.
    #[must_use]
    pub fn written(self, spoken: &Spoken<'_>) -> String {
        let written = spoken.word.text.as_str();
        let written = if self.punctuate { written } else { written.trim_matches(|sign: char| !sign.is_alphanumeric()) };
        if self.format_text { written.to_owned() } else { written.to_lowercase() }
    }

    /// Words as a text.
    #[must_use]
    pub fn text(self, words: &[Spoken<'_>]) -> String {
        words.iter().map(|spoken| self.written(spoken)).collect::<Vec<_>>().join(" ")
    }

    /// Who speaks: `A`, `B`, …; `1`, `2`, … where channels are told apart, and `1A`, `2A`, … where both are asked for.
    #[must_use]
    pub fn speaker(self, spoken: &Spoken<'_>) -> Option<String> {
        let number = spoken.speaker.min(self.speakers_expected.map_or(usize::MAX, |count| count.max(1) - 1));
        let letter = char::from(b'A' + u8::try_from(number).unwrap_or_default().min(25));
        match (self.multichannel, self.speaker_labels) {
            (true, true) => Some(format!("{}{letter}", spoken.channel + 1)),
            (true, false) => Some((spoken.channel + 1).to_string()),
            (false, true) => Some(letter.to_string()),
            (false, false) => None,
        }
    }

    /// One entry of `words`.
    #[must_use]
    pub fn word(self, spoken: &Spoken<'_>) -> Value {
        let mut word = json!({
            "text": self.written(spoken),
            "start": milliseconds(spoken.word.start),
            "end": milliseconds(spoken.word.end),
            "confidence": spoken.confidence,
            "speaker": self.speaker(spoken),
        });
        self.add_channel(&mut word, spoken);
        word
    }

    /// `utterances`, where speakers or channels are told apart: all that one of them says before another does.
    #[must_use]
    pub fn utterances(self, words: &[Spoken<'_>]) -> Option<Vec<Value>> {
        let turns = runs(words, |word, next| self.speaker(word) != self.speaker(next));
        let utterance = |turn: &[Spoken<'_>]| {
            let mut utterance = json!({
                "text": self.text(turn),
                "start": milliseconds(turn[0].word.start),
                "end": milliseconds(turn[turn.len() - 1].word.end),
                "confidence": confidence(turn),
                "speaker": self.speaker(&turn[0]),
                "words": turn.iter().map(|spoken| self.word(spoken)).collect::<Vec<_>>(),
            });
            self.add_channel(&mut utterance, &turn[0]);
            utterance
        };
        (self.speaker_labels || self.multichannel).then(|| turns.map(utterance).collect())
    }

    fn add_channel(self, value: &mut Value, spoken: &Spoken<'_>) {
        if self.multichannel {
            value["channel"] = json!((spoken.channel + 1).to_string());
        }
    }
}

/// A time as AssemblyAI counts.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no recording is as long, and none begins before 0")]
pub fn milliseconds(seconds: f64) -> u64 {
    (seconds * 1000.0).round() as u64
}
