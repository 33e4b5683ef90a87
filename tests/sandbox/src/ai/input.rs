//! The JSON body of a job and the checks on its fields, with messages in the form that RingCentral's guide shows.

use serde_json::{Map, Value};

use crate::errors::Refusal;

/// How media may be coded.
pub const ENCODINGS: &[&str] = &["Mpeg", "Mp4", "Wav", "Webm", "Webp", "Aac", "Avi", "Ogg"];
const AUDIO_TYPES: &[&str] = &["CallCenter", "Meeting", "EarningsCalls", "Interview", "PressConference", "Voicemail"];

/// The fields of a submit. Fields that no version of the API has are let through, as RingCentral did in 2023.
#[derive(Debug)]
pub struct Input(Map<String, Value>);

type Checked = Result<(), Refusal>;

impl Input {
    /// Reads the body of a submit.
    ///
    /// # Errors
    /// 400. Assumption: how a body that is no JSON object is refused is unknown; it gets the form of a bad parameter.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            _ => Err(Refusal::ai("body", "It should be a JSON object")),
        }
    }

    /// A field that is there; `null` counts as absent.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text field.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.field(name)?.as_str()
    }

    /// A boolean field, or its default.
    #[must_use]
    pub fn flag(&self, name: &str, default: bool) -> bool {
        self.field(name).and_then(Value::as_bool).unwrap_or(default)
    }

    /// The enrolled voices that are named, under the field's name of today or of 2023.
    #[must_use]
    pub fn speaker_ids(&self) -> Vec<&str> {
        let named = self.field("speakerIds").or(self.field("enrollmentIds")).and_then(Value::as_array);
        named.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The fields that every task on audio has.
    ///
    /// # Errors
    /// 400 that names the first bad field.
    pub fn check_audio(&self) -> Checked {
        self.check_content_uri()?;
        self.required_one_of("encoding", ENCODINGS)?;
        match self.text("languageCode") {
            Some(code) if !code.trim().is_empty() => {}
            _ => return Err(Refusal::ai("languageCode", "It should be of type String")),
        }
        self.optional("source", "String", Value::is_string)?;
        if self.field("audioType").is_some() {
            self.required_one_of("audioType", AUDIO_TYPES)?;
        }
        Ok(())
    }

    /// The fields that tell speakers apart.
    ///
    /// # Errors
    /// 400 that names the first bad field.
    pub fn check_speakers(&self) -> Checked {
        self.optional("separateSpeakerPerChannel", "Boolean", Value::is_boolean)?;
        self.optional("enableVoiceActivityDetection", "Boolean", Value::is_boolean)?;
        self.optional("speakerCount", "Integer", Value::is_i64)?;
        self.optional("speakerIds", "List[String]", is_texts)?;
        self.optional("enrollmentIds", "List[String]", is_texts)?;
        self.optional("speechContexts", "List[SpeechContextPhrasesInput]", are_contexts)
    }

    /// An optional field of a type.
    ///
    /// # Errors
    /// 400 that names the field.
    pub fn optional(&self, name: &str, kind: &str, fits: impl Fn(&Value) -> bool) -> Checked {
        match self.field(name) {
            Some(value) if !fits(value) => Err(Refusal::ai(name, &format!("It should be of type {kind}"))),
            _ => Ok(()),
        }
    }

    /// A field that must hold one of some words.
    ///
    /// # Errors
    /// 400 that names the field and the words.
    pub fn required_one_of(&self, name: &str, allowed: &[&str]) -> Checked {
        let known = self.text(name).is_some_and(|text| allowed.contains(&text));
        if known { Ok(()) } else { Err(Refusal::ai(name, &one_of(allowed))) }
    }

    /// Assumption: a `contentUri` that is no absolute http address is refused at once; one that cannot be fetched
    /// ends as a failed job. The guide shows the same error for both.
    fn check_content_uri(&self) -> Checked {
        let uri = self.text("contentUri").and_then(|text| reqwest::Url::parse(text).ok());
        let fits = uri.is_some_and(|uri| ["http", "https"].contains(&uri.scheme()) && uri.has_host());
        if fits { Ok(()) } else { Err(Refusal::ai("contentUri", "It should be a valid uri")) }
    }
}

/// The sentence for a field with a list of words.
#[must_use]
pub fn one_of(allowed: &[&str]) -> String {
    format!("It should be one of `{}`", allowed.join("`, `"))
}

/// Whether a value is a list of texts.
#[must_use]
pub fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
}

/// Assumption: 1 to 50 phrases to a context; the specification has these numbers in the wrong place.
fn are_contexts(value: &Value) -> bool {
    let fits = |context: &Value| {
        let phrases = &context["phrases"];
        is_texts(phrases) && phrases.as_array().is_some_and(|list| (1..=50).contains(&list.len()))
    };
    value.as_array().is_some_and(|list| list.iter().all(fits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn checked(change: (&str, Value)) -> Result<(), Value> {
        let mut body = json!({"contentUri": "http://h/a.wav", "encoding": "Wav", "languageCode": "en-US"});
        body[change.0] = change.1;
        let input = Input::parse(body.to_string().as_bytes()).unwrap();
        input.check_audio().and_then(|()| input.check_speakers()).map_err(|refusal| refusal.body["errors"][0].clone())
    }

    #[test]
    fn a_bad_field_is_named() {
        for (name, value, rule) in [
            ("contentUri", json!("nowhere"), "It should be a valid uri"),
            ("contentUri", json!("file:///etc/passwd"), "It should be a valid uri"),
            ("contentUri", json!(5), "It should be a valid uri"),
            ("contentUri", Value::Null, "It should be a valid uri"),
            ("encoding", json!("MP3"), "It should be one of `Mpeg`, `Mp4`, `Wav`"),
            ("languageCode", json!(""), "It should be of type String"),
            ("audioType", json!("Song"), "It should be one of `CallCenter`"),
            ("speakerCount", json!("2"), "It should be of type Integer"),
            ("separateSpeakerPerChannel", json!("yes"), "It should be of type Boolean"),
            ("speakerIds", json!([1]), "It should be of type List[String]"),
            ("speechContexts", json!([{"phrases": []}]), "It should be of type List["),
        ] {
            let error = checked((name, value)).expect_err(name);
            assert_eq!((&error["errorCode"], &error["parameterName"]), (&json!("CAI-101"), &json!(name)));
            let message = error["message"].as_str().unwrap();
            assert!(message.starts_with(&format!("Parameter [{name}] is invalid. {rule}")), "{message}");
        }
    }

    #[test]
    fn what_is_right_or_unknown_passes() {
        for (name, value) in [
            ("audioType", json!("Meeting")),
            ("speakerCount", json!(-1)),
            ("speechContexts", json!([{"phrases": ["Novalto"]}])),
            ("enableWordTimings", json!(true)),
        ] {
            assert_eq!(checked((name, value)), Ok(()), "{name}");
        }
    }
}
