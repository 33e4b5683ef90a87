//! The conversation that `summarize` is given as text.

use crate::engine::Input;
use crate::json::{Value, thousandths};
use crate::speech::Passage;
use alloc::string::String;
use alloc::vec::Vec;

/// Who said what, as the input of `summarize` has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conversation {
    /// The ids of its speakers, in the order of their first words.
    pub speakers: Vec<String>,
    utterances: Vec<Utterance>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Utterance {
    text: String,
    speaker: Option<u16>,
    start_ms: Option<u64>,
    end_ms: Option<u64>,
}

impl Conversation {
    /// Reads `utterances`.
    #[must_use]
    pub fn of(input: &Input) -> Self {
        let mut conversation = Self::default();
        let utterances = input.field("utterances").and_then(|json| Value::parse(json.as_bytes())).unwrap_or_default();
        for said in utterances.entries() {
            let ms = |name| if let Value::Number(seconds) = said.get(name) { thousandths(seconds) } else { None };
            let speaker = said.text_of("speakerId").and_then(|id| conversation.place(id));
            let text = said.text_of("text").unwrap_or_default();
            conversation.utterances.push(Utterance { text, speaker, start_ms: ms("start"), end_ms: ms("end") });
        }
        conversation
    }

    /// What was said, utterance by utterance; each word has the times of its utterance.
    #[must_use]
    pub fn passages(&self) -> Vec<Passage<'_>> {
        let said = self.utterances.iter();
        said.map(|said| Passage::of_text(&said.text, said.speaker, said.start_ms, said.end_ms)).collect()
    }

    /// The place of a speaker among all, a new one where the id is.
    fn place(&mut self, id: String) -> Option<u16> {
        let known = self.speakers.iter().position(|speaker| *speaker == id);
        let place = known.unwrap_or(self.speakers.len());
        if known.is_none() {
            self.speakers.push(id);
        }
        u16::try_from(place).ok()
    }
}
