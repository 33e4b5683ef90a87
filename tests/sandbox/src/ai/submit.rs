//! `POST /ai/…/async/…?webhook=`: checks a job, answers 202 with its id, and works it off.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use crate::ai::habit::HABIT;
use crate::ai::input::Input;
use crate::ai::{Answer, Task, envelope};
use crate::callback::{self, Delivery, Webhook};
use crate::errors::{Refusal, ai_errors, json_response};
use crate::faults::request::Submitted;
use crate::gate::Caller;
use crate::hearing::{Heard, hear};
use crate::jobs::Job;
use crate::query::Query;
use crate::server::{RequestId, Sandbox};
use audio::voice::Voice;

/// How long a job takes at least; `--speed` divides it.
const LATENCY: Duration = Duration::from_secs(2);
/// Never shorter than this: whoever polls right after the submit must see the job running.
const MIN_LATENCY: Duration = Duration::from_millis(400);

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
    let webhook = Query::of(&uri).get("webhook").map(|address| webhook(address, &request_id));
    let job = Job::new(task.path, caller.app.client_id, webhook, created_ms);
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
    let now_ms = sandbox.now_ms();
    let mut jobs = sandbox.jobs();
    let body = envelope::finished(&id, jobs.find(&id)?, outcome.map_err(|reason| failed(&reason)), now_ms);
    jobs.finish(&id, body);
    let result = failure.map_or_else(|| "Success".to_owned(), |reason| format!("Fail ({reason})"));
    eprintln!("job {id} {result}");
    jobs.delivery(&id)
}

async fn hear_and_answer(
    sandbox: &Arc<Sandbox>,
    answer: fn(&Input, &Heard) -> Value,
    input: Input,
    voices: Vec<(String, Voice)>,
) -> Result<Value, String> {
    let file = sandbox.fetcher.fetch(input.text("contentUri").unwrap_or_default()).await.map_err(|failure| failure.reason)?;
    let heard = hear(sandbox, file, voices).await?;
    let answering = spawn_blocking(move || answer(&input, &heard));
    answering.await.map_err(|_| "the answer could not be made".to_owned())
}

fn webhook(address: &str, request_id: &str) -> Webhook {
    let mut headers = HeaderMap::new();
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert("rcrequestid", id);
    }
    Webhook { address: address.to_owned(), method: Method::POST, headers, habit: &HABIT }
}

/// Assumption: RingCentral's error for media that it cannot fetch or decode is unknown; it gets the attested error
/// for a bad `contentUri`, and the reason stands beside it.
fn failed(reason: &str) -> Value {
    let mut response = ai_errors("contentUri", "It should be a valid uri");
    response["sandbox"] = json!({"note": reason});
    response
}
