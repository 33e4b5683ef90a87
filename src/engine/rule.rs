//! A rule for one field of a request, and how an object is held against its rules.

use crate::json::{Value, push_digits};
use alloc::string::String;
use alloc::string::ToString;
use alloc::vec::Vec;

/// A field of a request.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) name: &'static str,
    pub(super) need: Need,
    pub(super) kind: Kind,
}

/// Whether a field has to be there.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Need {
    Optional,
    Required,
    /// The media may tell it, so it may be missing until the request is sent.
    WhenSent,
    /// Where it is missing, this is sent; as JSON.
    Default(&'static str),
}

/// What a field's value has to be.
#[derive(Debug)]
pub(super) enum Kind {
    /// What the function takes; the text says what that is.
    Plain(fn(&Value<'_>) -> bool, &'static str),
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// So many of a kind; the text says what they are.
    List { of: &'static Kind, least: usize, most: usize, reason: &'static str },
    /// An object, with a name for it.
    Fields(&'static str, &'static [Rule]),
}

/// A field's name, empty where the whole object is meant, and what is wrong with it; the value is not quoted.
pub(super) type Wrong = (String, String);

/// Names that RingCentral used until the end of 2023, and their present ones.
const OLD_SPELLINGS: &[(&str, &str)] = &[("enrollmentIds", "speakerIds"), ("enrollmentId", "speakerId")];

/// The fields of an object, each held against its rule; `owner` is what an error calls the object.
pub(super) fn check_fields<'a, 'v>(
    rules: &[&'static [Rule]],
    object: &'a Value<'v>,
    owner: &str,
) -> Result<Vec<(&'static Rule, &'a Value<'v>)>, Wrong> {
    if !object.is_object() {
        return Err((String::new(), "it must be an object".into()));
    }
    let all = || rules.iter().copied().flatten();
    let mut checked: Vec<(&'static Rule, &Value<'_>)> = Vec::new();
    for (name, value) in object.fields() {
        let wrong = |reason: String| (name.to_string(), reason);
        let rule = all().find(|rule| rule.name == present_spelling(name));
        let rule = rule.ok_or_else(|| wrong([owner, " has no such field"].concat()))?;
        rule.kind.check(value).map_err(wrong)?;
        if checked.iter().any(|(known, _)| known.name == rule.name) {
            return Err(wrong("it stands there twice".into()));
        }
        checked.push((rule, value));
    }
    let is_missing = |rule: &&Rule| rule.need == Need::Required && !checked.iter().any(|(known, _)| known.name == rule.name);
    match all().find(is_missing) {
        Some(rule) => Err((rule.name.into(), "it is missing".into())),
        None => Ok(checked),
    }
}

fn present_spelling(name: &str) -> &str {
    OLD_SPELLINGS.iter().find(|(old, _)| *old == name).map_or(name, |(_, present)| present)
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
            Self::Fields(owner, rules) => match check_fields(&[rules], value, owner) {
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
