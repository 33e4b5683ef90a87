//! Words as they are heard: in small letters and without punctuation; and texts compared by that alone.

use super::letters::{is_mark, small, stands_alone};
use alloc::string::String;
use alloc::vec::Vec;

/// A written word as it is heard: in small letters, without the punctuation around it. What stands within it stays, as in `it's`,
/// `follow-up`, `3.5` and `p.m`; so do `%` and `$`. Empty where it is nothing but punctuation.
#[must_use]
pub fn spoken(written: &str) -> String {
    let bare = written.trim_matches(|c: char| is_mark(c) || c.is_whitespace() || c.is_control());
    let mut spoken = String::with_capacity(bare.len());
    for c in bare.chars() {
        spoken.push(if c == '’' { '\'' } else { small(c) });
    }
    spoken
}

/// A text as it is compared: its words in small letters without any punctuation. White space, hyphens, dashes and slashes part
/// words; a letter of a script that has no spaces is a word of its own; a mark between digits stays, as in `3.5`.
pub(super) fn compared(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            words.push(core::mem::take(word));
        }
    };
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let is_in_number =
            matches!(c, '.' | ',' | ':') && before.is_ascii_digit() && rest.peek().is_some_and(char::is_ascii_digit);
        if c.is_whitespace() || matches!(c, '-' | '/' | '\u{2010}'..='\u{2015}') {
            end(&mut word);
        } else if stands_alone(c) {
            end(&mut word);
            word.push(c);
            end(&mut word);
        } else if is_in_number || !(is_mark(c) || c.is_control()) {
            word.push(small(c));
        }
        before = c;
    }
    end(&mut word);
    words
}

/// Whether two texts have the same words, whatever their punctuation and their capitals.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    compared(one) == compared(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spoken_word_has_no_capitals_and_no_punctuation_around_it() {
        for (written, heard) in [
            ("Hello,", "hello"),
            ("“It’s", "it's"),
            ("Follow-up?!", "follow-up"),
            ("3.5%.", "3.5%"),
            ("$5", "$5"),
            ("AT&T's", "at&t's"),
            ("p.m.", "p.m"),
            ("(ÉMILE)", "émile"),
            ("—", ""),
            ("…", ""),
            ("会議。", "会議"),
            ("¿Qué?", "qué"),
        ] {
            assert_eq!(spoken(written), heard, "{written}");
        }
    }

    #[test]
    fn texts_are_the_same_whatever_their_punctuation() {
        for (one, other) in [
            ("so its more fluid than it is", "So it's more fluid than it is."),
            ("a follow up call", "A follow-up call!"),
            ("well I know", "Well—I know…"),
            ("会議は 明日", "会議は、明日。"),
            ("pi is 3.14", "Pi is 3.14."),
        ] {
            assert!(is_same(one, other), "{one} {other}");
        }
        for (one, other) in [("cannot", "can not"), ("pi is 314", "Pi is 3.14"), ("a b", "a c"), ("a", ""), ("100 %", "100")] {
            assert!(!is_same(one, other), "{one} {other}");
        }
    }
}
