//! The fields of a request, and what is wrong with them.
//!
//! Assumption: of the sentences, those for a Boolean, a deprecated model, a language and an unknown field are attested; the others
//! are like them.

use serde_json::Value;

/// Every field that there is, and what it holds.
const FIELDS: &[(&str, Kind)] = &[
    ("audio_url", Kind::Text),
    ("audio_end_at", Kind::Integer),
    ("audio_start_from", Kind::Integer),
    ("auto_chapters", Kind::Boolean),
    ("auto_highlights", Kind::Boolean),
    ("content_safety", Kind::Boolean),
    ("content_safety_confidence", Kind::Integer),
    ("custom_spelling", Kind::List),
    ("custom_topics", Kind::Boolean),
    ("disfluencies", Kind::Boolean),
    ("entity_detection", Kind::Boolean),
    ("filter_profanity", Kind::Boolean),
    ("format_text", Kind::Boolean),
    ("iab_categories", Kind::Boolean),
    ("keyterms_prompt", Kind::List),
    ("language_code", Kind::Text),
    ("language_codes", Kind::List),
    ("language_confidence_threshold", Kind::Number),
    ("language_detection", Kind::Boolean),
    ("language_detection_options", Kind::Object),
    ("multichannel", Kind::Boolean),
    ("prompt", Kind::Text),
    ("punctuate", Kind::Boolean),
    ("redact_pii", Kind::Boolean),
    ("redact_pii_audio", Kind::Boolean),
    ("redact_pii_audio_options", Kind::Object),
    ("redact_pii_audio_quality", Kind::Text),
    ("redact_pii_policies", Kind::List),
    ("redact_pii_sub", Kind::Text),
    ("remove_audio_tags", Kind::Text),
    ("sentiment_analysis", Kind::Boolean),
    ("speaker_labels", Kind::Boolean),
    ("speaker_options", Kind::Object),
    ("speakers_expected", Kind::Integer),
    ("speech_model", Kind::Text),
    ("speech_models", Kind::List),
    ("speech_threshold", Kind::Number),
    ("speech_understanding", Kind::Object),
    ("summarization", Kind::Boolean),
    ("summary_model", Kind::Text),
    ("summary_type", Kind::Text),
    ("temperature", Kind::Number),
    ("topics", Kind::List),
    ("webhook_auth_header_name", Kind::Text),
    ("webhook_auth_header_value", Kind::Text),
    ("webhook_url", Kind::Text),
];
const MODELS: [&str; 2] = ["universal-3-5-pro", "universal-2"];
const DEPRECATED_MODELS: [&str; 6] = ["universal-3-pro", "universal", "best", "nano", "slam-1", "conformer-2"];
/// Languages by their two letters, and English by its regions.
const LANGUAGES: &[&str] = &[
    "en", "en_au", "en_uk", "en_us", "es", "fr", "de", "it", "pt", "nl", "af", "ar", "bg", "ca", "zh", "hr", "cs", "da", "et",
    "fi", "el", "he", "hi", "hu", "id", "ja", "ko", "lv", "lt", "ms", "no", "pl", "ro", "ru", "sk", "sl", "sv", "ta", "th", "tr",
    "uk", "ur", "vi",
];
/// What understands English alone.
const ENGLISH_ONLY: [&str; 3] = ["auto_highlights", "iab_categories", "sentiment_analysis"];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Boolean,
    Text,
    Integer,
    Number,
    List,
    Object,
}

/// Checks the fields of a request; `null` counts as absent.
///
/// # Errors
/// What is wrong with the first bad one.
pub fn check(fields: &Value) -> Result<(), String> {
    let no_schema = || "Invalid endpoint schema, please refer to documentation for examples.".to_owned();
    for (name, value) in fields.as_object().ok_or_else(no_schema)?.iter().filter(|(_, value)| !value.is_null()) {
        let (_, kind) = FIELDS.iter().find(|(known, _)| known == name).ok_or_else(no_schema)?;
        kind.check(name, value)?;
    }
    check_address("audio_url", &fields["audio_url"])?;
    if !fields["webhook_url"].is_null() {
        check_address("webhook_url", &fields["webhook_url"])?;
    }
    check_models(fields)?;
    check_deprecated(fields)?;
    check_language(fields)
}

impl Kind {
    fn check(self, name: &str, value: &Value) -> Result<(), String> {
        let (fits, called) = match self {
            Self::Boolean => (value.is_boolean(), "a Boolean"),
            Self::Text => (value.is_string(), "a String"),
            Self::Integer => (value.is_i64(), "an Integer"),
            Self::Number => (value.is_number(), "a Number"),
            Self::List => (value.is_array(), "a List"),
            Self::Object => (value.is_object(), "an Object"),
        };
        if fits { Ok(()) } else { Err(format!("{name} must be {called}")) }
    }
}

fn check_address(name: &str, value: &Value) -> Result<(), String> {
    let url = value.as_str().and_then(|text| reqwest::Url::parse(text).ok());
    let fits = url.is_some_and(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    if fits { Ok(()) } else { Err(format!("{name} must be a valid URL")) }
}

fn check_models(fields: &Value) -> Result<(), String> {
    let instead = "Use speech_models: [\"universal-3-5-pro\", \"universal-2\"] instead.";
    if !fields["speech_model"].is_null() {
        return Err(format!("\"speech_model\" has been deprecated. {instead}"));
    }
    let models: Vec<_> =
        fields["speech_models"].as_array().into_iter().flatten().map(|model| model.as_str().unwrap_or_default()).collect();
    if models.is_empty() {
        return Err("speech_models must be a List of at least one speech model".to_owned());
    }
    let deprecated: Vec<_> =
        models.iter().filter(|model| DEPRECATED_MODELS.contains(model)).map(|model| format!("\"{model}\"")).collect();
    if !deprecated.is_empty() {
        return Err(format!("The {} speech model(s) have been deprecated. {instead}", deprecated.join(", ")));
    }
    match models.iter().find(|model| !MODELS.contains(model)) {
        Some(model) => Err(format!("\"{model}\" is no speech model. {instead}")),
        None => Ok(()),
    }
}

fn check_deprecated(fields: &Value) -> Result<(), String> {
    match ["summarization", "auto_chapters"].into_iter().find(|name| fields[*name] == true) {
        Some(name) => Err(format!("{name} has been deprecated. Use the LLM Gateway instead.")),
        None => Ok(()),
    }
}

fn check_language(fields: &Value) -> Result<(), String> {
    let Some(code) = fields["language_code"].as_str() else { return Ok(()) };
    if !LANGUAGES.contains(&code) {
        return Err(format!("Language code {code} is not supported"));
    }
    let asked: Vec<_> = ENGLISH_ONLY.into_iter().filter(|name| fields[*name] == true && !code.starts_with("en")).collect();
    if asked.is_empty() {
        Ok(())
    } else {
        Err(format!("The following models are not available in this language: {}", asked.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn checked(change: (&str, Value)) -> Result<(), String> {
        let mut fields = json!({"audio_url": "http://h/a.wav", "speech_models": ["universal-3-5-pro", "universal-2"]});
        fields[change.0] = change.1;
        check(&fields)
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (name, value, said) in [
            ("format_text", json!("yes"), "format_text must be a Boolean"),
            ("speakers_expected", json!("2"), "speakers_expected must be an Integer"),
            ("audio_url", Value::Null, "audio_url must be a valid URL"),
            ("webhook_url", json!("nowhere"), "webhook_url must be a valid URL"),
            ("speech_models", Value::Null, "speech_models must be a List"),
            ("speech_models", json!(["universal-3-pro"]), "The \"universal-3-pro\" speech model(s) have been deprecated."),
            ("speech_models", json!(["nova-3"]), "\"nova-3\" is no speech model"),
            ("speech_model", json!("best"), "\"speech_model\" has been deprecated"),
            ("summarization", json!(true), "summarization has been deprecated"),
            ("auto_chapters", json!(true), "auto_chapters has been deprecated"),
            ("language_code", json!("en-US"), "Language code en-US is not supported"),
            ("speaker_lables", json!(true), "Invalid endpoint schema"),
        ] {
            let problem = checked((name, value)).expect_err(name);
            assert!(problem.starts_with(said), "{problem}");
        }
    }

    #[test]
    fn what_is_right_passes() {
        for (name, value) in
            [("summarization", json!(false)), ("language_code", json!("en_us")), ("speakers_expected", Value::Null)]
        {
            assert_eq!(checked((name, value)), Ok(()), "{name}");
        }
    }

    #[test]
    fn what_knows_english_alone_is_refused_in_another_language() {
        let fields = json!({"audio_url": "http://h/a", "speech_models": ["universal-2"], "language_code": "de", "sentiment_analysis": true});
        let problem = check(&fields).unwrap_err();
        assert_eq!(problem, "The following models are not available in this language: sentiment_analysis");
    }
}
