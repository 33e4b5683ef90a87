//! Whether words please or displease, by two short lists: enough to tell an apology from a thank-you.

use crate::words::{Utterance, Word, Words};

/// Words that please.
const POSITIVE: &str = " thank thanks great good easy quick welcome enjoy glad happy fine perfect love nice better right \
    ready agreed ";
/// Words that displease.
const NEGATIVE: &str = " sorry wrong cracked broken damaged trouble unfortunately missing late problem bad no cannot delay \
    older worse ";
/// What one word of a sentence weighs.
const WEIGHT: f64 = 0.45;
/// From here on a score is no longer neutral: Deepgram's own border.
const BORDER: f64 = 1.0 / 3.0;

/// How much words please, from -1 to 1.
pub fn score<'a>(words: impl IntoIterator<Item = &'a Word>) -> f64 {
    let of_word = |word: String| {
        let is_in = |list: &str| f64::from(u8::from(list.contains(&format!(" {word} "))));
        is_in(POSITIVE) - is_in(NEGATIVE)
    };
    let sum: f64 = words.into_iter().map(|word| of_word(word.plain())).sum();
    (sum * WEIGHT).clamp(-1.0, 1.0)
}

/// How much a whole conversation pleases. Most of its sentences do neither; so their average counts threefold.
#[must_use]
pub fn of_conversation(words: &Words) -> &'static str {
    let sentences: Vec<_> = words.utterances.iter().flat_map(Utterance::sentences).collect();
    let sum: f64 = sentences.iter().map(|words| score(*words)).sum();
    name(sum / sentences.len().max(1) as f64 * 3.0)
}

/// `positive`, `neutral` or `negative`.
#[must_use]
pub fn name(score: f64) -> &'static str {
    match score {
        score if score >= BORDER => "positive",
        score if score <= -BORDER => "negative",
        _ => "neutral",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> &'static str {
        let words: Vec<_> = text.split(' ').map(|text| Word { text: text.to_owned(), start: 0.0, end: 0.0 }).collect();
        name(score(&words))
    }

    #[test]
    fn an_apology_is_told_from_a_thank_you() {
        assert_eq!(named("Oh, I am sorry about that."), "negative");
        assert_eq!(named("Thank you for the quick help, Dana."), "positive");
        assert_eq!(named("The address is 12 Harbor Street."), "neutral");
        assert_eq!(named("Thank you, sorry."), "neutral");
    }
}
