//! The transcripts, and `GET` and `DELETE /v2/transcript/{id}`.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::error;
use crate::errors::json_response;
use crate::jobs::Job;
use crate::server::Sandbox;

/// What a deleted transcript reads where it said something.
const DELETED: &str = "http://deleted_by_user";

/// Every transcript, as it is shown.
#[derive(Debug, Default)]
pub struct Transcripts(HashMap<String, Value>);

impl Transcripts {
    /// Writes a new transcript down, and gives it as it is shown.
    pub fn open(&mut self, id: &str, request: &Value) -> Value {
        let mut transcript = blank(id);
        for (name, value) in request.as_object().into_iter().flatten().filter(|(name, _)| *name != "webhook_auth_header_value") {
            transcript[name] = value.clone();
        }
        transcript["webhook_auth"] = json!(request["webhook_auth_header_name"].is_string());
        self.0.insert(id.to_owned(), transcript.clone());
        transcript
    }

    /// Changes some fields of a transcript; none of one that was deleted.
    pub fn change(&mut self, id: &str, fields: Value) -> bool {
        let Some(transcript) = self.0.get_mut(id).filter(|transcript| transcript["audio_url"] != DELETED) else { return false };
        if let (Some(transcript), Value::Object(mut fields)) = (transcript.as_object_mut(), fields) {
            transcript.append(&mut fields);
        }
        true
    }
}

/// Answers with a transcript, whatever its status.
pub async fn show(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Response {
    let Some(mut transcript) = sandbox.transcripts().0.get(&id).cloned() else { return unknown() };
    if transcript["audio_url"] != DELETED {
        transcript["webhook_status_code"] = json!(sandbox.jobs().find(&id).and_then(Job::last_callback));
    }
    json_response(StatusCode::OK, &transcript)
}

/// Deletes what was said; that there was a transcript stays known. Assumption: one that is not there yet may be deleted too.
pub async fn delete(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>) -> Response {
    let mut transcripts = sandbox.transcripts();
    let Some(transcript) = transcripts.0.get_mut(&id) else { return unknown() };
    let audio_duration = transcript["audio_duration"].clone();
    *transcript = blank(&id);
    for (name, value) in [
        ("status", json!("completed")),
        ("audio_url", json!(DELETED)),
        ("webhook_url", json!(DELETED)),
        ("text", json!("Deleted by user.")),
        ("audio_duration", audio_duration),
    ] {
        transcript[name] = value;
    }
    json_response(StatusCode::OK, transcript).into_response()
}

fn unknown() -> Response {
    error(StatusCode::BAD_REQUEST, "Transcript lookup error, transcript id not found")
}

/// A transcript of which nothing is known.
fn blank(id: &str) -> Value {
    let mut blank = json!({
        "id": id, "status": "queued", "audio_url": null, "language_model": "assemblyai_default",
        "acoustic_model": "assemblyai_default", "language_code": "en_us", "language_detection": false, "webhook_auth": false,
        "auto_highlights": false, "redact_pii": false, "summarization": false, "multichannel": false, "punctuate": true,
        "format_text": true,
    });
    for name in [
        "text",
        "words",
        "utterances",
        "confidence",
        "audio_duration",
        "webhook_url",
        "webhook_status_code",
        "webhook_auth_header_name",
        "auto_highlights_result",
        "speaker_labels",
        "speakers_expected",
        "speech_model",
        "speech_models",
        "speech_model_used",
        "language_confidence",
        "language_confidence_threshold",
        "sentiment_analysis",
        "sentiment_analysis_results",
        "entity_detection",
        "entities",
        "iab_categories",
        "iab_categories_result",
        "chapters",
        "summary",
        "throttled",
        "keyterms_prompt",
    ] {
        blank[name] = Value::Null;
    }
    blank
}
