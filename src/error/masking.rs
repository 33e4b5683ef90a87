//! What may be secret in the words of others: addresses, and what stands or looks like a token.

use crate::secret::{MASK, find, without_userinfo};
use alloc::string::String;

/// At most so many characters of a text are kept.
const MAX_CHARS: usize = 300;
/// No word and no id is as long; an access token, a JWT and their like are.
const MIN_TOKEN_BYTES: usize = 40;
/// A word as short, and of letters alone, is one of a sentence, as in `Bearer authentication`.
const MAX_WORD_BYTES: usize = 15;
/// What stands behind a name with one of these ends is secret.
const NAMES: [&str; 8] = ["bearer", "basic", "token", "secret", "assertion", "password", "jwt", "key"];

/// A text without what may be secret in it, and of a bounded length.
pub(super) fn masked(text: &str) -> String {
    // Dropped first: they may stand inside of what is looked for.
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let mut masked = without_tokens(&without_paths(&text));
    if let Some((end, _)) = masked.char_indices().nth(MAX_CHARS) {
        // A part of a word might be a part of a secret.
        let end = masked.as_bytes()[..end].iter().rposition(|b| *b == b' ');
        masked.truncate(end.unwrap_or_default());
    }
    masked
}

/// Cuts every address in a text down to scheme and host: paths and queries may hold secrets.
fn without_paths(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(at) = find(rest, "://") {
        let after = at + 3;
        let end = |from: usize, stop: fn(char) -> bool| rest[from..].find(stop).map_or(rest.len(), |at| from + at);
        let host_end = end(after, |c| c.is_whitespace() || matches!(c, '/' | '?' | '#' | '"' | '\'' | '<' | '>'));
        let address_end = end(after, |c| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>'));
        let host = &rest[after..host_end];
        masked.push_str(&rest[..after]);
        masked.push_str(without_userinfo(host));
        if host_end < address_end {
            masked.push('/');
            masked.push_str(MASK);
        }
        rest = &rest[address_end..];
    }
    masked.push_str(rest);
    masked
}

/// Masks what stands where a token does, and what looks like one.
fn without_tokens(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    let (mut is_named, mut is_assigned) = (false, false);
    while !rest.is_empty() {
        let (word, behind) = split(rest, true);
        let (between, behind) = split(behind, false);
        rest = behind;
        let is_plain = word.len() <= MAX_WORD_BYTES && word.bytes().all(|b| b.is_ascii_alphabetic());
        let is_secret = word.len() >= MIN_TOKEN_BYTES || word.starts_with("eyJ") || is_assigned || (is_named && !is_plain);
        masked.push_str(if is_secret { MASK } else { word });
        masked.push_str(between);
        let name = word.to_ascii_lowercase();
        is_named = between.bytes().all(|b| b" \"'=:".contains(&b)) && NAMES.into_iter().any(|end| name.ends_with(end));
        is_assigned = is_named && between.bytes().any(|b| b == b'=');
    }
    masked
}

/// What of a text's beginning tokens are made of, or are not, and the rest. `=` ends one, and stands behind a name.
fn split(text: &str, is_token: bool) -> (&str, &str) {
    let is_of_token = |b: u8| b.is_ascii_alphanumeric() || b"-._~+/%".contains(&b);
    let end = text.bytes().position(|b| is_of_token(b) != is_token);
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_or_looks_like_a_token_is_masked() {
        let jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2ln";
        let opaque = "U0pDMTJQMDFQQVMwMHxBQUNZX3RySFJmRnFfLUtDa3Jxd";
        let table = [
            ("Authorization: Bearer S3CRET is wrong", "Authorization: Bearer [secret] is wrong"),
            ("BEARER \"S3CRET\"", "BEARER \"[secret]\""),
            ("Basic c2FuZGJveDpz==", "Basic [secret]=="),
            ("a Bearer token, or basic authentication", "a Bearer token, or basic authentication"),
            ("access_\u{0}token=S3\u{7}CRET", "access_token=[secret]"),
            ("access_token=S3CRET&x=1", "access_token=[secret]&x=1"),
            ("{\"access_token\": \"S3CRET\", \"x\":1}", "{\"access_token\": \"[secret]\", \"x\":1}"),
            ("accessToken:S3CRET", "accessToken:[secret]"),
            ("client_secret = 'S3CRET'", "client_secret = '[secret]'"),
            ("Invalid token: Expired", "Invalid token: Expired"),
            ("Token not found: S3CRET-1", "Token not found: S3CRET-1"),
            ("the token S3CRET-1 is dead", "the token [secret] is dead"),
            ("password=letters", "password=[secret]"),
            ("Token [S3CRET] not found", "Token [S3CRET] not found"),
            ("Parameter [contentUri] value is invalid", "Parameter [contentUri] value is invalid"),
            ("job 80800e1a-a663-11ee-b548-0050568ccd07 not found", "job 80800e1a-a663-11ee-b548-0050568ccd07 not found"),
            (
                "In order to call this API endpoint, application needs [AI]",
                "In order to call this API endpoint, application needs [AI]",
            ),
            ("see https://u:S3CRET@h.example/S3CRET?x=S3CRET now", "see https://h.example/[secret] now"),
            ("ünïcödé token=ä", "ünïcödé token=ä"),
            ("", ""),
        ];
        for (text, expected) in table {
            assert_eq!(masked(text), expected);
        }
        for token in [jwt, opaque] {
            assert_eq!(masked(&format!("the token '{token}' is dead, {token}")), "the token '[secret]' is dead, [secret]");
        }
    }

    #[test]
    fn a_text_is_cut_behind_its_masks() {
        let long = ["x ".repeat(140), "eyJ".into(), "a".repeat(400)].concat();
        assert!(masked(&long).ends_with("x [secret]") && masked(&long.repeat(9)).chars().count() <= MAX_CHARS);
        let long = ["ä ".repeat(146), "S3CRET-secret".into()].concat();
        assert!(masked(&long).ends_with("ä ä"), "what is cut off may be a secret's beginning");
        assert_eq!(masked(&"no.space/".repeat(100)), "[secret]");
    }
}
