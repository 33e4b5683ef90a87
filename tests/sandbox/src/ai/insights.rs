//! `conversationalInsights`: phrases, topics and summaries, all of them picked from the known words.
//!
//! A sentence weighs as much as its words do on average, and a word as often as it comes in the whole conversation.
//! The "abstractive" summaries are the weightiest sentences too: the stand-in writes nothing of its own.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Value, json};

use crate::ai::input::Input;
use crate::ai::speech_to_text::rounded;
use crate::hearing::Heard;
use crate::words::{Utterance, Word, Words, joined};

/// How many sentences an extract has.
pub const EXTRACTED: usize = 3;
/// How many a short summary has.
pub const SHORT: usize = 1;
/// How many a long summary has.
pub const LONG: usize = 4;
const TOPICS: usize = 3;
const PHRASES: usize = 8;
/// A sentence shorter than this is an interjection, not something to sum up with.
const MIN_SENTENCE_WORDS: usize = 5;

/// Words that carry no subject.
const COMMON: &str = " a about after again all also am an and any are as at be because been before but by can could did \
    do does doing don't for from get go going good got had has have he help her here hi him his how i i'd i'll i'm i've \
    if in into is it it's its just let like look may me more much my need no not now of off oh okay on once one only or \
    our out over own please really right say see she should so some sure than thank thanks that that's the their them \
    then there there's they this those to too up us very was we we'll well were what when where which while who why will \
    with would yes yet you you're your hello goodbye bye day back call calling called know make tell take ";

/// A sentence with one of these says what is to be done.
const DOING: &str = " will should please need must ";

/// The insights that a job asked for.
#[derive(Debug)]
pub struct Wanted(Option<BTreeSet<String>>);

impl Wanted {
    /// Reads `insights`. Assumption: none given means all.
    #[must_use]
    pub fn read(input: &Input) -> Self {
        let names = input.field("insights").and_then(Value::as_array).cloned().unwrap_or_default();
        let names: BTreeSet<String> = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        Self((!names.is_empty() && !names.contains("All")).then_some(names))
    }

    /// Whether this one was asked for.
    #[must_use]
    pub fn includes(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|names| names.contains(name))
    }
}

/// The insights on the conversation that were asked for; all empty where the words are not known.
#[must_use]
pub fn conversation(heard: &Heard, wanted: &Wanted) -> Vec<Value> {
    type Find = fn(&Conversation<'_>) -> Vec<Value>;
    let known: [(&str, Find); 5] = [
        ("KeyPhrases", |talk| talk.key_phrases()),
        ("ExtractiveSummary", |talk| talk.summary(EXTRACTED)),
        ("Topics", |talk| talk.topics()),
        ("AbstractiveSummaryLong", |talk| talk.long_summary()),
        ("AbstractiveSummaryShort", |talk| talk.summary(SHORT)),
    ];
    let talk = heard.words.as_deref().map(Conversation::new);
    let asked = known.into_iter().filter(|(name, _)| wanted.includes(name));
    asked.map(|(name, find)| json!({"name": name, "values": talk.as_ref().map_or_else(Vec::new, find)})).collect()
}

/// The weightiest sentences of a conversation, in their order.
#[must_use]
pub fn summary(words: &Words, count: usize) -> Vec<Value> {
    Conversation::new(words).summary(count)
}

/// Sentences that say what is to be done.
#[must_use]
pub fn next_steps(words: &Words) -> Vec<Value> {
    let sentences = words.utterances.iter().flat_map(|turn| turn.sentences().map(move |words| (turn, words)));
    sentences
        .filter(|(_, words)| is_next_step(words))
        .map(|(turn, words)| Sentence { turn, words, weight: 0.0 }.value())
        .collect()
}

/// Whether a sentence says what is to be done.
#[must_use]
pub fn is_next_step(words: &[Word]) -> bool {
    words.iter().any(|word| DOING.contains(&format!(" {} ", word.plain())))
}

/// What a conversation is about: its most frequent words.
#[must_use]
pub fn topics(words: &Words) -> Vec<Value> {
    Conversation::new(words).topics()
}

/// The phrases of a conversation: runs of words that carry a subject.
#[must_use]
pub fn key_phrases(words: &Words) -> Vec<Value> {
    Conversation::new(words).key_phrases()
}

struct Conversation<'a> {
    words: &'a Words,
    counts: HashMap<String, usize>,
}

struct Sentence<'a> {
    turn: &'a Utterance,
    words: &'a [Word],
    weight: f64,
}

impl<'a> Conversation<'a> {
    fn new(words: &'a Words) -> Self {
        let mut counts = HashMap::new();
        for word in words.utterances.iter().flat_map(|turn| &turn.words).map(Word::plain) {
            if carries_subject(&word) {
                *counts.entry(word).or_default() += 1;
            }
        }
        Self { words, counts }
    }

    /// The weightiest sentences, in the order in which they were said.
    fn sentences(&self, count: usize) -> Vec<Sentence<'a>> {
        let weigh = |words: &[Word]| {
            let sum: usize = words.iter().filter_map(|word| self.counts.get(&word.plain())).sum();
            sum as f64 / words.len() as f64
        };
        let turns = self.words.utterances.iter().flat_map(|turn| turn.sentences().map(move |words| (turn, words)));
        let mut sentences: Vec<_> = turns.map(|(turn, words)| Sentence { turn, words, weight: weigh(words) }).collect();
        if sentences.iter().any(|sentence| sentence.words.len() >= MIN_SENTENCE_WORDS) {
            sentences.retain(|sentence| sentence.words.len() >= MIN_SENTENCE_WORDS);
        }
        sentences.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        sentences.truncate(count);
        sentences.sort_by(|a, b| a.words[0].start.total_cmp(&b.words[0].start));
        sentences
    }

    fn summary(&self, count: usize) -> Vec<Value> {
        self.sentences(count).iter().map(Sentence::value).collect()
    }

    fn long_summary(&self) -> Vec<Value> {
        let mut values = self.summary(LONG);
        for value in &mut values {
            // One paragraph: RingCentral numbers the paragraphs of a long summary.
            value["groupId"] = json!("0");
        }
        values
    }

    fn topics(&self) -> Vec<Value> {
        let mut topics: Vec<_> = self.counts.iter().collect();
        topics.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let words = || self.words.utterances.iter().flat_map(|turn| &turn.words);
        let value = |(topic, count): (&String, &usize)| {
            let start = words().find(|word| word.plain() == *topic).map(|word| word.start);
            let end = words().rfind(|word| word.plain() == *topic).map(|word| word.end);
            json!({"value": topic, "start": start, "end": end, "confidence": share(*count, topics.first())})
        };
        topics.iter().take(TOPICS).copied().map(value).collect()
    }

    /// Runs of at least two words that carry a subject, inside a sentence, the first mention of each.
    fn key_phrases(&self) -> Vec<Value> {
        let mut seen = BTreeSet::new();
        let mut phrases = Vec::new();
        for turn in &self.words.utterances {
            for run in turn.sentences().flat_map(|sentence| sentence.split(|word| !carries_subject(&word.plain()))) {
                let text = joined(run.iter().map(Word::plain));
                if run.len() >= 2 && seen.insert(text.clone()) {
                    let (start, end) = (run[0].start, run[run.len() - 1].end);
                    phrases.push(json!({"value": text, "start": start, "end": end,
                        "confidence": turn.confidence, "speakerId": turn.speaker_id}));
                }
            }
        }
        phrases.truncate(PHRASES);
        phrases
    }
}

impl Sentence<'_> {
    fn value(&self) -> Value {
        json!({
            "value": joined(self.words.iter().map(|word| word.text.clone())),
            "start": self.words[0].start,
            "end": self.words[self.words.len() - 1].end,
            "confidence": self.turn.confidence,
            "speakerId": self.turn.speaker_id,
        })
    }
}

fn share(count: usize, largest: Option<&(&String, &usize)>) -> f64 {
    largest.map_or(0.0, |(_, largest)| rounded(count as f64 / **largest as f64, 100.0))
}

fn carries_subject(word: &str) -> bool {
    word.chars().count() > 2 && !COMMON.contains(&format!(" {word} "))
}
