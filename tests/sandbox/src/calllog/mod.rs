//! `GET /restapi/v1.0/account/{a}/extension/{e}/call-log`: the user's calls, filtered and paged.

pub mod calls;
pub mod filter;
pub mod page;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;

use crate::clock::now_ms;
use crate::errors::{Refusal, json_response};
use crate::gate::{Terms, guard};
use crate::limits::Group;
use crate::query::Query;
use crate::server::{Sandbox, base_url, check_account, check_extension};

const TERMS: Terms = Terms { group: Group::Heavy, permission: "ReadCallLog", token_in_query: false };

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let router = Router::new()
        .route("/restapi/v1.0/account/{account}/extension/{extension}/call-log", get(list))
        .route("/restapi/v1.0/account/{account}/extension/{extension}/call-log/{id}", get(single));
    guard(router, sandbox, TERMS)
}

async fn list(
    State(sandbox): State<Arc<Sandbox>>,
    Path((account, extension)): Path<(String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_account(&account)?;
    check_extension(&extension)?;
    let query = Query::of(&uri);
    let filter = filter::Filter::read(&query, now_ms())?;
    let base_url = base_url(&headers);
    let matching: Vec<_> = calls::all(&sandbox)
        .into_iter()
        .filter(|call| filter.admits(call))
        .map(|call| call.record(&base_url, filter.detailed))
        .collect();
    let page = page::Page::read(&query)?;
    let body = page.cut(&matching, &format!("{base_url}{}", uri.path()), &query, &filter);
    Ok(json_response(StatusCode::OK, &body))
}

async fn single(
    State(sandbox): State<Arc<Sandbox>>,
    Path((account, extension, id)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    check_account(&account)?;
    check_extension(&extension)?;
    let detailed = filter::detailed(&Query::of(&uri))?;
    let calls = calls::all(&sandbox);
    let call = calls.iter().find(|call| call.id == id).ok_or_else(|| Refusal::not_found("callRecordId"))?;
    Ok(json_response(StatusCode::OK, &call.record(&base_url(&headers), detailed)))
}
