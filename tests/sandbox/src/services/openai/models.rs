//! `GET /v1/models`: those that listen, and those that answer.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use super::refusal::Refused;
use crate::errors::json_response;

/// What a model that listens can answer with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// Everything but speakers.
    Whisper,
    /// Texts alone.
    Transcriber,
    /// Texts, and who says what.
    Diarizer,
}

/// The models that listen: OpenAI's, and those of other servers that speak as it does.
const LISTENERS: [(&str, Listener); 8] = [
    ("whisper-1", Listener::Whisper),
    ("whisper-large-v3", Listener::Whisper),
    ("whisper-large-v3-turbo", Listener::Whisper),
    ("Systran/faster-whisper-large-v3", Listener::Whisper),
    ("gpt-transcribe", Listener::Transcriber),
    ("gpt-4o-transcribe", Listener::Transcriber),
    ("gpt-4o-mini-transcribe", Listener::Transcriber),
    ("gpt-4o-transcribe-diarize", Listener::Diarizer),
];

/// How a model that answers behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// By the rules.
    Sound,
    /// It says what was never said, and changes words.
    Liar,
    /// Its answers are no JSON.
    Broken,
    /// Its answers end in the middle.
    Cut,
    /// It refuses to answer.
    Refusing,
    /// It takes a minute.
    Slow,
    /// By the rules, but it takes neither a temperature nor `max_tokens`, as models that reason do.
    Reasoning,
}

/// The models that answer.
const ANSWERERS: [(&str, Manner); 18] = [
    ("sandbox-chat", Manner::Sound),
    ("sandbox-liar", Manner::Liar),
    ("sandbox-broken", Manner::Broken),
    ("sandbox-cut", Manner::Cut),
    ("sandbox-refusing", Manner::Refusing),
    ("sandbox-slow", Manner::Slow),
    ("gpt-4o", Manner::Sound),
    ("gpt-4o-mini", Manner::Sound),
    ("gpt-4.1", Manner::Sound),
    ("gpt-4.1-mini", Manner::Sound),
    ("gpt-4.1-nano", Manner::Sound),
    ("gpt-5", Manner::Reasoning),
    ("gpt-5-mini", Manner::Reasoning),
    ("gpt-5-nano", Manner::Reasoning),
    ("o3", Manner::Reasoning),
    ("o4-mini", Manner::Reasoning),
    ("llama-3.3-70b-versatile", Manner::Sound),
    ("openai/gpt-oss-20b", Manner::Sound),
];

/// What a model that listens can.
///
/// # Errors
/// 404 for what is none.
pub fn listener(name: &str) -> Result<Listener, Refused> {
    find(&LISTENERS, name)
}

/// How a model that answers behaves.
///
/// # Errors
/// 404 for what is none.
pub fn manner(name: &str) -> Result<Manner, Refused> {
    find(&ANSWERERS, name)
}

fn find<T: Copy>(models: &[(&str, T)], name: &str) -> Result<T, Refused> {
    models.iter().find(|(known, _)| *known == name).map(|(_, model)| *model).ok_or_else(|| Refused::model(name))
}

/// All models.
pub async fn list() -> Response {
    let names = LISTENERS.iter().map(|(name, _)| *name).chain(ANSWERERS.iter().map(|(name, _)| *name));
    json_response(StatusCode::OK, &json!({"object": "list", "data": names.map(shown).collect::<Vec<_>>()}))
}

/// One model.
///
/// # Errors
/// 404 for what is none.
pub async fn single(Path(name): Path<String>) -> Result<Response, Refused> {
    if listener(&name).is_err() {
        manner(&name)?;
    }
    Ok(json_response(StatusCode::OK, &shown(&name)))
}

fn shown(name: &str) -> Value {
    json!({"id": name, "object": "model", "created": 1_677_532_384, "owned_by": "sandbox"})
}
