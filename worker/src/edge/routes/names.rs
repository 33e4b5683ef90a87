//! What jobs, speakers and files are called: short texts for people.

use crate::limits::MAX_NAME_CHARS;
use crate::problem::Problem;
use crate::question::Patch;
use ringcentral_ai::json::Value;
use std::collections::BTreeMap;

/// A label as it was given; null is none.
///
/// # Errors
/// `invalid_field`.
pub(super) fn label(value: &Value<'_>) -> Result<Patch<String>, Problem> {
    name("label", value)
}

/// Names of speakers by their ids; null is none.
///
/// # Errors
/// `invalid_field`, naming the speaker.
pub(super) fn speakers(value: &Value<'_>) -> Result<Patch<BTreeMap<String, Patch<String>>>, Problem> {
    if *value == Value::Null {
        return Ok(Patch::Clear);
    }
    if !value.is_object() {
        return Err(Problem::field("speakers", "it must be an object: names by the speakers' ids, as in {\"0\": \"Ann\"}"));
    }
    let named = value.fields().iter().map(|(id, value)| {
        if id.is_empty() || id.chars().count() > MAX_NAME_CHARS {
            return Err(Problem::field("speakers", "a speaker's id has 1 to 200 characters"));
        }
        Ok((id.to_string(), name(&["speakers.", id].concat(), value)?))
    });
    named.collect::<Result<_, _>>().map(Patch::Set)
}

/// A short text on one line; null is none.
///
/// # Errors
/// `invalid_field`.
pub(super) fn name(field: &str, value: &Value<'_>) -> Result<Patch<String>, Problem> {
    const TEXT: &str = "it must be a text of 1 to 200 characters without control characters, or null";
    if *value == Value::Null {
        return Ok(Patch::Clear);
    }
    let text = value
        .text()
        .map(str::trim)
        .filter(|text| (1..=MAX_NAME_CHARS).contains(&text.chars().count()) && !text.chars().any(char::is_control));
    text.map(|text| Patch::Set(text.to_owned())).ok_or_else(|| Problem::field(field, TEXT))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field_of(problem: &Problem) -> Option<&str> {
        problem.failure().field.as_deref()
    }

    #[test]
    fn a_name_is_a_short_text_on_one_line() {
        let label = |text: &str| label(&Value::parse(text.as_bytes()).unwrap());
        assert_eq!(label("\" Board, May \"").unwrap(), Patch::Set("Board, May".into()));
        assert_eq!(label("null").unwrap(), Patch::Clear);
        let long = format!("\"{}\"", "é".repeat(201));
        for text in ["\"\"", "\" \"", "7", "[]", "\"a\\nb\"", &long] {
            assert_eq!(field_of(&label(text).unwrap_err()), Some("label"), "{text}");
        }
        assert!(label(&long.replacen('é', "", 1)).is_ok());
    }

    #[test]
    fn speakers_have_names_by_their_ids() {
        let speakers = |text: &str| speakers(&Value::parse(text.as_bytes()).unwrap());
        let expected = [("0".to_owned(), Patch::Set("Ann".to_owned())), ("1".to_owned(), Patch::Clear)];
        assert_eq!(speakers(r#"{"0":"Ann","1":null}"#).unwrap(), Patch::Set(BTreeMap::from(expected)));
        assert_eq!(speakers("null").unwrap(), Patch::Clear);
        for (text, field) in [("[]", "speakers"), (r#"{"":"Ann"}"#, "speakers"), (r#"{"0":7}"#, "speakers.0")] {
            assert_eq!(field_of(&speakers(text).unwrap_err()), Some(field), "{text}");
        }
    }
}
