//! Values that refuse to print: a secret text, and an address with a secret in it.

use alloc::string::String;
use core::fmt;

/// What stands where a secret was.
pub const MASK: &str = "[secret]";

/// A text that must not be seen: prints as `[secret]`, is not serialised, is read by [`Secret::expose`] alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself; every call says in a comment where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

/// An address with a secret in it: prints with the secret half masked.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl {
    shown: String,
    whole: Secret,
}

impl SecretUrl {
    /// An address of which only the part before `secret_from` (a byte offset) may be seen.
    #[must_use]
    pub fn masked_from(whole: String, secret_from: usize) -> Self {
        let mut shown = String::from(whole.get(..secret_from).unwrap_or_default());
        if shown.len() < whole.len() {
            shown.push_str(MASK);
        }
        Self { shown, whole: Secret(whole) }
    }

    /// An address whose query may hold secrets; userinfo is never shown either.
    #[must_use]
    pub fn hiding_query(whole: String) -> Self {
        let query = whole.find(['?', '#']).map_or(whole.len(), |at| at + 1);
        let authority = find(&whole, "://").map_or(0, |at| at + 3);
        let end = whole[authority..].find(['/', '?', '#']).map_or(whole.len(), |at| authority + at);
        if without_userinfo(&whole[authority..end]).len() < end - authority {
            return Self::masked_from(whole, authority);
        }
        Self::masked_from(whole, query)
    }

    /// What may be seen of it.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The whole address; every call says in a comment where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.whole.expose()
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// A host and its port, without the name and password that may stand before them.
pub(crate) fn without_userinfo(authority: &str) -> &str {
    let at = authority.bytes().rposition(|b| b == b'@');
    &authority[at.map_or(0, |at| at + 1)..]
}

/// Where a part stands in a text. `str::find` would bring a search for long texts along, which a page has no need of.
pub(crate) fn find(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).position(|window| window == part.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_prints_as_a_mask() {
        assert_eq!(format!("{:?}", Secret::new("S3CRET")), "[secret]");
    }

    #[test]
    fn an_address_shows_nothing_of_its_query() {
        let url = SecretUrl::hiding_query("https://h/p?access_token=S3CRET".into());
        assert_eq!(url.to_string(), "https://h/p?[secret]");
        assert_eq!(url.expose(), "https://h/p?access_token=S3CRET");
    }

    #[test]
    fn an_address_shows_nothing_of_its_userinfo() {
        assert_eq!(SecretUrl::hiding_query("https://u:S3CRET@h/p".into()).to_string(), "https://[secret]");
    }

    #[test]
    fn an_address_without_a_secret_is_shown_whole() {
        assert_eq!(SecretUrl::hiding_query("https://h/p".into()).to_string(), "https://h/p");
    }
}
