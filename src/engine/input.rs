//! What a job is asked with: an engine's own request fields, checked before anything is sent.

use super::rule::{Need, Rule, Rules};
use crate::error::{Error, Result};
use crate::json::{Object, Value};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// The checked fields of one job, under the names that they are sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Name and value, the value as JSON.
    fields: Vec<(&'static str, String)>,
}

impl Input {
    /// Holds fields against an engine's rules and adds its defaults; `owner` is what an error calls the whole, `prefix` stands
    /// before a field's name in it, as in `input.encoding`.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming the first field that the engine would refuse or does not have.
    pub fn check(rules: &Rules, owner: &str, fields: &Value<'_>, prefix: &str) -> Result<Self> {
        let named = |name: &str| match (prefix, name) {
            ("", "") => "input".to_owned(),
            (prefix, "") => prefix.to_owned(),
            ("", name) => name.to_owned(),
            (prefix, name) => [prefix, ".", name].concat(),
        };
        let checked = rules.check(fields, owner).map_err(|(name, reason)| Error::invalid(named(&name), reason))?;
        let mut input = Self { fields: checked.iter().map(|(rule, value)| (rule.name, value.write())).collect() };
        for rule in rules.each() {
            if let Need::Default(json) = rule.need
                && input.field(rule.name).is_none()
            {
                input.fields.push((rule.name, json.to_owned()));
            }
        }
        Ok(input)
    }

    /// A field's value as JSON.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| *known == name).map(|(_, json)| json.as_str())
    }

    /// The same with one more field, JSON, where there is none of that name.
    #[must_use]
    pub fn with(mut self, name: &'static str, json: String) -> Self {
        if self.field(name).is_none() {
            self.fields.push((name, json));
        }
        self
    }

    /// The fields as an object that may be added to.
    #[must_use]
    pub fn object(&self) -> Object {
        self.fields.iter().fold(Object::new(), |object, (name, json)| object.json(name, json))
    }

    /// The fields as JSON, as they are sent.
    #[must_use]
    pub fn write(&self) -> String {
        self.object().write()
    }

    /// The first field that has to be there when the request is sent, and is not.
    pub(super) fn missing(&self, rules: &Rules) -> Option<&'static Rule> {
        rules.each().find(|rule| rule.need == Need::WhenSent && self.field(rule.name).is_none())
    }
}
