//! RingCentral Video: the history of meetings, lists of their recordings, and the files themselves.

pub mod meetings;
pub mod page;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use crate::clock::parse_iso;
use crate::errors::{Refusal, json_response};
use crate::gate::{Caller, Terms, guard};
use crate::limits::Group;
use crate::media;
use crate::query::Query;
use crate::server::{Sandbox, base_url};
use meetings::Meeting;
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
    let base_url = base_url(&headers);
    let query = Query::of(&uri);
    let unix_ms = |name: &str| read(&query, name, |text| text.parse().ok());
    let span = unix_ms("startTime")?.unwrap_or(0)..=unix_ms("endTime")?.unwrap_or(u64::MAX);
    let text = query.get("text").unwrap_or_default().to_lowercase();
    let recorded = query.all("materials").contains(&"Recordings");
    let is_asked = |meeting: &Meeting| {
        meeting.title.to_lowercase().contains(&text)
            && (!recorded || meeting.has_recordings())
            && span.contains(&meeting.start_ms)
    };
    let shown = meetings::all(&sandbox).into_iter().filter(is_asked).map(|meeting| meeting.to_json(&base_url)).collect();
    Ok(Page::read(&query)?.cut("meetings", shown))
}

async fn accounts(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
) -> Result<Response, Refusal> {
    caller.require(ADMIN)?;
    let query = Query::of(&uri);
    let time = |name: &str| read(&query, name, parse_iso);
    let span = time("startTimeFrom")?.unwrap_or(0)..=time("startTimeTo")?.unwrap_or(u64::MAX);
    let mut meetings = meetings::all(&sandbox);
    // A plus stands for a space in a query.
    match query.get("orderBy").unwrap_or("-startTime").trim() {
        "-startTime" => {}
        "startTime" | "+startTime" => meetings.reverse(),
        _ => return Err(Refusal::invalid_parameter("orderBy")),
    }
    let shown = meetings.iter().filter(|meeting| span.contains(&meeting.start_ms)).map(Meeting::to_admin_json).collect();
    Ok(Page::read(&query)?.cut("meetings", shown))
}

/// A parameter, where it is given, or 400 that names it.
fn read(query: &Query, name: &str, parse: impl Fn(&str) -> Option<u64>) -> Result<Option<u64>, Refusal> {
    let parsed = query.get(name).map(|text| parse(text).ok_or_else(|| Refusal::invalid_parameter(name)));
    parsed.transpose()
}

async fn single(State(sandbox): State<Arc<Sandbox>>, Path(id): Path<String>, headers: HeaderMap) -> Result<Response, Refusal> {
    let meetings = meetings::all(&sandbox);
    let meeting = meetings.iter().find(|meeting| meeting.id == id).ok_or_else(|| Refusal::not_found("meetingId"))?;
    Ok(json_response(StatusCode::OK, &meeting.to_json(&base_url(&headers))))
}

async fn own_recordings(State(sandbox): State<Arc<Sandbox>>, uri: Uri, headers: HeaderMap) -> Result<Response, Refusal> {
    let page = Page::read(&Query::of(&uri))?;
    let base_url = base_url(&headers);
    let meetings = meetings::all(&sandbox);
    Ok(page.cut("recordings", meetings.iter().flat_map(|meeting| meeting.cloud_recordings(&base_url)).collect()))
}

async fn account_recordings(
    sandbox: State<Arc<Sandbox>>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller.require(ADMIN)?;
    // There is one user here: what is the account's is the user's own.
    own_recordings(sandbox, uri, headers).await
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
