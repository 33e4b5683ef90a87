//! What a job is asked with: RingCentral's own request fields, checked before anything is sent.

use super::field_rules::rules;
use crate::engine::Task;
use crate::engine::ringcentral::media::Encoding;
use crate::engine::rule::{Need, Rule, check_fields};
use crate::error::{Error, Result};
use crate::json::{Object, Value};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

const ENCODING: &str = "encoding";

/// The checked fields of one job, without `contentUri` and `webhook`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobInput {
    /// Name and value, the value as JSON.
    fields: Vec<(&'static str, String)>,
    encoding: Option<Encoding>,
}

impl JobInput {
    /// Reads and checks the fields of a job; `prefix` stands before a field's name in an error, as in `input.encoding`.
    /// `encoding` may be left out here and is asked for when the job is sent.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming the first field that RingCentral would refuse or does not have.
    pub fn parse(task: Task, fields: &Value<'_>, prefix: &str) -> Result<Self> {
        let named = |name: &str| match (prefix, name) {
            ("", "") => "input".to_owned(),
            (prefix, "") => prefix.to_owned(),
            ("", name) => name.to_owned(),
            (prefix, name) => [prefix, ".", name].concat(),
        };
        if let Some((name, reason)) = misplaced(fields) {
            return Err(Error::invalid(named(name), reason));
        }
        let checked = check_fields(rules(task), fields, task.name());
        let checked = checked.map_err(|(name, reason)| Error::invalid(named(&name), reason))?;
        let fields = checked.iter().map(|(rule, value)| (rule.name, value.write())).collect();
        let encoding = checked.iter().find(|(rule, _)| rule.name == ENCODING).and_then(|(_, value)| value.text());
        let mut input = Self { fields, encoding: encoding.and_then(Encoding::named) };
        for rule in all(task) {
            if let Need::Default(json) = rule.need
                && !input.has(rule)
            {
                input.fields.push((rule.name, json.to_owned()));
            }
        }
        Ok(input)
    }

    /// The encoding, where it is known.
    #[must_use]
    pub const fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// The same with that encoding, where none was given.
    #[must_use]
    pub fn with_encoding(mut self, encoding: Encoding) -> Self {
        if self.encoding.is_none() {
            self.encoding = Some(encoding);
            self.fields.push((ENCODING, ["\"", encoding.name(), "\""].concat()));
        }
        self
    }

    /// The fields as JSON, as they are sent.
    #[must_use]
    pub fn write(&self) -> String {
        self.object().write()
    }

    /// Whether all is there that a request has to have.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming what is missing.
    pub(super) fn check_whole(&self, task: Task) -> Result<()> {
        match all(task).find(|rule| rule.need == Need::WhenSent && !self.has(rule)) {
            Some(missing) => Err(Error::invalid(missing.name, "it is missing, and the media does not tell")),
            None => Ok(()),
        }
    }

    /// The request's body; `content_uri` is the address that RingCentral fetches, where the task has media.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming a field that is missing, or `contentUri` where the task has no media.
    pub(super) fn body(&self, task: Task, content_uri: Option<&str>) -> Result<String> {
        self.check_whole(task)?;
        task.check_media(content_uri.is_some(), "contentUri")?;
        Ok(self.object().optional_text("contentUri", content_uri).write())
    }

    fn has(&self, rule: &Rule) -> bool {
        self.fields.iter().any(|(name, _)| *name == rule.name)
    }

    fn object(&self) -> Object {
        self.fields.iter().fold(Object::new(), |object, (name, value)| object.json(name, value))
    }
}

fn all(task: Task) -> impl Iterator<Item = &'static Rule> {
    rules(task).iter().copied().flatten()
}

/// A field that has its place elsewhere.
fn misplaced(fields: &Value<'_>) -> Option<(&'static str, &'static str)> {
    const MISPLACED: [(&str, &str); 2] = [
        ("contentUri", "the media is named beside the input, not in it"),
        ("webhook", "the webhook is not a field of the request's body"),
    ];
    MISPLACED.into_iter().find(|(misplaced, _)| fields.fields().iter().any(|(name, _)| name == misplaced))
}

#[cfg(test)]
#[path = "input_tests.rs"]
mod tests;
