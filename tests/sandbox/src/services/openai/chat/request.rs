//! What is asked of a language model, and what is refused.

use serde_json::Value;

use super::strict;
use crate::services::openai::models::{Manner, manner};
use crate::services::openai::refusal::Refused;

/// A request.
#[derive(Debug)]
pub struct Request {
    /// The model that was named.
    pub model: String,
    /// How it behaves.
    pub manner: Manner,
    /// The last message of the user.
    pub text: String,
    /// Whether any message speaks of punctuation.
    pub is_about_punctuation: bool,
    /// What the answer is to be.
    pub wanted: Wanted,
}

/// What an answer is to be.
#[derive(Debug)]
pub enum Wanted {
    /// Text.
    Text,
    /// Some JSON object.
    Object,
    /// JSON by a schema.
    Schema(Value),
}

impl Request {
    /// Reads a request.
    ///
    /// # Errors
    /// 404 for a model, 400 for all else. Assumption: the sentences for a body that is no JSON and for messages that are none.
    pub fn read(body: &[u8]) -> Result<Self, Refused> {
        let no_json = |_| Refused::request("We could not parse the JSON body of your request.");
        let fields: Value = serde_json::from_slice(body).map_err(no_json)?;
        let missing = |name, message: &str| Refused::parameter(name, None, message);
        let model = fields["model"].as_str().ok_or_else(|| missing("model", "you must provide a model parameter"))?;
        let manner = manner(model)?;
        if fields["stream"] == true {
            return Err(missing("stream", "The sandbox does not stream."));
        }
        if manner == Manner::Reasoning {
            check_reasoning(&fields)?;
        }
        let messages = fields["messages"].as_array().filter(|messages| !messages.is_empty());
        let messages = messages.ok_or_else(|| missing("messages", "Invalid 'messages': expected an array of messages."))?;
        let texts: Vec<_> = messages.iter().map(|message| text(&message["content"])).collect();
        let of_user = messages.iter().zip(&texts).rev().find(|(message, _)| message["role"] == "user");
        let all = texts.join("\n").to_lowercase();
        Ok(Self {
            model: model.to_owned(),
            manner,
            text: of_user.map(|(_, text)| text.clone()).unwrap_or_default(),
            is_about_punctuation: all.contains("punctuat"),
            wanted: wanted(&fields["response_format"], &all)?,
        })
    }
}

/// A content is a text, or a list of parts that have one.
fn text(content: &Value) -> String {
    let parts = content.as_array().into_iter().flatten().filter_map(|part| part["text"].as_str());
    content.as_str().map_or_else(|| parts.collect::<Vec<_>>().join("\n"), str::to_owned)
}

fn wanted(format: &Value, all: &str) -> Result<Wanted, Refused> {
    let refused = |message: String| Refused::parameter("response_format", None, message);
    match format["type"].as_str() {
        None if format.is_null() => Ok(Wanted::Text),
        Some("text") => Ok(Wanted::Text),
        Some("json_object") if all.contains("json") => Ok(Wanted::Object),
        Some("json_object") => Err(Refused::parameter(
            "messages",
            None,
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
        )),
        Some("json_schema") => {
            let named = &format["json_schema"];
            let name = named["name"]
                .as_str()
                .ok_or_else(|| refused("Missing required parameter: 'response_format.json_schema.name'.".to_owned()))?;
            if !named["schema"].is_object() {
                return Err(refused("Missing required parameter: 'response_format.json_schema.schema'.".to_owned()));
            }
            if named["strict"] == true {
                strict::check(&named["schema"])
                    .map_err(|problem| refused(format!("Invalid schema for response_format '{name}': {problem}")))?;
            }
            Ok(Wanted::Schema(named["schema"].clone()))
        }
        _ => Err(refused("Invalid value for 'response_format.type'.".to_owned())),
    }
}

/// A model that reasons has no temperature, and counts its thoughts among its tokens.
fn check_reasoning(fields: &Value) -> Result<(), Refused> {
    if fields["temperature"].as_f64().is_some_and(|temperature| (temperature - 1.0).abs() > f64::EPSILON) {
        let message = "Unsupported value: 'temperature' does not support this value with this model. Only the default (1) value is supported.";
        return Err(Refused::parameter("temperature", Some("unsupported_value"), message));
    }
    if !fields["max_tokens"].is_null() {
        let message =
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.";
        return Err(Refused::parameter("max_tokens", Some("unsupported_parameter"), message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;
    use serde_json::json;

    fn status(change: (&str, Value)) -> Result<(), u16> {
        let mut body = json!({"model": "sandbox-chat", "messages": [{"role": "user", "content": "Hello."}]});
        body[change.0] = change.1;
        Request::read(body.to_string().as_bytes()).map(|_| ()).map_err(|refused| refused.into_response().status().as_u16())
    }

    #[test]
    fn what_a_model_does_not_take_is_refused() {
        for (name, value, expected) in [
            ("model", json!("gpt-none"), Err(404)),
            ("model", Value::Null, Err(400)),
            ("messages", json!([]), Err(400)),
            ("stream", json!(true), Err(400)),
            ("response_format", json!({"type": "json_object"}), Err(400)),
            ("response_format", json!({"type": "json_schema", "json_schema": {"name": "x"}}), Err(400)),
            ("response_format", json!({"type": "yaml"}), Err(400)),
            ("temperature", json!(0), Ok(())),
            ("max_tokens", json!(9), Ok(())),
        ] {
            assert_eq!(status((name, value.clone())), expected, "{name} {value}");
        }
        for (name, value) in [("temperature", json!(0)), ("max_tokens", json!(9))] {
            let mut body = json!({"model": "gpt-5-mini", "messages": [{"role": "user", "content": "Hello."}]});
            assert!(Request::read(body.to_string().as_bytes()).is_ok());
            body[name] = value;
            assert!(Request::read(body.to_string().as_bytes()).is_err(), "{name}");
        }
    }

    #[test]
    fn the_last_message_of_the_user_is_read_in_either_form() {
        let body = json!({"model": "sandbox-chat", "messages": [
            {"role": "system", "content": "Add punctuation."}, {"role": "user", "content": "first"}, {"role": "assistant", "content": "x"},
            {"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]});
        let request = Request::read(body.to_string().as_bytes()).unwrap();
        assert_eq!((request.text.as_str(), request.is_about_punctuation), ("a\nb", true));
    }
}
