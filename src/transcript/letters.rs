//! Texts compared by what is heard: the same words may be punctuated, cased and spaced differently.

use alloc::borrow::Cow;

/// The words of a text: parts between white space, control characters dropped.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split_whitespace().map(without_controls).filter(|token| !token.is_empty())
}

fn without_controls(token: &str) -> Cow<'_, str> {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_graphic());
    if is_plain { token.into() } else { token.replace(char::is_control, "").into() }
}

/// What is heard of a text, in lower case; beyond ASCII case is left alone, its tables are too heavy for a page.
pub(super) fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| is_heard(*c)).map(|c| c.to_ascii_lowercase())
}

/// How many letters a text has.
pub(super) fn count(text: &str) -> u64 {
    letters(text).fold(0, |count, _| count + 1)
}

/// Everything but white space, control characters and the marks that punctuation adds; `%` and `&` are heard.
fn is_heard(c: char) -> bool {
    c.is_ascii_alphanumeric() || !(is_mark(c) || c.is_whitespace() || c.is_control())
}

const fn is_mark(c: char) -> bool {
    let in_ascii = matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '-' | '"' | '\'' | '(' | ')');
    in_ascii || matches!(c, '…' | '–' | '—' | '‘' | '’' | '“' | '”' | '¿' | '¡')
}
