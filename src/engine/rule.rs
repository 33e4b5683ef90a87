//! The rules for an engine's fields as tables, and how an object is held against them.

use crate::json::{Value, push_digits};
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

/// What a request may hold.
#[derive(Debug)]
pub struct Rules {
    /// Its fields, in groups that several requests share.
    pub fields: &'static [&'static [Rule]],
    /// Names that fields had before, and their present ones.
    pub renamed: &'static [(&'static str, &'static str)],
    /// Names that have their place elsewhere, and what is said of them.
    pub elsewhere: &'static [(&'static str, &'static str)],
}

/// A field of a request.
#[derive(Debug)]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// Whether it has to be there.
    pub need: Need,
    /// What its value has to be.
    pub kind: Kind,
}

/// Whether a field has to be there.
#[derive(Debug, PartialEq, Eq)]
pub enum Need {
    /// It may be left out.
    Optional,
    /// It must be there.
    Required,
    /// The media may tell it, so it may be missing until the request is sent.
    WhenSent,
    /// Where it is missing, this is sent; as JSON.
    Default(&'static str),
}

/// What a field's value has to be.
#[derive(Debug)]
pub enum Kind {
    /// What the function takes; the text says what that is.
    Plain(fn(&Value<'_>) -> bool, &'static str),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// So many of a kind; the text says what they are.
    List {
        /// What each entry has to be.
        of: &'static Kind,
        /// How many there must be.
        least: usize,
        /// How many there may be.
        most: usize,
        /// What they are.
        reason: &'static str,
    },
    /// An object, with a name for it.
    Fields(&'static str, &'static Rules),
}

/// A field's name, empty where the whole object is meant, and what is wrong with it; the value is not quoted.
pub(super) type Wrong = (String, String);

impl Rules {
    /// The rules one by one.
    pub fn each(&self) -> impl Iterator<Item = &'static Rule> {
        self.fields.iter().copied().flatten()
    }

    /// The fields of an object, each held against its rule; `owner` is what an error calls the object.
    pub(super) fn check<'a, 'v>(&self, object: &'a Value<'v>, owner: &str) -> Result<Vec<(&'static Rule, &'a Value<'v>)>, Wrong> {
        if !object.is_object() {
            return Err((String::new(), "it must be an object".into()));
        }
        let misplaced = |(name, _): &&(&str, &str)| object.fields().iter().any(|(given, _)| given == name);
        if let Some((name, reason)) = self.elsewhere.iter().find(misplaced) {
            return Err(((*name).into(), (*reason).into()));
        }
        let mut checked: Vec<(&'static Rule, &Value<'_>)> = Vec::new();
        for (name, value) in object.fields() {
            let wrong = |reason: String| (name.to_string(), reason);
            let rule = self.each().find(|rule| rule.name == self.present_name(name));
            let rule = rule.ok_or_else(|| wrong([owner, " has no such field"].concat()))?;
            rule.kind.check(value).map_err(wrong)?;
            if checked.iter().any(|(known, _)| known.name == rule.name) {
                return Err(wrong("it stands there twice".into()));
            }
            checked.push((rule, value));
        }
        let is_missing = |rule: &&Rule| rule.need == Need::Required && !checked.iter().any(|(known, _)| known.name == rule.name);
        match self.each().find(is_missing) {
            Some(rule) => Err((rule.name.into(), "it is missing".into())),
            None => Ok(checked),
        }
    }

    fn present_name<'n>(&self, name: &'n str) -> &'n str {
        self.renamed.iter().find(|(former, _)| *former == name).map_or(name, |(_, present)| present)
    }
}

impl Kind {
    /// What is wrong with a value.
    fn check(&self, value: &Value<'_>) -> Result<(), String> {
        match self {
            Self::Plain(fits, _) if fits(value) => Ok(()),
            Self::Plain(_, reason) => Err((*reason).into()),
            Self::OneOf(names) if value.text().is_some_and(|text| names.contains(&text)) => Ok(()),
            Self::OneOf(names) => Err(["it must be one of ", &names.join(", ")].concat()),
            Self::List { of, least, most, reason } => {
                let Value::List(entries) = value else { return Err((*reason).into()) };
                if !(*least..=*most).contains(&entries.len()) {
                    return Err((*reason).into());
                }
                entries.iter().zip(1..).try_for_each(|(entry, number)| of.check(entry).map_err(|wrong| at(number, &wrong)))
            }
            Self::Fields(owner, rules) => match rules.check(value, owner) {
                Ok(_) => Ok(()),
                Err((name, reason)) if name.is_empty() => Err(reason),
                Err((name, reason)) => Err([&name, ": ", &reason].concat()),
            },
        }
    }
}

fn at(number: u64, reason: &str) -> String {
    let mut place = String::from("entry ");
    push_digits(&mut place, number, 1);
    place + ": " + reason
}
