//! Query strings and form bodies: pairs, decoded exactly once.

use axum::http::Uri;

use crate::errors::Refusal;

/// The decoded pairs of a query string or a form, in their order.
#[derive(Debug, Clone, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads the query of an address.
    #[must_use]
    pub fn of(uri: &Uri) -> Self {
        Self::parse(uri.query().unwrap_or_default().as_bytes())
    }

    /// Reads a form or a query string.
    #[must_use]
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The first value of a name; an empty one counts as absent, as the official clients send them.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Every value of a name that is repeated.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.as_str())
    }

    /// Every value of a name, whether it is repeated or one list with commas.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<&str> {
        let values = self.0.iter().filter(|(key, _)| key == name).flat_map(|(_, value)| value.split(','));
        values.filter(|value| !value.is_empty()).collect()
    }

    /// Every value of a name, each of which must be one of `allowed`.
    ///
    /// # Errors
    /// 400 that names the parameter.
    pub fn among(&self, name: &str, allowed: &[&str]) -> Result<Vec<&str>, Refusal> {
        let values = self.all(name);
        if values.iter().all(|value| allowed.contains(value)) { Ok(values) } else { Err(Refusal::invalid_parameter(name)) }
    }

    /// Writes the pairs again, with `changed` in place of what had those names, and without access tokens.
    #[must_use]
    pub fn with(&self, changed: &[(&str, String)]) -> String {
        let kept = self.0.iter().filter(|(key, _)| key != "access_token" && !changed.iter().any(|(name, _)| name == key));
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(kept);
        text.extend_pairs(changed);
        text.finish()
    }
}
