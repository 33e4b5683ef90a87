//! `POST /v2/transcript`: takes a request, works it off, tells the webhook.
//!
//! Every transcript waits in the queue for a moment, so that whoever asks sees each status; AssemblyAI says that those which need not
//! wait are processed at once.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use super::webhook::{body, webhook};
use super::words::{Style, milliseconds};
use super::{SERVICE, error, findings, highlights, rules};
use crate::ai::speech_to_text::sandbox_note;
use crate::callback::deliver_as_planned;
use crate::errors::json_response;
use crate::faults::request::Submitted;
use crate::hearing::{Heard, hear};
use crate::jobs::Job;
use crate::server::{RequestId, Sandbox};
use crate::services::spoken::{confidence, numbered_by_channel, spoken};

const PATH: &str = "/assemblyai/v2/transcript";
/// How long a transcript waits, and how long it then takes at least; `--speed` divides both.
const QUEUED: Duration = Duration::from_millis(500);
const LATENCY: Duration = Duration::from_secs(2);
/// What is shorter is refused, in seconds.
const SHORTEST_S: f64 = 0.16;

/// Answers a request.
pub async fn create(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(RequestId(id)): Extension<RequestId>,
    body: Bytes,
) -> Response {
    let request: Value = serde_json::from_slice(&body).unwrap_or_default();
    let webhook = match rules::check(&request).and_then(|()| webhook(&request)) {
        Ok(webhook) => webhook,
        Err(problem) => return error(StatusCode::BAD_REQUEST, &problem),
    };
    sandbox.jobs().open(id.clone(), Job::new(PATH, SERVICE.name, webhook, sandbox.now_ms()));
    let shown = sandbox.transcripts().open(&id, &request);
    let plan = sandbox.faults().plan(PATH);
    let job_id = id.clone();
    tokio::spawn(async move {
        if !work(&sandbox, &request, &job_id).await {
            return;
        }
        let delivery = sandbox.jobs().delivery(&job_id);
        if let Some(delivery) = delivery {
            deliver_as_planned(sandbox, delivery, plan).await;
        }
    });
    let mut response = json_response(StatusCode::OK, &shown);
    response.extensions_mut().insert(Submitted(id));
    response
}

/// Works a transcript off; whether it is still wanted then.
async fn work(sandbox: &Arc<Sandbox>, request: &Value, id: &str) -> bool {
    let begin = Instant::now() + sandbox.hurried(QUEUED);
    sleep_until(begin).await;
    sandbox.transcripts().change(id, json!({"status": "processing"}));
    let outcome = transcribe(sandbox, request).await;
    sleep_until(begin + sandbox.hurried(LATENCY)).await;
    let (status, mut fields) = match outcome {
        Ok(result) => ("completed", result),
        Err(problem) => ("error", json!({ "error": problem })),
    };
    fields["status"] = json!(status);
    sandbox.jobs().finish(id, body(id, status));
    sandbox.transcripts().change(id, fields)
}

async fn transcribe(sandbox: &Arc<Sandbox>, request: &Value) -> Result<Value, String> {
    let url = request["audio_url"].as_str().unwrap_or_default();
    let no_file = |_| {
        format!("Download error, unable to download {url}. Please make sure the file exists and is accessible from the internet.")
    };
    let file = sandbox.fetcher.fetch(url).await.map_err(no_file)?;
    let no_audio = |_| "File does not appear to contain audio. File type is application/octet-stream (data).".to_owned();
    let heard = hear(sandbox, file, Vec::new()).await.map_err(no_audio)?;
    if heard.sound.duration_s < SHORTEST_S {
        return Err("Audio duration is too short.".to_owned());
    }
    let request = request.clone();
    spawn_blocking(move || result(&request, &heard)).await.map_err(|_| "Server error, developers have been alerted.".to_owned())
}

/// What a finished transcript says, beside what was asked for.
fn result(request: &Value, heard: &Heard) -> Value {
    let style = Style::of(request);
    let words = if style.multichannel { numbered_by_channel(&spoken(heard)) } else { spoken(heard) };
    let is_asked = |name: &str| request[name] == true;
    let known = heard.words.as_deref();
    let mut result = json!({
        "text": style.text(&words),
        "words": words.iter().map(|word| style.word(word)).collect::<Vec<_>>(),
        "utterances": style.utterances(&words),
        "confidence": confidence(&words),
        "audio_duration": (milliseconds(heard.sound.duration_s) + 500) / 1000,
        "speech_model_used": request["speech_models"][0],
    });
    if style.multichannel {
        result["audio_channels"] = json!(heard.sound.channels.len());
    }
    if is_asked("language_detection") {
        result["language_confidence"] = json!(0.99);
    }
    if is_asked("auto_highlights") {
        result["auto_highlights_result"] = highlights::highlights(known, &words);
    }
    if is_asked("sentiment_analysis") {
        result["sentiment_analysis_results"] = json!(findings::sentiments(&words, style));
    }
    if is_asked("iab_categories") {
        result["iab_categories_result"] = findings::categories(&words);
    }
    if is_asked("entity_detection") {
        result["entities"] = json!(findings::entities(&words));
    }
    if known.is_none() {
        result["sandbox"] = sandbox_note(heard);
    }
    result
}
