//! What a job is asked with: RingCentral's own request fields, checked before anything is sent.

use super::Task;
use super::field_rules::{ANALYZE_INTERACTION, AUDIO, Rule, SPEAKERS, SPEECH_TO_TEXT};
use crate::error::{Error, Result};
use crate::json::{Object, Value};
use crate::media::Encoding;

const ENCODING: &str = "encoding";
const LANGUAGE_CODE: &str = "languageCode";
/// The language where none is named, as JSON; RingCentral's guide: only English is supported.
const DEFAULT_LANGUAGE: &str = "\"en-US\"";

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
        let rules = rules(task)?;
        let named = |name: &str| if prefix.is_empty() { name.to_owned() } else { [prefix, ".", name].concat() };
        if !fields.is_object() {
            return Err(Error::invalid(if prefix.is_empty() { "input" } else { prefix }, "it must be an object"));
        }
        let mut checked: Vec<(&'static str, String)> = Vec::new();
        for (name, value) in fields.fields() {
            let rule = rules.clone().find(|rule| rule.name == name);
            let rule = rule.ok_or_else(|| Error::invalid(named(name), unknown(task, name)))?;
            rule.check(value, &named(name))?;
            if checked.iter().any(|(known, _)| known == name) {
                return Err(Error::invalid(named(name), "it stands there twice"));
            }
            checked.push((rule.name, value.write()));
        }
        if !checked.iter().any(|(name, _)| *name == LANGUAGE_CODE) {
            checked.push((LANGUAGE_CODE, DEFAULT_LANGUAGE.to_owned()));
        }
        Ok(Self { fields: checked, encoding: fields.get(ENCODING).text().and_then(Encoding::named) })
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

    /// The request's body; `content_uri` is the address that RingCentral fetches, where the task has media.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming a required field that is missing.
    pub(super) fn body(&self, task: Task, content_uri: Option<&str>) -> Result<String> {
        let is_there = |rule: &&Rule| self.fields.iter().any(|(name, _)| *name == rule.name);
        if let Some(missing) = rules(task)?.filter(|rule| rule.is_required).find(|rule| !is_there(rule)) {
            return Err(Error::invalid(missing.name, "it is missing, and the media does not tell"));
        }
        let content_uri = content_uri.ok_or_else(|| Error::invalid("contentUri", "it is missing"))?;
        Ok(self.object().text("contentUri", content_uri).write())
    }

    fn object(&self) -> Object {
        self.fields.iter().fold(Object::new(), |object, (name, value)| object.json(name, value))
    }
}

fn rules(task: Task) -> Result<impl Iterator<Item = &'static Rule> + Clone> {
    let own = match task {
        Task::SpeechToText => SPEECH_TO_TEXT,
        Task::AnalyzeInteraction => ANALYZE_INTERACTION,
        _ => return Err(Error::invalid("task", "it must be speech-to-text or analyze-interaction")),
    };
    Ok(AUDIO.iter().chain(SPEAKERS).chain(own))
}

fn unknown(task: Task, name: &str) -> String {
    match name {
        "contentUri" => "the media is named beside the input, not in it".into(),
        "webhook" => "the webhook is not a field of the request's body".into(),
        _ => [task.name(), " has no such field"].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn parse(task: Task, fields: &serde_json::Value, prefix: &str) -> Result<JobInput> {
        JobInput::parse(task, &Value::parse(fields.to_string().as_bytes()).unwrap(), prefix)
    }

    fn refused(task: Task, fields: &serde_json::Value) -> String {
        match parse(task, fields, "input") {
            Err(Error::InvalidField { field, .. }) => field,
            other => panic!("{fields} gave {other:?}"),
        }
    }

    #[test]
    fn each_field_with_a_wrong_value_is_named() {
        let wrong = [
            ("encoding", json!("MP3")),
            ("encoding", json!(1)),
            ("languageCode", json!("")),
            ("source", json!(["x"])),
            ("audioType", json!("Voice")),
            ("separateSpeakerPerChannel", json!("true")),
            ("speakerCount", json!(0)),
            ("speakerCount", json!(1.5)),
            ("speakerIds", json!("a")),
            ("speakerIds", json!([1])),
            ("enableVoiceActivityDetection", json!(null)),
            ("enablePunctuation", json!(1)),
            ("enableSpeakerDiarization", json!("yes")),
            ("speechContexts", json!([{"phrases": []}])),
            ("speechContexts", json!([{"phrases": ["a"], "boost": 1}])),
            ("summaryType", json!("All")),
        ];
        for (name, value) in wrong {
            assert_eq!(refused(Task::SpeechToText, &json!({ name: value })), ["input.", name].concat());
        }
        for value in [json!([]), json!(["Everything"]), json!("All")] {
            assert_eq!(refused(Task::AnalyzeInteraction, &json!({ "insights": value })), "input.insights");
        }
    }

    #[test]
    fn the_examples_of_the_guide_pass() {
        let stt = json!({"encoding": "Mpeg", "languageCode": "en-US", "source": "RingCentral", "audioType": "CallCenter",
            "enablePunctuation": true, "enableSpeakerDiarization": true, "speakerCount": -1, "speechContexts": [{"phrases": ["a"]}]});
        assert!(parse(Task::SpeechToText, &stt, "").is_ok());
        let analyze = json!({"encoding": "Mpeg", "audioType": "Meeting", "insights": ["All"], "separateSpeakerPerChannel": true});
        let input = parse(Task::AnalyzeInteraction, &analyze, "").unwrap();
        assert!(input.write().contains(r#""languageCode":"en-US""#));
        assert_eq!(JobInput::parse(Task::AnalyzeInteraction, &Value::parse(input.write().as_bytes()).unwrap(), ""), Ok(input));
    }

    #[test]
    fn an_encoding_can_be_found_later_but_not_be_missing_when_it_is_sent() {
        let input = parse(Task::SpeechToText, &json!({}), "input").unwrap();
        assert_eq!(
            input.body(Task::SpeechToText, Some("https://h/x")),
            Err(Error::invalid("encoding", "it is missing, and the media does not tell"))
        );
        let body = input.with_encoding(Encoding::Wav).body(Task::SpeechToText, Some("https://h/x")).unwrap();
        assert_eq!(body, r#"{"languageCode":"en-US","encoding":"Wav","contentUri":"https://h/x"}"#);
    }

    #[test]
    fn a_field_that_stands_twice_is_refused() {
        let twice = Value::parse(br#"{"encoding":"Wav","encoding":"Mpeg"}"#).unwrap();
        assert_eq!(JobInput::parse(Task::SpeechToText, &twice, ""), Err(Error::invalid("encoding", "it stands there twice")));
    }

    #[test]
    fn what_is_not_an_object_is_named() {
        assert_eq!(refused(Task::SpeechToText, &json!([])), "input");
        assert_eq!(refused(Task::SpeechToText, &json!({"contentUri": "https://h/x"})), "input.contentUri");
    }
}
