//! What a model answered, whichever of the usual forms it comes in.

use crate::json::Value;
use crate::secret::find;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// The answer as a JSON object that has all the fields; none where there is none. An answer that was cut is none.
///
/// It is `choices[0].message.content`, a text with JSON in it; or `response`, as older models of Workers AI have it, where it may be
/// JSON itself; Cloudflare's own API puts either into `result`.
pub(super) fn read(body: &[u8], fields: &[(&str, &str)]) -> Option<String> {
    let whole = Value::parse(body)?;
    let whole = if whole.get("result").is_object() { whole.get("result") } else { &whole };
    let choice = whole.get("choices").entries().first();
    if choice.is_some_and(|choice| choice.get("finish_reason").text() == Some("length")) {
        return None;
    }
    let answer = match choice.map_or_else(|| whole.get("response"), |choice| choice.get("message").get("content")) {
        Value::Text(text) => object_in(text)?.to_owned(),
        answer => answer.write(),
    };
    let object = Value::parse(answer.as_bytes())?;
    let has = |name: &str| object.fields().iter().any(|(known, _)| known == name);
    (object.is_object() && fields.iter().all(|(name, _)| has(name))).then_some(answer)
}

/// The object in a text around which a model may have written more, its thoughts among it.
fn object_in(text: &str) -> Option<&str> {
    const THOUGHT: &str = "</think>";
    let text = find(text, THOUGHT).map_or(text, |at| &text[at + THOUGHT.len()..]);
    let (first, last) = (text.find('{')?, text.rfind('}')?);
    text.get(first..=last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(body: &serde_json::Value) -> Option<String> {
        read(body.to_string().as_bytes(), &[("a", "")])
    }

    #[test]
    fn an_answer_is_read_in_every_form() {
        let content = |text: &str| json!({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]});
        let good = Some(r#"{"a":1}"#.to_owned());
        for body in [
            content(r#"{"a":1}"#),
            content("```json\n{\"a\":1}\n```"),
            content("<think>{no}</think>Here: {\"a\":1}."),
            json!({"response": {"a": 1}}),
            json!({"response": "{\"a\":1}", "usage": {}}),
            json!({"result": {"response": {"a": 1}}, "success": true}),
        ] {
            assert_eq!(of(&body), good, "{body}");
        }
        for body in [
            content(r#"{"b":1}"#),
            content("I cannot do that."),
            content("} {"),
            json!({"choices": [{"message": {"content": "{\"a\":1}"}, "finish_reason": "length"}]}),
            json!({"choices": [{"message": {"content": null, "refusal": "no"}}]}),
            json!({"choices": []}),
            json!({"response": null}),
            json!([]),
        ] {
            assert_eq!(of(&body), None, "{body}");
        }
        assert_eq!(read(b"<html>", &[]), None);
    }
}
