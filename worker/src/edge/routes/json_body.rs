//! A request's JSON body: an object of known fields.

use super::depth::is_too_deep;
use crate::edge::body;
use crate::edge::context::RequestContext;
use crate::limits::{MAX_API_BODY_BYTES, MAX_JSON_DEPTH};
use crate::problem::Problem;
use crate::share::Share;
use ringcentral_ai::engine::Task;
use ringcentral_ai::error::Code;
use ringcentral_ai::json::{Value, push_text};
use serde::de::IgnoredAny;
use std::collections::BinaryHeap;

/// The body as it came.
pub(super) async fn read(context: &RequestContext<'_>) -> Result<Vec<u8>, Problem> {
    Ok(body::read(&context.request, MAX_API_BODY_BYTES, &mut Share::of_api()).await?.to_vec())
}

/// A body that is an object of known fields.
#[derive(Debug)]
pub(super) struct Body<'a>(Value<'a>);

impl<'a> Body<'a> {
    /// Reads it; none of its fields may be unknown.
    ///
    /// # Errors
    /// `invalid_json`, or `invalid_field` with the unknown one's name.
    pub(super) fn parse(text: &'a [u8], known: &[&str]) -> Result<Self, Problem> {
        let body = Self::any(text)?;
        match body.0.fields().iter().find(|(name, _)| !known.contains(&&**name)) {
            Some((name, _)) => Err(Problem::field(name, &["there is no such field; there are: ", &known.join(", ")].concat())),
            None => Ok(body),
        }
    }

    /// The same of fields that nobody has looked at.
    ///
    /// # Errors
    /// `invalid_json`.
    pub(super) fn any(text: &'a [u8]) -> Result<Self, Problem> {
        if is_too_deep(text) {
            let message = format!("the body may have {MAX_JSON_DEPTH} lists and objects within each other at most");
            return Err(Problem::new(Code::InvalidJson, message));
        }
        let body = Value::parse(text).ok_or_else(|| no_json(text))?;
        if body.is_object() { Ok(Self(body)) } else { Err(Code::InvalidJson.into()) }
    }

    /// The whole.
    pub(super) fn value(self) -> Value<'a> {
        self.0
    }

    /// The value of a field, null where there is none.
    pub(super) fn get(&self, name: &str) -> &Value<'a> {
        self.0.get(name)
    }

    /// Whether a field is there, be it null.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.fields().iter().any(|(field, _)| field == name)
    }

    /// The field `task`.
    ///
    /// # Errors
    /// `invalid_field` when it names none.
    pub(super) fn task(&self) -> Result<Task, Problem> {
        let named = self.get("task").text().and_then(Task::named);
        named.ok_or_else(|| Problem::field("task", &["it must be one of: ", &Task::ALL.map(Task::name).join(", ")].concat()))
    }

    /// The whole as JSON: the same for bodies that differ in white space and in the order of fields alone.
    pub(super) fn ordered(&self) -> String {
        ordered(&self.0)
    }
}

/// What is no JSON is read once more, for the place where it stops to be it.
fn no_json(text: &[u8]) -> Problem {
    // A byte order mark is no fault, and not what is wrong.
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    let place = serde_json::from_slice::<IgnoredAny>(text).err().map(|error| (error.line(), error.column()));
    let place = place.map(|(line, column)| format!(": line {line}, column {column}")).unwrap_or_default();
    Problem::new(Code::InvalidJson, ["the body is not JSON", &place].concat())
}

/// A value as JSON with every object's fields in order.
fn ordered(value: &Value<'_>) -> String {
    match value {
        Value::Object(fields) => {
            let fields: BinaryHeap<String> = fields.iter().map(|(name, value)| field(name, value)).collect();
            ["{", &fields.into_sorted_vec().join(","), "}"].concat()
        }
        Value::List(entries) => ["[", &entries.iter().map(ordered).collect::<Vec<_>>().join(","), "]"].concat(),
        other => other.write(),
    }
}

fn field(name: &str, value: &Value<'_>) -> String {
    let mut text = String::new();
    push_text(&mut text, name);
    text.push(':');
    text.push_str(&ordered(value));
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::reply::Reply;

    fn refused(body: &str) -> String {
        let reply = Reply::error(&Body::parse(body.as_bytes(), &["task", "input"]).unwrap_err(), "r");
        format!("{} {}", reply.status, reply.to_value())
    }

    #[test]
    fn a_body_is_an_object_of_known_fields() {
        assert!(Body::parse(br#"{"task":"x"}"#, &["task"]).is_ok());
        assert!(Body::parse(b"\xEF\xBB\xBF{\"task\":\"x\"}", &["task"]).is_ok());
        assert!(refused("\u{FEFF}{\n\"S3CRET\"").contains("line 2"));
        assert!(refused("").starts_with("400 "));
        assert!(refused("[]").starts_with("400 "));
        assert!(refused("{\n\"S3CRET\"").contains("line 2"));
        assert!(!refused("{\"S3CRET\": S3CRET}").contains("S3CRET"));
        assert!(refused(r#"{"task":"x","webhook":"y"}"#).contains(r#""field":"webhook""#));
        assert!(refused(&"[".repeat(10_000)).starts_with("400 "));
    }

    #[test]
    fn a_task_has_one_of_six_names() {
        let task_of = |text: &str| Body::parse(text.as_bytes(), &["task"]).unwrap().task();
        assert_eq!(task_of(r#"{"task":"speech-to-text"}"#).ok(), Some(Task::SpeechToText));
        for text in ["{}", r#"{"task":7}"#, r#"{"task":"sing"}"#] {
            assert_eq!(task_of(text).unwrap_err().code(), "invalid_field");
        }
    }

    #[test]
    fn white_space_and_the_order_of_fields_make_no_other_body() {
        let text = |body: &str| ordered(&Value::parse(body.as_bytes()).unwrap());
        let body = r#"{"task":"x","input":{"a":[{"d":1.50,"c":"\n"},true,[]],"b":null}}"#;
        let same = "{ \"input\": { \"b\": null, \"a\": [ {\"c\":\"\\u000a\", \"d\": 1.50}, true, [ ] ] },\n  \"task\": \"x\" }";
        assert_eq!(text(same), text(body));
        assert_eq!(text(body), r#"{"input":{"a":[{"c":"\u000a","d":1.50},true,[]],"b":null},"task":"x"}"#);
        assert_ne!(text("[1,2]"), text("[2,1]"));
    }
}
