//! `POST /ai/…/async/…?webhook=`: checks a job, answers 202 with its id, and works it off.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until, timeout};

use crate::ai::input::Input;
use crate::ai::jobs::{Delivery, Heard, Job};
use crate::ai::{self, Answer, Task, callback};
use crate::errors::{Refusal, ai_errors, json_response};
use crate::faults::request::Submitted;
use crate::gate::Caller;
use crate::query::Query;
use crate::server::{RequestId, Sandbox};
use audio::Listen;
use audio::voice::Voice;

/// How long a job takes at least; `--speed` divides it.
const LATENCY: Duration = Duration::from_secs(2);
/// Never shorter than this: whoever polls right after the submit must see the job running.
const MIN_LATENCY: Duration = Duration::from_millis(400);
/// A decoder that is still busy then is given up.
const MAX_DECODING: Duration = Duration::from_mins(2);

/// Answers a submit of `task`.
///
/// # Errors
/// 400 that names the field.
#[allow(clippy::needless_pass_by_value, reason = "what axum takes from a request comes by value")]
pub fn submit(
    task: Task,
    State(sandbox): State<Arc<Sandbox>>,
    uri: Uri,
    Extension(RequestId(request_id)): Extension<RequestId>,
    Extension(caller): Extension<Caller>,
    body: Bytes,
) -> Result<Response, Refusal> {
    let input = Input::parse(&body)?;
    (task.check)(&input)?;
    let voices = match task.answer {
        Answer::FromAudio(_) => sandbox.enrollments().named(&input.speaker_ids())?,
        Answer::FromText(_) => Vec::new(),
    };
    let created_ms = sandbox.now_ms();
    let id = sandbox.random().uuid_v1(created_ms);
    // Assumption: a submit without a webhook is accepted and its result can only be asked for; and, as documented,
    // the address is not looked at.
    let webhook = Query::of(&uri).get("webhook").map(str::to_owned);
    let client_id = caller.app.client_id;
    let job = Job { api: task.path, client_id, webhook, request_id, created_ms, heard: Heard::default(), finished: None };
    let plan = sandbox.faults().plan(task.path);
    sandbox.jobs().open(id.clone(), job);
    let run = work(Arc::clone(&sandbox), task, input, voices, id.clone());
    tokio::spawn(async move {
        if let Some(delivery) = run.await {
            callback::deliver_as_planned(sandbox, delivery, plan).await;
        }
    });
    let mut response = json_response(StatusCode::ACCEPTED, &json!({"jobId": id}));
    response.extensions_mut().insert(Submitted(id));
    Ok(response)
}

/// Works a job off; what is to be delivered, if anything.
async fn work(sandbox: Arc<Sandbox>, task: Task, input: Input, voices: Vec<(String, Voice)>, id: String) -> Option<Delivery> {
    let earliest = Instant::now() + sandbox.hurried(LATENCY).max(MIN_LATENCY);
    let outcome = match task.answer {
        Answer::FromText(answer) => Ok(answer(&input)),
        Answer::FromAudio(answer) => hear_and_answer(&sandbox, answer, input, voices).await,
    };
    sleep_until(earliest).await;
    let failure = outcome.as_ref().err().cloned();
    sandbox.jobs().finish(&id, outcome.map_err(|reason| failed(&reason)), sandbox.now_ms());
    let result = failure.map_or_else(|| "Success".to_owned(), |reason| format!("Fail ({reason})"));
    eprintln!("job {id} {result}");
    sandbox.jobs().delivery(&id)
}

async fn hear_and_answer(
    sandbox: &Arc<Sandbox>,
    answer: fn(&Input, &ai::Heard) -> Value,
    input: Input,
    voices: Vec<(String, Voice)>,
) -> Result<Value, String> {
    let file = sandbox.fetcher.fetch(input.text("contentUri").unwrap_or_default()).await?;
    let (audio, library) = (file.clone(), Arc::clone(sandbox));
    let listen = if voices.is_empty() { Listen::ForSpeech } else { Listen::ForVoices };
    let hearing = spawn_blocking(move || {
        let sound = audio::hear(audio, listen)?;
        let words = library.library.recognise(&sound);
        Ok::<_, String>(ai::Heard { sound, words, trouble: None, voices })
    });
    let mut heard = match timeout(MAX_DECODING, hearing).await {
        Ok(Ok(heard)) => heard?,
        Ok(Err(_)) => return Err("the audio broke the decoder".to_owned()),
        Err(_) => return Err("the audio took too long to decode".to_owned()),
    };
    if heard.words.is_none() {
        ask_transcriber(sandbox, &file, &mut heard).await;
    }
    let answering = spawn_blocking(move || answer(&input, &heard));
    answering.await.map_err(|_| "the answer could not be made".to_owned())
}

async fn ask_transcriber(sandbox: &Sandbox, file: &[u8], heard: &mut ai::Heard) {
    let Some(transcriber) = &sandbox.options.transcriber else { return };
    match transcriber.words(file).await {
        Ok(words) => heard.words = Some(Arc::new(words)),
        Err(trouble) => {
            eprintln!("transcriber: {trouble}");
            heard.trouble = Some(trouble);
        }
    }
}

/// Assumption: RingCentral's error for media that it cannot fetch or decode is unknown; it gets the attested error
/// for a bad `contentUri`, and the reason stands beside it.
fn failed(reason: &str) -> Value {
    let mut response = ai_errors("contentUri", "It should be a valid uri");
    response["sandbox"] = json!({"note": reason});
    response
}
