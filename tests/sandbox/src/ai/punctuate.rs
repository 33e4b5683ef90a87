//! `POST /ai/text/v1/async/punctuate`: sentences with a capital, an end and their apostrophes, in the order given.

use serde_json::{Value, json};

use crate::ai::input::{Input, is_texts};
use crate::ai::{Answer, Task};
use crate::errors::Refusal;

/// This task.
pub const TASK: Task = Task { path: "/ai/text/v1/async/punctuate", check, answer: Answer::FromText(answer) };

/// A sentence that begins with one of these asks.
const ASKING: &str = " who whom whose what when where why which how is are was were am do does did can could will would \
    shall should may have has isn't aren't don't doesn't didn't can't won't wouldn't couldn't shouldn't ";
/// A sentence that ends with one of these asks as well.
const ASKING_AT_LAST: &[&str] = &["right"];
/// Words that are nothing else without their apostrophe, and the one that is always a capital.
const SPELLED: &[(&str, &str)] = &[
    ("i", "I"),
    ("im", "I'm"),
    ("ive", "I've"),
    ("i'm", "I'm"),
    ("i've", "I've"),
    ("i'll", "I'll"),
    ("i'd", "I'd"),
    ("dont", "don't"),
    ("doesnt", "doesn't"),
    ("didnt", "didn't"),
    ("isnt", "isn't"),
    ("arent", "aren't"),
    ("wasnt", "wasn't"),
    ("werent", "weren't"),
    ("couldnt", "couldn't"),
    ("wouldnt", "wouldn't"),
    ("shouldnt", "shouldn't"),
    ("youre", "you're"),
    ("theyre", "they're"),
    ("thats", "that's"),
    ("whats", "what's"),
];

fn check(input: &Input) -> Result<(), Refusal> {
    let texts = input.field("texts").is_some_and(is_texts);
    if texts { Ok(()) } else { Err(Refusal::ai("texts", "It should be of type List[String]")) }
}

fn answer(input: &Input) -> Value {
    let texts = input.field("texts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    json!({"texts": texts.map(punctuate).collect::<Vec<_>>()})
}

/// A text with a capital, an end and its apostrophes.
#[must_use]
pub fn punctuate(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().map(spelled).collect();
    let sentences = words.split_inclusive(|word| word.ends_with(['.', '?', '!']));
    sentences.map(sentence).collect::<Vec<_>>().join(" ")
}

fn spelled(word: &str) -> String {
    let lower = word.to_lowercase();
    let bare = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let known = SPELLED.iter().find(|(plain, _)| *plain == bare);
    known.map_or_else(|| word.to_owned(), |(_, spelled)| format!("{spelled}{}", &lower[bare.len()..]))
}

fn sentence(words: &[String]) -> String {
    let mut text = capitalised(&words.join(" "));
    if text.ends_with([',', ';', ':', '-']) {
        text.pop();
    }
    if !text.ends_with(['.', '?', '!']) {
        text.push(if asks(words) { '?' } else { '.' });
    }
    text
}

fn asks(words: &[String]) -> bool {
    let first = words.first().is_some_and(|word| ASKING.contains(&format!(" {} ", word.to_lowercase())));
    first || words.last().is_some_and(|word| ASKING_AT_LAST.contains(&word.to_lowercase().as_str()))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_sentences_and_keeps_its_words() {
        for (plain, expected) in [
            ("so its more fluid than it is right", "So its more fluid than it is right?"),
            ("i dont know. are you sure", "I don't know. Are you sure?"),
            ("  thank you  ", "Thank you."),
            ("Already. Done!", "Already. Done!"),
            ("well,", "Well."),
            ("élan", "Élan."),
            ("", ""),
        ] {
            assert_eq!(punctuate(plain), expected);
        }
    }
}
