//! Words in the spelling of the text that they stand in: some services time bare words beside a punctuated text.

use super::order::in_time;
use super::spoken::spoken;
use super::{Speech, Word};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// After a difference the text and the words are looked at so far to find where they agree again.
const AHEAD: usize = 8;

impl Speech {
    /// The same with each word as the text writes it in which it was said, where that is the same word: the text of its turn, or
    /// the whole where no turn has one. A word that the text has otherwise stays.
    #[must_use]
    pub fn spelled(mut self) -> Self {
        let has_texts = self.turns.iter().any(|turn| !turn.text.trim().is_empty());
        let words: Vec<Word> = if has_texts {
            self.utterances().iter().flat_map(|utterance| spelled(&utterance.words, &utterance.text)).collect()
        } else {
            spelled(&self.words_in_time(), self.text.as_deref().unwrap_or_default())
        };
        self.words = in_time(words, |word| word.start_ms);
        self
    }
}

/// Words as a text writes them.
fn spelled(words: &[&Word], text: &str) -> Vec<Word> {
    let written: Vec<&str> = text.split_whitespace().collect();
    let in_text: Vec<String> = written.iter().map(|written| spoken(written)).collect();
    let heard: Vec<String> = words.iter().map(|word| spoken(&word.spoken)).collect();
    let mut spelled: Vec<Word> = words.iter().map(|word| (*word).clone()).collect();
    let (mut word, mut place) = (0, 0);
    while word < heard.len() && place < in_text.len() {
        let Some((words, places)) = agreement(&heard[word..], &in_text[place..]) else {
            (word, place) = (word + AHEAD, place + AHEAD);
            continue;
        };
        (word, place) = (word + words, place + places);
        written[place].clone_into(&mut spelled[word].written);
        (word, place) = (word + 1, place + 1);
    }
    spelled
}

/// How many words, and how many of the text's, are passed over until both say the same; the fewest.
fn agreement(heard: &[String], in_text: &[String]) -> Option<(usize, usize)> {
    let says = |word: usize, place: usize| match (heard.get(word), in_text.get(place)) {
        (Some(heard), Some(in_text)) => !heard.is_empty() && heard == in_text,
        _ => false,
    };
    let near = (0..=2 * AHEAD).flat_map(|far| (0..=far).map(move |word| (word, far - word)));
    near.filter(|(word, place)| *word <= AHEAD && *place <= AHEAD).find(|(word, place)| says(*word, *place))
}
