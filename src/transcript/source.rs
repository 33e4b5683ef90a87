//! Which of a result's lists the transcript is made of, and how it is divided.

use super::letters::{count, letters, tokens};
use super::node::{ms, speaker, text};
use crate::json::Value;
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

/// After so long a silence a new paragraph begins, where no speakers divide the words.
const PARAGRAPH_PAUSE_MS: u64 = 2000;

/// What one speaker said in one go, as the payload has it.
#[derive(Debug)]
pub(super) struct Utterance<'a> {
    pub(super) speaker: Option<String>,
    pub(super) start_ms: Option<u64>,
    pub(super) end_ms: Option<u64>,
    pub(super) text: Cow<'a, str>,
    /// Timed words; they may be fewer than the text's, and differ from them.
    pub(super) words: &'a [Value<'a>],
}

/// The utterances of a result; none when it has no words.
pub(super) fn utterances<'a>(response: &'a Value<'a>) -> Vec<Utterance<'a>> {
    for key in ["utteranceInsights", "utterances"] {
        let mut utterances: Vec<_> = response.get(key).entries().iter().map(utterance).filter(has_words).collect();
        if !utterances.is_empty() {
            share(&mut utterances, response.get("words").entries());
            return utterances;
        }
    }
    paragraphs(response.get("words").entries(), text(response, "transcript"))
}

fn utterance<'a>(node: &'a Value<'a>) -> Utterance<'a> {
    let words = node.get("wordTimings").entries();
    let text = text(node, "text");
    let text = if tokens(text).next().is_some() { text.into() } else { joined(words).into() };
    let speaker = speaker(node);
    Utterance { speaker, start_ms: ms(node, "start"), end_ms: ms(node, "end"), text, words }
}

fn has_words(utterance: &Utterance<'_>) -> bool {
    tokens(&utterance.text).next().is_some()
}

/// Gives utterances without timed words those of the whole result, where they have the same letters.
fn share<'a>(utterances: &mut [Utterance<'a>], words: &'a [Value<'a>]) {
    let heard = utterances.iter().flat_map(|utterance| letters(&utterance.text));
    if utterances.iter().any(|utterance| !utterance.words.is_empty())
        || !heard.eq(words.iter().flat_map(|node| letters(word(node))))
    {
        return;
    }
    let mut rest = words;
    for utterance in utterances {
        let mut missing = count(&utterance.text);
        let is_its_own = |node: &&Value<'_>| {
            let is_missing = missing > 0;
            missing = missing.saturating_sub(count(word(node)));
            is_missing
        };
        let own = rest.iter().take_while(is_its_own).count();
        (utterance.words, rest) = rest.split_at(own);
    }
}

/// The word that a node of `words` or `wordTimings` stands for.
pub(super) fn word<'a>(node: &'a Value<'_>) -> &'a str {
    let word = text(node, "word");
    if word.is_empty() { text(node, "text") } else { word }
}

fn joined(words: &[Value<'_>]) -> String {
    let mut text = String::new();
    for node in words {
        text.push_str(word(node));
        text.push(' ');
    }
    text
}

/// Bare words as utterances, in the transcript's spelling where that has the same letters, so that no word is lost.
fn paragraphs<'a>(words: &'a [Value<'a>], transcript: &'a str) -> Vec<Utterance<'a>> {
    let mut runs: Vec<Utterance<'a>> = words.chunk_by(is_one_run).map(run).collect();
    if runs.iter().all(|run| !has_words(run)) {
        let untimed = Utterance { speaker: None, start_ms: None, end_ms: None, text: transcript.into(), words: &[] };
        return if has_words(&untimed) { vec![untimed] } else { Vec::new() };
    }
    let heard = letters(transcript).next().is_some();
    if heard && letters(transcript).eq(words.iter().flat_map(|node| letters(word(node)))) {
        respell(&mut runs, transcript);
    }
    runs.retain(has_words);
    runs
}

fn is_one_run(word: &Value<'_>, next: &Value<'_>) -> bool {
    let pause_ms = ms(next, "start").unwrap_or(0).saturating_sub(ms(word, "end").unwrap_or(u64::MAX));
    speaker(word) == speaker(next) && pause_ms < PARAGRAPH_PAUSE_MS
}

fn run<'a>(words: &'a [Value<'a>]) -> Utterance<'a> {
    let speaker = words.first().and_then(speaker);
    Utterance { speaker, start_ms: None, end_ms: None, text: joined(words).into(), words }
}

/// Gives each run its share of the transcript, by the number of its letters.
fn respell<'a>(runs: &mut [Utterance<'a>], transcript: &'a str) {
    if let [run] = runs {
        run.text = transcript.into();
        return;
    }
    let mut tokens = tokens(transcript).peekable();
    let (mut read, mut until) = (0, 0);
    let last = runs.len().saturating_sub(1);
    for (index, run) in runs.iter_mut().enumerate() {
        until += count(&run.text);
        let mut text = String::new();
        // A mark without letters stays with what was said before it.
        while let Some(token) = tokens.next_if(|token| index == last || read < until || count(token) == 0) {
            read += count(&token);
            text.push_str(&token);
            text.push(' ');
        }
        run.text = text.into();
    }
}
