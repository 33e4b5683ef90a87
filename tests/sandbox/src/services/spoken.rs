//! The words of a recording as a service tells them: one after another, each with who says it and in which channel.

use crate::hearing::Heard;
use crate::words::{Word, joined};

/// One spoken word.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    /// The word.
    pub word: &'a Word,
    /// Who says it: 0 for the one who speaks first, then 1, …
    pub speaker: usize,
    /// In which channel.
    pub channel: usize,
    /// How certain it is.
    pub confidence: f64,
}

/// All known words in the order of time.
#[must_use]
pub fn spoken(heard: &Heard) -> Vec<Spoken<'_>> {
    let Some(words) = &heard.words else { return Vec::new() };
    let speakers = words.speakers();
    let number = |id: &str| speakers.iter().position(|speaker| *speaker == id).unwrap_or_default();
    let channel = |id: &str| id.parse().ok().filter(|channel| *channel < heard.sound.channels.len()).unwrap_or_default();
    let turns = words.utterances.iter().map(|turn| (turn, number(&turn.speaker_id), channel(&turn.speaker_id)));
    let all = turns.flat_map(|(turn, speaker, channel)| {
        turn.words.iter().map(move |word| Spoken { word, speaker, channel, confidence: turn.confidence })
    });
    let mut all: Vec<_> = all.collect();
    all.sort_by(|a, b| a.word.start.total_cmp(&b.word.start));
    all
}

/// The same words, the speakers of each channel numbered by themselves.
#[must_use]
pub fn numbered_by_channel<'a>(words: &[Spoken<'a>]) -> Vec<Spoken<'a>> {
    let mut known: Vec<(usize, usize)> = Vec::new();
    let numbered = words.iter().map(|spoken| {
        let speaker = (spoken.channel, spoken.speaker);
        if !known.contains(&speaker) {
            known.push(speaker);
        }
        let of_channel = known.iter().filter(|(channel, _)| *channel == spoken.channel);
        let number = of_channel.take_while(|other| **other != speaker).count();
        Spoken { speaker: number, ..*spoken }
    });
    numbered.collect()
}

/// Runs of words: a new one begins where `is_new` says so of a word and the next.
pub fn runs<'a, 'b>(
    words: &'b [Spoken<'a>],
    is_new: impl Fn(&Spoken<'a>, &Spoken<'a>) -> bool + 'b,
) -> impl Iterator<Item = &'b [Spoken<'a>]> + 'b {
    words.chunk_by(move |word, next| !is_new(word, next))
}

/// Sentences of one speaker.
pub fn sentences<'a, 'b>(words: &'b [Spoken<'a>]) -> impl Iterator<Item = &'b [Spoken<'a>]> + 'b {
    runs(words, |word, next| word.word.ends_sentence() || word.speaker != next.speaker)
}

/// Words as they are written.
#[must_use]
pub fn text(words: &[Spoken<'_>]) -> String {
    joined(words.iter().map(|spoken| spoken.word.text.clone()))
}

/// Words in lower case, without punctuation.
#[must_use]
pub fn plain_text(words: &[Spoken<'_>]) -> String {
    joined(words.iter().map(|spoken| spoken.word.plain()))
}

/// How certain some words are on average; 0 where there are none.
#[must_use]
pub fn confidence(words: &[Spoken<'_>]) -> f64 {
    let sum: f64 = words.iter().map(|spoken| spoken.confidence).sum();
    if words.is_empty() { 0.0 } else { sum / words.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_channel_has_a_speaker_0() {
        let word = Word { text: "So.".to_owned(), start: 0.0, end: 1.0 };
        let said = |(speaker, channel)| Spoken { word: &word, speaker, channel, confidence: 1.0 };
        let words: Vec<_> = [(0, 0), (1, 1), (2, 1), (1, 1), (3, 0), (0, 0)].into_iter().map(said).collect();
        let numbers: Vec<_> = numbered_by_channel(&words).iter().map(|spoken| spoken.speaker).collect();
        assert_eq!(numbers, [0, 0, 1, 0, 1, 0]);
    }
}
