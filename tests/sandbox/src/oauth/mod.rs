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

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::errors::Refusal;
use crate::faults::line::Line;
use crate::faults::request::Asking;
use crate::gate::{counted, counted_as};
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

async fn token_endpoint(State(sandbox): State<Arc<Sandbox>>, on: Option<On>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Query::parse(&body);
    answered(&sandbox, ("/restapi/oauth/token", on), &headers, &form, |sandbox| {
        let app = client::authenticate(&headers, &form)?;
        token::issue(sandbox, app, &form)
    })
    .await
}

async fn revoke(State(sandbox): State<Arc<Sandbox>>, uri: Uri, on: Option<On>, headers: HeaderMap, body: Bytes) -> Response {
    let (form, query) = (Query::parse(&body), Query::of(&uri));
    answered(&sandbox, ("/restapi/oauth/revoke", on), &headers, &form, |sandbox| {
        let app = client::authenticate(&headers, &form)?;
        let Some(token) = form.get("token").or(query.get("token")) else {
            return Err(Refusal::oauth("invalid_request", "CMN-101", "Parameter [token] is missing"));
        };
        // A token that nobody has is as revoked as it can be: the answer is the same.
        sandbox.sessions().revoke(app, token);
        Ok(StatusCode::OK.into_response())
    })
    .await
}

/// The connection that a request came on.
type On = Extension<ConnectInfo<Line>>;

async fn answered(
    sandbox: &Sandbox,
    (path, on): (&str, Option<On>),
    headers: &HeaderMap,
    form: &Query,
    answer: impl FnOnce(&Sandbox) -> Result<Response, Refusal>,
) -> Response {
    let asking = Asking {
        met: sandbox.faults().meet(Some(Group::Auth), path),
        line: on.map(|Extension(ConnectInfo(line))| line),
        who: counted_as(&client::claimed_id(headers, form)),
        token: None,
    };
    let answer = async { answer(sandbox).unwrap_or_else(IntoResponse::into_response) };
    counted(sandbox, asking, Group::Auth, sandbox.now_ms(), answer).await
}
