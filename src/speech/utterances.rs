//! What one speaker said in one go: the turns of the service, or the words cut where a reader expects it.
//!
//! The turns that a service cut are kept, each with the words that lie in it, as long as every word lies in one of its own
//! speaker's. Else the words are cut: a word begins an utterance where its speaker changes, after [`PAUSE_MS`] of silence, after
//! the end of a sentence once the utterance has lasted [`LONG_MS`], and in any case after [`LONGEST_MS`]. Speakers who talk at
//! once each have their own: a word belongs to its speaker's utterance although another's has begun, unless it comes
//! [`BESIDE_MS`] later.

use super::order::in_time;
use super::sentences::ends_sentence;
use super::{Speech, Turn, Word};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// The silence that ends an utterance; a transcript's paragraphs have the same.
const PAUSE_MS: u64 = 2_000;
/// The silence that ends one beside another's: shorter than any interjection.
const BESIDE_MS: u64 = 250;
/// An utterance of this length ends with its sentence.
const LONG_MS: u64 = 20_000;
/// An utterance of this length ends.
const LONGEST_MS: u64 = 60_000;
/// So far outside its turn a word may lie: services round the times of both.
const NEAR_MS: u64 = 500;
/// So many turns are under way at once, at most.
const AT_ONCE: usize = 16;
/// So many utterances may have begun since the one that a word belongs to.
const OPEN: usize = 8;

/// What one speaker said in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance<'a> {
    /// Who said it, as a place in [`Speech::speakers`].
    pub speaker: Option<u16>,
    /// No word starts sooner.
    pub start_ms: u64,
    /// No word ends later.
    pub end_ms: u64,
    /// As written; empty where a service only tells speakers apart.
    pub text: Cow<'a, str>,
    /// What the service says of it, else the mean of its words.
    pub confidence: Option<u16>,
    /// In the order of time; empty where a service gives turns alone.
    pub words: Vec<&'a Word>,
}

impl Speech {
    /// What was said, utterance by utterance, in the order of their starts.
    #[must_use]
    pub fn utterances(&self) -> Vec<Utterance<'_>> {
        let utterances = self.turns_with_words().unwrap_or_else(|| cut(self.words_in_time()));
        in_time(utterances, |utterance| utterance.start_ms)
    }

    /// The words in the order of their starts.
    #[must_use]
    pub fn words_in_time(&self) -> Vec<&Word> {
        in_time(self.words.iter().collect(), |word| word.start_ms)
    }

    /// The turns in the order of their starts.
    pub(super) fn turns_in_time(&self) -> Vec<&Turn> {
        in_time(self.turns.iter().collect(), |turn| turn.start_ms)
    }

    /// How sure the service is of the whole, else the mean of its words.
    #[must_use]
    pub fn overall_confidence(&self) -> Option<u16> {
        self.confidence.or_else(|| mean(&self.words_in_time()))
    }

    /// The service's turns, each with its words; none where a word lies in no turn, or where there are no turns.
    fn turns_with_words(&self) -> Option<Vec<Utterance<'_>>> {
        let turns = self.turns_in_time();
        let mut words = vec![Vec::new(); turns.len()];
        for word in self.words_in_time() {
            words.get_mut(turn_of(&turns, word)?)?.push(word);
        }
        let has_turns = !turns.is_empty();
        has_turns.then(|| turns.into_iter().zip(words).map(|(turn, words)| of_turn(turn, words)).collect())
    }
}

/// The nearest turn in which a word may have been said.
fn turn_of(turns: &[&Turn], word: &Word) -> Option<usize> {
    let middle_ms = word.start_ms.midpoint(word.end_ms);
    let begun = turns.partition_point(|turn| turn.start_ms <= middle_ms);
    let near = begun.saturating_sub(AT_ONCE)..turns.len().min(begun + 2);
    let own = near.filter(|at| word.speaker.is_none() || turns[*at].speaker == word.speaker);
    let outside_ms = |turn: &Turn| turn.start_ms.saturating_sub(middle_ms) + middle_ms.saturating_sub(turn.end_ms);
    own.min_by_key(|at| outside_ms(turns[*at])).filter(|at| outside_ms(turns[*at]) <= NEAR_MS)
}

fn of_turn<'a>(turn: &'a Turn, words: Vec<&'a Word>) -> Utterance<'a> {
    let text = if turn.text.trim().is_empty() { written(&words).into() } else { turn.text.trim().into() };
    let first_ms = words.first().map_or(turn.start_ms, |word| word.start_ms);
    let last_ms = words.iter().map(|word| word.end_ms).max().unwrap_or(turn.start_ms);
    Utterance {
        speaker: turn.speaker,
        start_ms: turn.start_ms.min(first_ms),
        end_ms: turn.end_ms.max(last_ms).max(turn.start_ms),
        text,
        confidence: turn.confidence.or_else(|| mean(&words)),
        words,
    }
}

/// Words in the order of time as utterances.
fn cut(words: Vec<&Word>) -> Vec<Utterance<'_>> {
    let mut cut: Vec<Utterance<'_>> = Vec::new();
    for word in words {
        let recent = cut.len().saturating_sub(OPEN)..cut.len();
        let own = recent.rev().find(|at| cut[*at].speaker == word.speaker);
        match own.filter(|at| goes_on(&cut[*at], at + 1 == cut.len(), word)) {
            Some(at) => {
                cut[at].end_ms = cut[at].end_ms.max(word.end_ms);
                cut[at].words.push(word);
            }
            None => cut.push(Utterance {
                speaker: word.speaker,
                start_ms: word.start_ms,
                end_ms: word.end_ms.max(word.start_ms),
                text: Cow::default(),
                confidence: None,
                words: vec![word],
            }),
        }
    }
    for utterance in &mut cut {
        utterance.text = written(&utterance.words).into();
        utterance.confidence = mean(&utterance.words);
    }
    cut
}

/// Whether an utterance of the word's speaker goes on with it.
fn goes_on(utterance: &Utterance<'_>, is_latest: bool, word: &Word) -> bool {
    let silence_ms = word.start_ms.saturating_sub(utterance.end_ms);
    let lasted_ms = utterance.end_ms - utterance.start_ms;
    let ends = || utterance.words.last().is_some_and(|last| ends_sentence(&last.written, Some(&word.written)));
    silence_ms < if is_latest { PAUSE_MS } else { BESIDE_MS } && lasted_ms < LONGEST_MS && (lasted_ms < LONG_MS || !ends())
}

/// The words with a space between them.
fn written(words: &[&Word]) -> String {
    let mut text = String::new();
    for word in words {
        super::push_word(&mut text, word.written.trim());
    }
    text
}

/// How sure the service is of some words on average; none where it is not said of each.
fn mean(words: &[&Word]) -> Option<u16> {
    let count = u64::try_from(words.len()).ok().filter(|count| *count > 0)?;
    let sum: u64 = words.iter().map(|word| word.confidence.map(u64::from)).sum::<Option<u64>>()?;
    u16::try_from((sum + count / 2) / count).ok()
}
