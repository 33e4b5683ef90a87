//! OAuth: who may log in, what they get, how long it lives.
//!
//! Every grant type is one function in `token`; `client` finds out which app is asking.

pub mod apps;
pub mod authorize;
pub mod client;
pub mod discovery;
pub mod sessions;
pub mod token;

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use crate::clock::now_ms;
use crate::errors::Refusal;
use crate::gate::counted_as;
use crate::limits::Group;
use crate::query::Query;
use crate::server::Sandbox;

/// The routes of this room. They carry no access token, so they count their callers themselves.
pub fn routes() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/restapi/oauth/token", post(token_endpoint))
        .route("/restapi/oauth/revoke", post(revoke))
        .route("/restapi/oauth/authorize", get(authorize::ask).post(authorize::sign_in))
        .route("/.well-known/openid-configuration", get(discovery::configuration))
}

async fn token_endpoint(State(sandbox): State<Arc<Sandbox>>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Query::parse(&body);
    counted(&sandbox, &headers, &form, |sandbox| {
        let app = client::authenticate(&headers, &form)?;
        token::issue(sandbox, app, &form)
    })
}

async fn revoke(State(sandbox): State<Arc<Sandbox>>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let (form, query) = (Query::parse(&body), Query::of(&uri));
    counted(&sandbox, &headers, &form, |sandbox| {
        let app = client::authenticate(&headers, &form)?;
        let Some(token) = form.get("token").or(query.get("token")) else {
            return Err(Refusal::oauth("invalid_request", "CMN-101", "Parameter [token] is missing"));
        };
        // A token that nobody has is as revoked as it can be: the answer is the same.
        sandbox.sessions().revoke(app, token);
        Ok(StatusCode::OK.into_response())
    })
}

fn counted(
    sandbox: &Sandbox,
    headers: &HeaderMap,
    form: &Query,
    answer: impl FnOnce(&Sandbox) -> Result<Response, Refusal>,
) -> Response {
    let who = counted_as(&client::claimed_id(headers, form));
    let verdict = sandbox.limits().take(&who, Group::Auth, now_ms());
    let answer = if verdict.admitted { answer(sandbox) } else { Err(Refusal::rate_limited()) };
    let mut response = answer.unwrap_or_else(IntoResponse::into_response);
    verdict.mark(&mut response);
    response
}
