//! RingCentral Video: the history of meetings, lists of their recordings, and the files themselves.

pub mod meetings;
pub mod page;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde_json::Value;

use crate::errors::{Refusal, json_response};
use crate::gate::{Caller, Terms, guard};
use crate::limits::Group;
use crate::media;
use crate::query::Query;
use crate::server::{Sandbox, base_url, check_account, check_extension};
use page::Page;

const TERMS: Terms = Terms { group: Group::Light, permission: "Video", token_in_query: false };
/// Of the lists of a whole account. Assumption: the permission that RingCentral asks the user for is unknown; whoever
/// may see the company's calls may see its meetings.
const ADMIN: &str = "FullCompanyCallLog";

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let lists = Router::new()
        .route("/rcvideo/v1/history/meetings", get(own))
        .route("/rcvideo/v1/history/meetings/{id}", get(single))
        .route("/rcvideo/v1/history/account/{account}/meetings", get(accounts))
        .route("/rcvideo/v1/account/{account}/extension/{extension}/recordings", get(own_recordings))
        .route("/rcvideo/v1/account/{account}/recordings", get(account_recordings));
    let content = Router::new().route("/rcvideo/v1/recordings/{id}", get(content));
    guard(lists, sandbox, TERMS).merge(guard(content, sandbox, Terms { token_in_query: true, ..TERMS }))
}

async fn own(State(sandbox): State<Arc<Sandbox>>, uri: Uri, headers: HeaderMap) -> Result<Response, Refusal> {
    history(&sandbox, &uri, &headers, ["startTime", "endTime"])
}

async fn accounts(
    State(sandbox): State<Arc<Sandbox>>,
    Path(account): Path<String>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_account(&account)?;
    caller.require(ADMIN)?;
    history(&sandbox, &uri, &headers, ["startTimeFrom", "startTimeTo"])
}

/// Both histories: they differ in the names of their time parameters.
fn history(sandbox: &Sandbox, uri: &Uri, headers: &HeaderMap, times: [&str; 2]) -> Result<Response, Refusal> {
    let query = Query::of(uri);
    let time = |name: &str, default: u64| {
        query.get(name).map_or(Ok(default), |text| text.parse().map_err(|_| Refusal::invalid_parameter(name)))
    };
    let (from_ms, to_ms) = (time(times[0], 0)?, time(times[1], u64::MAX)?);
    let text = query.get("text").unwrap_or_default().to_lowercase();
    let page = Page::read(&query)?;
    let base_url = base_url(headers);
    let mut meetings = meetings::all(sandbox);
    if query.get("orderBy").is_some_and(|order| order == "startTime") {
        meetings.reverse();
    }
    let recorded = query.all("materials").contains(&"Recordings");
    let shown: Vec<Value> = meetings
        .iter()
        .filter(|meeting| (from_ms..=to_ms).contains(&meeting.start_ms))
        .filter(|meeting| meeting.title.to_lowercase().contains(&text) && (!recorded || meeting.has_recordings()))
        .map(|meeting| meeting.to_json(&base_url))
        .collect();
    Ok(page.cut("meetings", shown))
}

async fn single(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    let meetings = meetings::all(&sandbox);
    let meeting = meetings.iter().find(|meeting| meeting.id == id).ok_or_else(|| Refusal::not_found("meetingId"))?;
    Ok(json_response(StatusCode::OK, &meeting.to_json(&base_url(&headers))))
}

async fn own_recordings(
    State(sandbox): State<Arc<Sandbox>>,
    Path((account, extension)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_account(&account)?;
    check_extension(&extension)?;
    recordings(&sandbox, &uri, &headers)
}

async fn account_recordings(
    State(sandbox): State<Arc<Sandbox>>,
    Path(account): Path<String>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_account(&account)?;
    caller.require(ADMIN)?;
    recordings(&sandbox, &uri, &headers)
}

fn recordings(sandbox: &Sandbox, uri: &Uri, headers: &HeaderMap) -> Result<Response, Refusal> {
    let page = Page::read(&Query::of(uri))?;
    let base_url = base_url(headers);
    let meetings = meetings::all(sandbox);
    Ok(page.cut("recordings", meetings.iter().flat_map(|meeting| meeting.cloud_recordings(&base_url)).collect()))
}

async fn content(
    State(sandbox): State<Arc<Sandbox>>,
    Path(id): Path<String>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let mut files = sandbox.library.meetings();
    let found = files.find(|(file, _)| meetings::address(file) == id).ok_or_else(|| Refusal::not_found("recordingId"))?;
    media::serve(found.0, &uri, &headers)
}
