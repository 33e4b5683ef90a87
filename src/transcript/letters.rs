//! Texts compared by what is heard: the same words may be punctuated, cased, accented and spaced differently.

use crate::speech::letters::small;
use alloc::borrow::Cow;

/// How long a letter takes to say, where nothing else is known: about 160 words a minute.
pub(super) const LETTER_MS: u64 = 70;
/// What a number that stands for letters is multiplied with for one more.
const PRIME: u64 = 0x100_0000_01B3;
/// The letters of Latin-1 without their accents, from `à` on; `_` is a letter of its own.
const BARE: &[u8; 32] = b"aaaaaa_ceeeeiiii_nooooo_ouuuuy__";

/// The words of a text: parts between white space, control characters dropped.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split_whitespace().map(without_controls).filter(|token| !token.is_empty())
}

/// Whether a text has any.
pub(super) fn has_words(text: &str) -> bool {
    tokens(text).next().is_some()
}

fn without_controls(token: &str) -> Cow<'_, str> {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { token.into() } else { token.replace(char::is_control, "").into() }
}

/// How many letters a text has, and a number that is the same for two texts when all of them are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Heard {
    pub(super) letters: u64,
    pub(super) hash: u64,
}

impl Heard {
    /// The same with more letters behind.
    pub(super) fn and(self, more: Self) -> Self {
        let hash = (0..more.letters).fold(self.hash, |hash, _| hash.wrapping_mul(PRIME)).wrapping_add(more.hash);
        Self { letters: self.letters + more.letters, hash }
    }
}

/// What is heard of a text, as numbers.
pub(super) fn heard(text: &str) -> Heard {
    let letter = |c| Heard { letters: 1, hash: u64::from(plain(c)) };
    text.chars().filter(|c| is_heard(*c)).fold(Heard::default(), |heard, c| heard.and(letter(c)))
}

/// Everything but white space, control characters, accents by themselves and the marks that punctuation adds;
/// `%` and `&` are heard.
fn is_heard(c: char) -> bool {
    c.is_ascii_alphanumeric() || !(is_mark(c) || c.is_whitespace() || c.is_control())
}

const fn is_mark(c: char) -> bool {
    let in_ascii = matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '-' | '"' | '\'' | '(' | ')');
    in_ascii
        || matches!(c, '¿' | '¡' | '«' | '»' | '\u{300}'..='\u{36F}' | '\u{2010}'..='\u{2027}' | '。' | '、' | '，' | '？' | '！')
}

/// A letter in lower case, its accent dropped where it is one of Latin-1: the whole tables are too heavy for a page.
fn plain(c: char) -> char {
    let small = small(c);
    let bare = ('à'..='ÿ').contains(&small).then(|| BARE[(u32::from(small) % 32) as usize]);
    bare.filter(|bare| *bare != b'_').map_or(small, char::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_are_not_heard() {
        for (one, other) in [
            ("Émile", "émile"),
            ("e\u{301}mile", "ÉMILE"),
            ("Noe\u{308}l", "noel"),
            ("ÆSØ", "æso"),
            ("ŁÓDŹ", "łódź"),
            ("ČŘŽ", "čřž"),
            ("ΑΘΗΝΑ", "αθηνα"),
            ("ЁЖ, Я", "ёж я"),
            ("It’s «so»!", "its so"),
        ] {
            assert_eq!(heard(one), heard(other), "{one} {other}");
        }
        assert_ne!(heard("bar"), heard("bär.t"));
        assert_eq!(heard("on").and(heard("line")), heard("Online"));
        assert_eq!((heard("100 %").letters, heard("… – ?").letters), (4, 0));
    }
}
