//! `GET …/extension/{e}/call-log` and `GET …/account/{a}/call-log`: the user's and the company's calls.

pub mod calls;
pub mod filter;
pub mod page;
pub mod period;

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use axum::{Extension, Router};

use crate::errors::{Refusal, json_response};
use crate::gate::{Caller, Named, Terms, guard};
use crate::limits::Group;
use crate::oauth::apps::OWNER_ID;
use crate::query::Query;
use crate::server::{Sandbox, base_url};

const TERMS: Terms = Terms { group: Group::Heavy, permission: "ReadCallLog", token_in_query: false };

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let router = Router::new()
        .route("/restapi/v1.0/account/{account}/extension/{extension}/call-log", get(list))
        .route("/restapi/v1.0/account/{account}/extension/{extension}/call-log/{id}", get(single))
        .route("/restapi/v1.0/account/{account}/call-log", get(company));
    guard(router, sandbox, TERMS)
}

async fn list(State(sandbox): State<Arc<Sandbox>>, uri: Uri, headers: HeaderMap) -> Result<Response, Refusal> {
    answer(&sandbox, &uri, &headers, |call| call.extension.0 == OWNER_ID)
}

async fn company(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(caller): Extension<Caller>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    caller.require("FullCompanyCallLog")?;
    // Deleted calls are the user's own affair: the company's log has no `showDeleted`.
    answer(&sandbox, &uri, &headers, |call| !call.deleted)
}

fn answer(
    sandbox: &Sandbox,
    uri: &Uri,
    headers: &HeaderMap,
    belongs: impl Fn(&calls::LoggedCall<'_>) -> bool,
) -> Result<Response, Refusal> {
    let query = Query::of(uri);
    let filter = filter::Filter::read(&query, sandbox.now_ms())?;
    let base_url = base_url(headers);
    let matching: Vec<_> = calls::all(sandbox)
        .into_iter()
        .filter(|call| belongs(call) && filter.admits(call))
        .map(|call| call.record(&base_url, filter.detailed))
        .collect();
    let body = page::Page::read(&query, filter.period)?.cut(&matching, &format!("{base_url}{}", uri.path()), &query);
    Ok(json_response(StatusCode::OK, &body))
}

async fn single(
    State(sandbox): State<Arc<Sandbox>>,
    Path(Named { id }): Path<Named>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let detailed = filter::detailed(&Query::of(&uri))?;
    let calls = calls::all(&sandbox);
    let call = calls.iter().find(|call| call.id == id).ok_or_else(|| Refusal::not_found("callRecordId"))?;
    Ok(json_response(StatusCode::OK, &call.record(&base_url(&headers), detailed)))
}
