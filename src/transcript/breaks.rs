//! Where a reader would pause: what a word ends, and what it costs to divide a text behind it.

/// What a text may be divided behind is free; what belongs together costs most.
pub(super) const SENTENCE: u64 = 0;
pub(super) const CLAUSE: u64 = 30;
const BEFORE_CONJUNCTION: u64 = 80;
const BEFORE_PREPOSITION: u64 = 100;
const BETWEEN_WORDS: u64 = 150;
const BEHIND_PRONOUN: u64 = 180;
pub(super) const BEHIND_JOINER: u64 = 280;
/// Inside a word that is longer than a line.
pub(super) const INSIDE_WORD: u64 = 400;

/// Words by their length, each with a space behind it.
type Words = [&'static str; 8];

/// A point behind these belongs to them; a name follows.
const TITLES: Words = [
    "",
    "",
    "mr ms mx dr st vs sr hr fr lt ",
    "mrs rev hon gen col sgt gov sen rep mme sra dra ",
    "prof capt mlle ",
    "",
    "messrs ",
    "",
];
/// A point behind these belongs to them where a number follows.
const BEFORE_NUMBERS: Words =
    ["", "p ", "no nr pp ch ", "nos fig vol ext sec art jan feb mar apr jun jul aug sep oct nov dec ", "sept ", "", "", ""];
/// A point behind these may end a sentence too.
const SHORTENED: Words = ["", "", "co jr rd ", "inc ltd etc est ave min max ", "corp bros dept blvd ", "", "approx ", ""];

/// By these a sentence's beginning is known.
const DETERMINERS: Words = ["", "a ", "an my ", "the his her its our ", "your some each ", "their every ", "", ""];
const PREPOSITIONS: Words = [
    "",
    "",
    "of to in on at by ",
    "for off out ",
    "from with into over than like ",
    "about under after ",
    "before during ",
    "between through without ",
];
const CONJUNCTIONS: Words = [
    "",
    "",
    "or so if as ",
    "and but nor yet who how why ",
    "that when then ",
    "which where while since until ",
    "unless though ",
    "because whether ",
];
const PRONOUNS: Words = [
    "",
    "i ",
    "he it we no is do ",
    "she you are was can did let now yes ",
    "they this what will well okay does have were been ",
    "these those there thank would could being ",
    "please should ",
    "",
];

/// What a word is in a sentence, as far as dividing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Determiner,
    Preposition,
    Conjunction,
    /// A pronoun or a verb that helps another: a sentence may begin with it, and what it belongs to follows.
    Pronoun,
    Other,
}

/// What a word ends, by its punctuation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// A title, an initial: what it belongs to follows.
    Title,
    Open,
    Clause,
    Sentence,
}

/// The class of a word.
pub(super) fn class(word: &str) -> Class {
    let classes = [
        (&DETERMINERS, Class::Determiner),
        (&PREPOSITIONS, Class::Preposition),
        (&CONJUNCTIONS, Class::Conjunction),
        (&PRONOUNS, Class::Pronoun),
    ];
    classes.into_iter().find(|(words, _)| is_in(words, word)).map_or(Class::Other, |(_, class)| class)
}

fn is_in(words: &Words, word: &str) -> bool {
    let word = word.as_bytes();
    let listed = words.get(word.len()).map_or(&b""[..], |listed| listed.as_bytes());
    let is_it = |listed: &[u8]| listed[0] == word[0] | 0x20 && listed[..word.len()].eq_ignore_ascii_case(word);
    listed.chunks_exact(word.len() + 1).any(is_it)
}

/// What it costs to divide between a word and the next one.
pub(super) fn cost(word: &str, class: Class, next: &str, next_class: Class) -> u64 {
    match ending(word, next) {
        Ending::Sentence => SENTENCE,
        Ending::Clause => CLAUSE,
        Ending::Title => BEHIND_JOINER,
        Ending::Open => match (class, next_class) {
            (Class::Determiner | Class::Preposition | Class::Conjunction, _) => BEHIND_JOINER,
            (_, Class::Conjunction) => BEFORE_CONJUNCTION,
            (Class::Pronoun, _) => BEHIND_PRONOUN,
            (_, Class::Preposition) => BEFORE_PREPOSITION,
            _ => BETWEEN_WORDS,
        },
    }
}

/// What a word ends where this one follows; quotes and brackets do not count.
pub(super) fn ending(word: &str, next: &str) -> Ending {
    let word = word.trim_end_matches(is_around);
    let follows = next.trim_start_matches(is_around);
    match word.chars().next_back() {
        Some('.') if !word.ends_with("..") => behind_point(&word[..word.len() - 1], follows),
        Some('.' | '?' | '!' | '…') if !begins_small(follows) => Ending::Sentence,
        Some('。' | '？' | '！') => Ending::Sentence,
        Some('.' | '?' | '!' | '…' | ',' | ';' | ':' | '—' | '–' | '，' | '、') => Ending::Clause,
        _ => Ending::Open,
    }
}

/// Quotes and brackets.
const fn is_around(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | ')' | '[' | ']' | '‘'..='”' | '«' | '»' | '¿' | '¡')
}

fn begins_small(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase())
}

/// A point ends a sentence unless it shortens a word.
fn behind_point(word: &str, follows: &str) -> Ending {
    let word = word.trim_start_matches(is_around);
    let is_initial = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_title = is_in(&TITLES, word)
        || (is_in(&BEFORE_NUMBERS, word) && follows.bytes().next().is_some_and(|byte| byte.is_ascii_digit()));
    if is_title {
        return Ending::Title;
    }
    if is_initial || is_dotted(word) || is_in(&SHORTENED, word) {
        let begins_sentence = follows.is_empty() || (begins_large(follows) && class(follows) != Class::Other);
        return if begins_sentence {
            Ending::Sentence
        } else if is_initial {
            Ending::Title
        } else {
            Ending::Open
        };
    }
    if begins_small(follows) { Ending::Clause } else { Ending::Sentence }
}

fn begins_large(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte.is_ascii_uppercase())
}

/// `U.S`, `p.m`, `e.g`: parts of a few letters between points.
fn is_dotted(word: &str) -> bool {
    let is_part = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    word.contains('.') && word.split('.').all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_shortens_a_word_ends_no_sentence() {
        for (word, next, expected) in [
            ("Mr.", "Johnson", Ending::Title),
            ("(Dr.", "Who", Ending::Title),
            ("No.", "5", Ending::Title),
            ("No.", "That", Ending::Sentence),
            ("J.", "Doe", Ending::Title),
            ("U.S.", "are", Ending::Open),
            ("U.S.", "Army", Ending::Open),
            ("U.S.", "The", Ending::Sentence),
            ("U.S.", "", Ending::Sentence),
            ("p.m.", "on", Ending::Open),
            ("Ph.D.", "thesis", Ending::Open),
            ("Inc.", "is", Ending::Open),
            ("Inc.", "They", Ending::Sentence),
            ("a.example.", "Next", Ending::Sentence),
            ("end.”", "Next", Ending::Sentence),
            ("end.", "“next", Ending::Clause),
            ("What?", "he", Ending::Clause),
            ("well...", "Maybe", Ending::Sentence),
            ("well...", "maybe", Ending::Clause),
            ("one,", "two", Ending::Clause),
            ("end。", "次", Ending::Sentence),
            ("3.5", "Next", Ending::Open),
            (".", "Next", Ending::Sentence),
            ("", "", Ending::Open),
        ] {
            assert_eq!(ending(word, next), expected, "{word} {next}");
        }
    }

    #[test]
    fn a_text_is_divided_before_what_joins_and_never_behind_it() {
        let cost = |word: &str, next: &str| cost(word, class(word), next, class(next));
        let rising = [
            ("house.", "The"),
            ("house,", "the"),
            ("house", "And"),
            ("house", "in"),
            ("blue", "house"),
            ("they", "came"),
            ("The", "house"),
        ];
        let costs = rising.map(|(word, next)| cost(word, next));
        assert!(costs.is_sorted_by(|a, b| a < b), "{costs:?}");
        assert_eq!([cost("because", "the"), cost("in", "the"), cost("Mr.", "Johnson")], [BEHIND_JOINER; 3]);
    }

    #[test]
    fn the_lists_are_in_their_places() {
        for lists in [TITLES, BEFORE_NUMBERS, SHORTENED, DETERMINERS, PREPOSITIONS, CONJUNCTIONS, PRONOUNS] {
            for (length, list) in lists.iter().enumerate() {
                assert!(list.split_terminator(' ').all(|word| word.len() == length), "{list}");
            }
        }
    }
}
