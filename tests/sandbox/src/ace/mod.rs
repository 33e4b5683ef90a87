//! AI Conversation Expert, which was RingSense: what RingCentral has found by itself in recorded calls and meetings.
//!
//! Nothing is submitted. Assumption: how long it takes is unknown; here a recording is analysed from when somebody first asks for it.

pub mod analyses;
pub mod findings;
pub mod sources;
pub mod subscriptions;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::errors::{Refusal, json_response};
use crate::gate::{Caller, Terms, guard};
use crate::limits::Group;
use crate::query::Query;
use crate::server::Sandbox;
use sources::Source;

const TERMS: Terms = Terms { group: Group::Light, permission: "RingSense", token_in_query: false };
/// What the user must be allowed.
const USER_PERMISSION: &str = "ReadRingSenseInsights";
const DOMAINS: [&str; 5] = ["pbx", "rcv", "rcx", "nice-incontact", "ms-teams"];

/// What a path names.
#[derive(Debug, Deserialize)]
struct Named {
    domain: String,
    id: String,
}

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let under = "/ai/ringsense/v1/public/accounts/{account}/domains/{domain}";
    let router = Router::new()
        .route(&format!("{under}/records/{{id}}/insights"), get(of_recording))
        .route(&format!("{under}/sessions/{{id}}/insights"), get(of_session));
    guard(router, sandbox, TERMS).merge(subscriptions::routes(sandbox))
}

async fn of_recording(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(caller): Extension<Caller>,
    Path(named): Path<Named>,
    uri: Uri,
) -> Result<Response, Refusal> {
    let found = found(&sandbox, &caller, &named, &uri, |source| source.record_id == named.id)?;
    let one = found.into_iter().next().ok_or_else(|| no_insights("sourceRecordId"))?;
    Ok(json_response(StatusCode::OK, &one))
}

async fn of_session(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(caller): Extension<Caller>,
    Path(named): Path<Named>,
    uri: Uri,
) -> Result<Response, Refusal> {
    let records = found(&sandbox, &caller, &named, &uri, |source| source.session_id == named.id)?;
    if records.is_empty() {
        return Err(no_insights("sourceSessionId"));
    }
    let last = records.len() - 1;
    let paging = json!({"page": 1, "perPage": 100, "pageStart": 0, "pageEnd": last, "totalPages": 1, "totalElements": last + 1,
        "sortableFields": []});
    Ok(json_response(StatusCode::OK, &json!({"records": records, "paging": paging})))
}

/// The insights of those recordings of a domain that are meant and have been analysed.
fn found(
    sandbox: &Arc<Sandbox>,
    caller: &Caller,
    named: &Named,
    uri: &Uri,
    is_meant: impl Fn(&Source<'_>) -> bool,
) -> Result<Vec<Value>, Refusal> {
    if !caller.app.users_may(USER_PERMISSION) {
        return Err(refusal(StatusCode::FORBIDDEN, "RAH-3005", "User does not have permission to access insights"));
    }
    if !DOMAINS.contains(&named.domain.as_str()) {
        return Err(Refusal::invalid_parameter("domain"));
    }
    let wanted = Query::of(uri);
    let wanted = wanted.among("insightTypes", &findings::TYPES)?;
    let sources = sources::all(sandbox).into_iter().filter(|source| source.domain == named.domain && is_meant(source));
    let analysed = sources.filter_map(|source| Some((sandbox.analyses().ready(&source.record_id, sandbox)?, source)));
    Ok(analysed.map(|(ready_ms, source)| source.to_json(ready_ms, &wanted)).collect())
}

/// Assumption: a recording that is not analysed yet and one that never will be get the same answer, as one that nobody knows does.
fn no_insights(parameter: &str) -> Refusal {
    refusal(StatusCode::NOT_FOUND, "RAH-3001", &format!("Call not found with {parameter}"))
}

fn refusal(status: StatusCode, code: &str, message: &str) -> Refusal {
    Refusal::platform(status, code, code, message)
}
