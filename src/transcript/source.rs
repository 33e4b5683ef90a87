//! Which of a result's lists the transcript is made of.

use super::beside::{Beside, Line};
use super::letters::{has_words, tokens};
use super::node::{Spoken, Utterance, joined, spoken, text};
use super::paragraphs::paragraphs;
use super::sequence::{in_order, settle};
use crate::json::Value;
use alloc::vec::Vec;

/// Whether a result is one of a task that hears words, even where it heard none.
pub(super) fn hears_words(response: &Value<'_>) -> bool {
    let has = |node: &Value<'_>, name: &str| node.fields().iter().any(|(field, _)| field == name);
    // Who only tells speakers apart counts them, and has utterances without text.
    let utterances = response.get("utterances");
    let tells_apart = has(response, "speakerCount") || !utterances.entries().is_empty();
    ["transcript", "words", "utteranceInsights"].into_iter().any(|name| has(response, name))
        || utterances.entries().iter().any(|node| has(node, "text"))
        || matches!(utterances, Value::List(_)) && !tells_apart
}

/// The utterances of a result in the order of time; none when it has no words.
pub(super) fn utterances<'a>(response: &'a Value<'a>) -> Vec<Utterance<'a>> {
    let words = spoken(response.get("words"));
    for key in ["utteranceInsights", "utterances"] {
        let mut utterances: Vec<_> = response.get(key).entries().iter().map(utterance).collect();
        utterances.retain(|utterance| has_words(&utterance.text));
        if !utterances.is_empty() {
            let mut utterances = in_order(utterances);
            if utterances.iter().all(|utterance| utterance.words.is_empty()) {
                share(&mut utterances, words);
            }
            return utterances;
        }
    }
    paragraphs(words, text(response, "transcript"))
}

/// An utterance, in the words of its timings where it has no text.
fn utterance<'a>(node: &'a Value<'a>) -> Utterance<'a> {
    let mut utterance = Utterance::read(node);
    settle(&mut utterance);
    if !has_words(&utterance.text) {
        utterance.text = joined(&utterance.words).into();
    }
    utterance
}

/// Gives utterances without timed words those of the whole result, as far as they say the same.
fn share<'a>(utterances: &mut [Utterance<'a>], words: Vec<Spoken<'a>>) {
    let (mut said, mut heard) = (Line::default(), Line::default());
    let mut ends = Vec::with_capacity(utterances.len());
    for utterance in &*utterances {
        tokens(&utterance.text).for_each(|token| _ = said.push(&token));
        ends.push(said.letters());
    }
    let starts: Vec<u64> = words.iter().map(|word| heard.push(word.text).0).collect();
    let beside = Beside::lay(&said, &heard);
    if beside.same == 0 {
        return;
    }
    let mut at = 0;
    for (word, start) in words.into_iter().zip(starts) {
        while at + 1 < ends.len() && beside.start(start).is_some_and(|start| ends[at] <= start) {
            at += 1;
        }
        utterances[at].words.push(word);
    }
    utterances.iter_mut().for_each(settle);
}
