//! Who spoke how long and how fast, and who asked what.

use super::letters::stands_alone;
use super::passages::Passage;
use super::sentences::is_question;
use super::{Finding, Speech};
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// Speech goes on over a silence of this length: people breathe and think.
const BREATH_MS: u64 = 1_000;
/// Below these tenths of a word a minute somebody speaks slowly. RingCentral's own borders are not known; people talk with about
/// 150 words a minute.
const SLOW_BELOW: u64 = 1_100;
/// Above these tenths of a word a minute somebody speaks fast.
const FAST_ABOVE: u64 = 1_600;
/// Fewer words have no pace.
const MIN_WORDS: u64 = 5;

/// How much somebody spoke.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Talk {
    /// How long, with pauses of up to a second, what was said at once counted once.
    pub spoken_ms: u64,
    /// How many words, as far as that is known.
    pub words: u64,
}

/// How fast somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// RingCentral's class: `slow` below 110 words a minute, `fast` above 160, else `medium`.
    pub class: &'static str,
    /// Words a minute of speech, in tenths.
    pub tenths_wpm: u64,
}

impl Talk {
    /// The pace; none where too little was said for one.
    #[must_use]
    pub fn pace(&self) -> Option<Pace> {
        let is_enough = self.words >= MIN_WORDS && self.spoken_ms > 0;
        let tenths_wpm = is_enough.then(|| (self.words * 600_000 + self.spoken_ms / 2) / self.spoken_ms)?;
        let class = match () {
            () if tenths_wpm < SLOW_BELOW => "slow",
            () if tenths_wpm > FAST_ABOVE => "fast",
            () => "medium",
        };
        Some(Pace { class, tenths_wpm })
    }
}

impl Speech {
    /// How much each of the speakers spoke, in their order.
    #[must_use]
    pub fn talk(&self) -> Vec<Talk> {
        let mut talk = vec![Talk::default(); self.speakers.len()];
        let mut heard_until_ms = vec![None; self.speakers.len()];
        let mut add = |speaker: Option<u16>, start_ms: u64, end_ms: u64, words: usize| {
            let speaker = usize::from(speaker?);
            let (talk, until_ms) = (talk.get_mut(speaker)?, heard_until_ms.get_mut(speaker)?);
            let from_ms = until_ms.filter(|until_ms| start_ms <= until_ms + BREATH_MS).unwrap_or(start_ms);
            talk.spoken_ms += end_ms.saturating_sub(from_ms);
            talk.words += words as u64;
            *until_ms = Some(until_ms.unwrap_or(0).max(end_ms));
            Some(())
        };
        for utterance in self.utterances() {
            if utterance.words.is_empty() {
                // Where no spaces part them nobody knows how many words there are.
                let is_counted = !utterance.text.chars().any(stands_alone);
                let words = if is_counted { utterance.text.split_whitespace().count() } else { 0 };
                add(utterance.speaker, utterance.start_ms, utterance.end_ms, words);
            }
            for word in utterance.words {
                add(utterance.speaker, word.start_ms, word.end_ms, 1);
            }
        }
        talk
    }
}

/// Each one's time to speak and to listen in whole percents, as in `58:42`, which sum up to 100; none where nobody's is known.
#[must_use]
pub fn talk_to_listen(talk: &[Talk]) -> Option<Vec<String>> {
    let all_ms: u64 = talk.iter().map(|talk| talk.spoken_ms).sum();
    let ratio = |talk: &Talk| {
        let (percent, rest) = (talk.spoken_ms * 100 / all_ms, talk.spoken_ms * 100 % all_ms);
        // Half a percent goes to the even side, so that two speakers' ratios mirror each other.
        let is_up = rest * 2 > all_ms || rest * 2 == all_ms && percent % 2 == 1;
        let percent = percent + u64::from(is_up);
        let mut ratio = crate::json::digits(percent);
        ratio.push(':');
        crate::json::push_digits(&mut ratio, 100 - percent, 1);
        ratio
    };
    (all_ms > 0).then(|| talk.iter().map(ratio).collect())
}

/// The sentences that ask something; none where the text has no punctuation, for nobody knows then.
#[must_use]
pub fn questions(passages: &[Passage<'_>]) -> Option<Vec<Finding>> {
    let mut is_punctuated = passages.iter().all(|passage| passage.words.is_empty());
    let mut questions = Vec::new();
    for passage in passages {
        for place in passage.sentences() {
            let last = passage.words[place.end - 1].text;
            is_punctuated |= super::sentences::ends_sentence(last, None);
            if is_question(last) {
                questions.push(passage.finding(place));
            }
        }
    }
    is_punctuated.then_some(questions)
}
