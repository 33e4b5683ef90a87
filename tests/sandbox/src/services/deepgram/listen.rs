//! `POST /v1/listen`: what is spoken in a file, or in the media at an address.

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use super::SERVICE;
use super::callback::webhook;
use super::options::Options;
use super::refusal::Refused;
use super::response::{Request, response};
use crate::callback::deliver_as_planned;
use crate::errors::json_response;
use crate::faults::request::Submitted;
use crate::fetch::Failure;
use crate::hearing::hear;
use crate::jobs::Job;
use crate::query::Query;
use crate::server::{RequestId, Sandbox};

const PATH: &str = "/deepgram/v1/listen";
/// How long a request with a callback takes at least; `--speed` divides it.
const LATENCY: Duration = Duration::from_secs(2);
/// How many requests of a project it works on at the same time; `--limits` says how many times as many.
const AT_ONCE: usize = 50;

/// What to listen to.
enum Media {
    At(String),
    File(Bytes),
}

/// Answers a request, or takes it and calls back.
pub async fn listen(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(RequestId(id)): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let query = Query::of(&uri);
    let mut response = match take(&sandbox, &id, &query, Media::read(&headers, body)).await {
        Ok(answer) => json_response(StatusCode::OK, &answer),
        Err(refused) => refused.response(&id),
    };
    response.extensions_mut().insert(Submitted(id));
    response
}

async fn take(sandbox: &Arc<Sandbox>, id: &str, query: &Query, media: Result<Media, Refused>) -> Result<Value, Refused> {
    let options = Options::read(query)?;
    let webhook = webhook(query)?;
    let media = media?;
    if sandbox.jobs().running(SERVICE.name) >= AT_ONCE * sandbox.options.limit_factor as usize {
        return Err(Refused::too_many());
    }
    let (created_ms, is_called_back) = (sandbox.now_ms(), webhook.is_some());
    sandbox.jobs().open(id.to_owned(), Job::new(PATH, SERVICE.name, webhook, created_ms));
    let work = work(Arc::clone(sandbox), options, media, id.to_owned(), created_ms);
    if !is_called_back {
        let answer = work.await;
        let body = answer.as_ref().map_or_else(|refused| refused.body(id).to_string(), Value::to_string);
        sandbox.jobs().finish(id, body.into());
        return answer;
    }
    let plan = sandbox.faults().plan(PATH);
    let (sandbox, job_id) = (Arc::clone(sandbox), id.to_owned());
    let earliest = Instant::now() + sandbox.hurried(LATENCY);
    tokio::spawn(async move {
        // A request that fails after it was taken is told to the callback: its answer is the error.
        let answer = work.await.unwrap_or_else(|refused| refused.body(&job_id));
        sleep_until(earliest).await;
        sandbox.jobs().finish(&job_id, answer.to_string().into());
        let delivery = sandbox.jobs().delivery(&job_id);
        if let Some(delivery) = delivery {
            deliver_as_planned(sandbox, delivery, plan).await;
        }
    });
    Ok(json!({ "request_id": id }))
}

impl Media {
    fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Self, Refused> {
        let body = body.map_err(|_| Refused::too_large())?;
        let is_json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        if !is_json {
            return Ok(Self::File(body));
        }
        let fields: Value = serde_json::from_slice(&body).map_err(|_| Refused::bad_json())?;
        fields["url"].as_str().map(|url| Self::At(url.to_owned())).ok_or_else(Refused::bad_json)
    }
}

async fn work(sandbox: Arc<Sandbox>, options: Options, media: Media, id: String, created_ms: u64) -> Result<Value, Refused> {
    let file = match media {
        Media::File(file) => file,
        Media::At(url) => sandbox.fetcher.fetch(&url).await.map_err(|failure| not_fetched(&failure))?,
    };
    let corrupt = |_| Refused::bad_request("failed to process audio: corrupt or unsupported data");
    let heard = hear(&sandbox, file.clone(), Vec::new()).await.map_err(corrupt)?;
    let request = Request { id, created_ms, file };
    let answering = spawn_blocking(move || response(&request, &options, &heard));
    answering.await.map_err(|_| Refused::bad_request("the answer could not be made"))
}

/// Assumption: what Deepgram says where it is no answer of the server's that is the reason.
fn not_fetched(failure: &Failure) -> Refused {
    let message = match failure.status {
        Some(status) if status.is_client_error() => {
            format!("The remote server hosting the media returned a client error: {status}.")
        }
        Some(status) => format!("The remote server hosting the media returned a server error: {status}."),
        None => format!("The remote media could not be downloaded: {}.", failure.reason),
    };
    Refused::remote_content(message)
}
