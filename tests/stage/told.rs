//! What is spoken in the recordings that the sandbox ships, read from the files that lie beside them.
#![allow(clippy::unwrap_used, dead_code, missing_docs, unreachable_pub)]

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub struct Told {
    pub utterances: Vec<Utterance>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Utterance {
    pub speaker_id: String,
    pub words: Vec<Word>,
}

#[derive(Debug, Deserialize)]
pub struct Word {
    pub text: String,
    pub start: f64,
    pub end: f64,
}

impl Told {
    pub fn of(name: &str) -> Self {
        let path = format!("{}/tests/sandbox/media/{name}.words.json", env!("CARGO_MANIFEST_DIR"));
        serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
    }

    /// The ids of the speakers, each once, in order.
    pub fn speakers(&self) -> Vec<&str> {
        let mut speakers: Vec<&str> = self.utterances.iter().map(|utterance| utterance.speaker_id.as_str()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        speakers
    }

    pub fn word_count(&self) -> usize {
        self.utterances.iter().map(|utterance| utterance.words.len()).sum()
    }
}

impl Utterance {
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub fn start(&self) -> f64 {
        self.words[0].start
    }

    pub fn end(&self) -> f64 {
        self.words[self.words.len() - 1].end
    }
}
