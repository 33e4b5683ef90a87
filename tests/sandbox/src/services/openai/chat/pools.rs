//! What can be said of a conversation: summaries, topics, phrases, questions, sentences, each from the words that stand there.

use super::material::{Line, Material};
use crate::ai::insights;
use crate::ai::punctuate::punctuate;
use crate::services::sentiment;
use crate::words::{Word, Words, joined};

/// How many sentences an extract has.
const EXTRACTED: usize = 3;
/// What a liar has heard.
const INVENTED_PHRASE: &str = "golden parachute";
const INVENTED_SENTENCE: &str = "We will never deliver anything again.";
const INVENTED_WORD: &str = "tomorrow";

/// One thing that can be said, and where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The thing.
    pub text: String,
    /// The sentence that it stands in, as it was said.
    pub quote: String,
    /// Who said it.
    pub speaker: String,
    /// When, in seconds.
    pub span: [f64; 2],
    /// The number of the line.
    pub number: u64,
}

/// A kind of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say what they are")]
pub enum Pool {
    Short,
    Long,
    Title,
    Topics,
    Phrases,
    Questions,
    Tasks,
    Sentences,
    Punctuated,
}

/// All of them.
#[derive(Debug)]
pub struct Pools<'a> {
    material: &'a Material,
    words: Words,
    is_liar: bool,
}

impl<'a> Pools<'a> {
    /// Of what stands in a message.
    #[must_use]
    pub fn of(material: &'a Material, is_liar: bool) -> Self {
        Self { material, words: material.words(), is_liar }
    }

    /// Whether the texts are to be punctuated.
    #[must_use]
    pub fn is_for_punctuation(&self) -> bool {
        self.material.is_for_punctuation
    }

    /// The things of a kind, in their order. A liar invents the first of those that can be checked.
    #[must_use]
    pub fn items(&self, pool: Pool) -> Vec<Item> {
        let mut items = match pool {
            Pool::Short => vec![self.of_all(&self.short())],
            Pool::Long => vec![self.of_all(&self.long())],
            Pool::Title => vec![self.of_all(&self.topics().join(", "))],
            Pool::Topics => self.found(insights::topics(&self.words)),
            Pool::Phrases => self.found(insights::key_phrases(&self.words)),
            Pool::Questions => self.sentences(|words| words.last().is_some_and(|word| word.text.ends_with('?'))),
            Pool::Tasks => self.sentences(insights::is_next_step),
            Pool::Sentences => self.weightiest(),
            Pool::Punctuated => self.material.lines.iter().map(|line| item(line, &punctuate(&line.text))).collect(),
        };
        if self.is_liar {
            self.lie(pool, &mut items);
        }
        items
    }

    /// A sentence of its own on what it is about.
    #[must_use]
    pub fn short(&self) -> String {
        match &self.topics()[..] {
            [] => "Nothing is said.".to_owned(),
            [one] => format!("It is about {one}."),
            [first @ .., last] => format!("It is about {} and {last}.", first.join(", ")),
        }
    }

    /// That sentence, and the weightiest of those that were said.
    #[must_use]
    pub fn long(&self) -> String {
        let said = self.weightiest().into_iter().map(|item| item.text);
        joined([self.short()].into_iter().chain(said))
    }

    /// What it is about, in single words.
    #[must_use]
    pub fn topics(&self) -> Vec<String> {
        let topics = insights::topics(&self.words).into_iter();
        topics.filter_map(|topic| topic["value"].as_str().map(str::to_owned)).collect()
    }

    /// `positive`, `neutral` or `negative`.
    #[must_use]
    pub fn sentiment(&self) -> &'static str {
        sentiment::of_conversation(&self.words)
    }

    fn lie(&self, pool: Pool, items: &mut Vec<Item>) {
        let lie = match pool {
            Pool::Topics | Pool::Phrases => INVENTED_PHRASE.to_owned(),
            Pool::Questions | Pool::Tasks | Pool::Sentences => INVENTED_SENTENCE.to_owned(),
            Pool::Punctuated => match items.first().and_then(|item| item.text.rsplit_once(' ')) {
                Some((kept, _)) => format!("{kept} {INVENTED_WORD}."),
                None => return,
            },
            Pool::Short | Pool::Long | Pool::Title => return,
        };
        if items.is_empty() {
            items.push(self.of_all(""));
        }
        INVENTED_SENTENCE.clone_into(&mut items[0].quote);
        items[0].text = lie;
    }

    /// What is said of the whole; it has the place of the first line.
    fn of_all(&self, text: &str) -> Item {
        let nowhere = Line { text: String::new(), speaker: None, span: [0.0; 2], number: 0 };
        let quote = self.weightiest().into_iter().next().map(|item| item.quote).unwrap_or_default();
        Item { quote, ..item(self.material.lines.first().unwrap_or(&nowhere), text) }
    }

    /// Phrases and topics with the first sentence that has them.
    fn found(&self, values: Vec<serde_json::Value>) -> Vec<Item> {
        let all = self.sentences(|_| true);
        let plain =
            |text: &str| joined(text.split_whitespace().map(|word| Word { text: word.to_owned(), start: 0.0, end: 0.0 }.plain()));
        let with_quote = |value: serde_json::Value| {
            let text = value["value"].as_str()?.to_owned();
            let sentence = all.iter().find(|item| format!(" {} ", plain(&item.text)).contains(&format!(" {text} ")))?;
            Some(Item { text, ..sentence.clone() })
        };
        values.into_iter().filter_map(with_quote).collect()
    }

    fn weightiest(&self) -> Vec<Item> {
        let chosen = insights::summary(&self.words, EXTRACTED);
        let is_chosen = |item: &Item| chosen.iter().any(|value| value["value"] == item.text);
        self.sentences(|_| true).into_iter().filter(is_chosen).take(EXTRACTED).collect()
    }

    fn sentences(&self, fits: impl Fn(&[Word]) -> bool) -> Vec<Item> {
        let lines = self.material.lines.iter().filter(|line| !line.text.trim().is_empty());
        let turns = lines.zip(&self.words.utterances);
        let said = turns.flat_map(|(line, turn)| turn.sentences().map(move |words| (line, words)));
        said.filter(|(_, words)| fits(words))
            .map(|(line, words)| item(line, &joined(words.iter().map(|word| word.text.clone()))))
            .collect()
    }
}

fn item(line: &Line, text: &str) -> Item {
    let speaker = line.speaker.clone().unwrap_or_default();
    Item { text: text.to_owned(), quote: text.to_owned(), speaker, span: line.span, number: line.number }
}
