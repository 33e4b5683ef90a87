//! `POST /v1/audio/transcriptions`: what is spoken in an uploaded file.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;

use super::SERVICE;
use super::formats::{Answer, Format};
use super::models::{Listener, listener};
use super::refusal::Refused;
use super::upload::Form;
use crate::faults::request::Submitted;
use crate::hearing::hear;
use crate::jobs::Job;
use crate::server::{RequestId, Sandbox};

const PATH: &str = "/openai/v1/audio/transcriptions";

/// Answers a request.
pub async fn transcribe(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(RequestId(id)): Extension<RequestId>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    match answer(&sandbox, &id, &headers, body).await {
        Ok(answer) => {
            sandbox.jobs().finish(&id, answer.body.clone().into());
            let mut response = answer.into_response();
            response.extensions_mut().insert(Submitted(id));
            response
        }
        Err(refused) => refused.into_response(),
    }
}

async fn answer(
    sandbox: &Arc<Sandbox>,
    id: &str,
    headers: &HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Answer, Refused> {
    let form = Form::read(headers, body).await?;
    let model = form.get("model").ok_or_else(|| Refused::parameter("model", None, "you must provide a model parameter"))?;
    let listener = listener(model)?;
    check_language(form.get("language"))?;
    let format = Format::read(&form, model, listener)?;
    check_chunks(&form, listener)?;
    sandbox.jobs().open(id.to_owned(), Job::new(PATH, SERVICE.name, None, sandbox.now_ms()));
    let no_audio = |_| Refused::request("The audio file could not be decoded or its format is not supported.");
    let heard = hear(sandbox, form.file.clone(), Vec::new()).await.map_err(no_audio)?;
    spawn_blocking(move || format.write(&heard)).await.map_err(|_| Refused::request("the answer could not be made"))
}

fn check_language(language: Option<&str>) -> Result<(), Refused> {
    let Some(language) = language else { return Ok(()) };
    if language.len() == 2 && language.bytes().all(|letter| letter.is_ascii_lowercase()) {
        return Ok(());
    }
    let message = format!("Invalid language '{language}'. Language parameter must be specified in ISO-639-1 format.");
    Err(Refused::parameter("language", Some("invalid_language_format"), message))
}

fn check_chunks(form: &Form, listener: Listener) -> Result<(), Refused> {
    if listener == Listener::Diarizer && form.get("chunking_strategy").is_none() {
        return Err(Refused::parameter("chunking_strategy", None, "chunking_strategy is required for diarization models"));
    }
    Ok(())
}
