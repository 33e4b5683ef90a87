//! Which of a result's lists the transcript is made of.

use super::belief::{doubt_words, in_order, settle};
use super::beside::{lay, owner_at, push};
use super::letters::has_words;
use super::node::{Said, joined, said, text};
use super::paragraphs::paragraphs;
use crate::json::{Value, pick};
use alloc::vec::Vec;

/// Whether a body without a status but `Success` has a field that [`hears_words`] knows a result by.
pub(super) fn names_words(body: &[u8]) -> bool {
    let Some([status, response]) = pick(body, ["status", "response"]) else { return false };
    let response = response.filter(|response| response.starts_with(b"{")).unwrap_or(body);
    let named = pick(response, ["transcript", "words", "utteranceInsights"]);
    let is_success = status.is_none_or(|status| status == b"\"Success\"");
    is_success && named.is_some_and(|fields| fields.iter().any(Option::is_some))
}

/// Whether a result is one of a task that hears words, even where it heard none.
pub(super) fn hears_words(response: &Value<'_>) -> bool {
    let has = |node: &Value<'_>, name: &str| node.fields().iter().any(|(field, _)| field == name);
    // Who only tells speakers apart counts them, and has utterances without text.
    let utterances = response.get("utterances");
    let tells_apart = has(response, "speakerCount") || !utterances.entries().is_empty();
    ["transcript", "words", "utteranceInsights"].into_iter().any(|name| has(response, name))
        || utterances.entries().iter().any(|node| has(node, "text"))
        || matches!(utterances, Value::List(_)) && !tells_apart
        || matches!(response.get("segments"), Value::List(_))
}

/// The utterances of a result in the order of time; none when it has no words.
pub(super) fn utterances<'a>(response: &'a Value<'a>) -> Vec<Said<'a>> {
    let words = response.get("words");
    for key in ["utteranceInsights", "utterances", "segments"] {
        let mut utterances = said(response.get(key));
        for utterance in &mut utterances {
            doubt_words(&mut utterance.words);
            settle(utterance);
            if !has_words(&utterance.text) {
                utterance.text = joined(&utterance.words).into();
            }
        }
        utterances.retain(|utterance| has_words(&utterance.text));
        if !utterances.is_empty() {
            in_order(&mut utterances);
            if utterances.iter().all(|utterance| utterance.words.is_empty()) {
                share(&mut utterances, said(words));
            }
            return utterances;
        }
    }
    paragraphs(said(words), text(response, "transcript"))
}

/// Gives utterances without timed words those of the whole result, as far as they say the same.
fn share<'a>(utterances: &mut [Said<'a>], words: Vec<Said<'a>>) {
    let (mut written, mut spoken) = (Vec::new(), Vec::new());
    for (owner, utterance) in utterances.iter().enumerate() {
        utterance.text.split_whitespace().for_each(|text| push(&mut written, text, owner));
    }
    for word in &words {
        push(&mut spoken, &word.text, 0);
    }
    let (stretches, same) = lay(&written, &spoken);
    let mut owners = Vec::with_capacity(words.len());
    let mut owner = 0;
    for stretch in &stretches {
        for word in stretch.right {
            owner = stretch.place(word.from).and_then(|place| owner_at(stretch.left, place)).unwrap_or(owner);
            owners.push(owner);
        }
    }
    if same == 0 {
        return;
    }
    for (word, owner) in words.into_iter().zip(owners) {
        utterances[owner].words.push(word);
    }
    for utterance in utterances {
        doubt_words(&mut utterance.words);
        settle(utterance);
    }
}
