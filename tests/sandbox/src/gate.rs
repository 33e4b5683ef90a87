//! The way in to every API endpoint but the token endpoint: access token, rate limit, app permission, and whose account and
//! extension the path names, in this order.

use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, RawPathParams, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::errors::Refusal;
use crate::faults::line::Line;
use crate::faults::request::Asking;
use crate::limits::Group;
use crate::oauth::apps::{ACCOUNT_ID, App, OWNER_ID};
use crate::oauth::sessions::Lookup;
use crate::query::Query;
use crate::server::Sandbox;

/// Whose token came with a request; an extension of every request that passed a gate.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The app that logged in.
    pub app: &'static App,
}

impl Caller {
    /// Asks for a permission that the user must have, beside those of the app.
    ///
    /// # Errors
    /// 403 that names it.
    pub fn require(&self, user_permission: &str) -> Result<(), Refusal> {
        if self.app.users_may(user_permission) { Ok(()) } else { Err(Refusal::missing_user_permission(user_permission)) }
    }
}

/// The one thing that a path names beside an account and an extension.
#[derive(Debug, Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
}

/// What an endpoint asks of its callers.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The group it is counted in.
    pub group: Group,
    /// The permission that the app must have.
    pub permission: &'static str,
    /// `?access_token=` is accepted: on media only, as RingCentral documents.
    pub token_in_query: bool,
}

/// Puts a gate before all routes of `router`.
pub fn guard(router: Router<Arc<Sandbox>>, sandbox: &Arc<Sandbox>, terms: Terms) -> Router<Arc<Sandbox>> {
    router.route_layer(from_fn_with_state((Arc::clone(sandbox), terms), pass))
}

async fn pass(
    State((sandbox, terms)): State<(Arc<Sandbox>, Terms)>,
    path: RawPathParams,
    mut request: Request,
    next: Next,
) -> Response {
    let now_ms = sandbox.now_ms();
    let app = match caller(&sandbox, terms, &request, now_ms) {
        Ok(app) => app,
        Err(refusal) => return refusal.into_response(),
    };
    let asking = Asking {
        met: sandbox.faults().meet(Some(terms.group), request.uri().path()),
        line: request.extensions().get::<ConnectInfo<Line>>().map(|ConnectInfo(line)| line.clone()),
        who: counted_as(app.client_id),
        token: token(terms, &request),
    };
    let answer = async move {
        if !app.may(terms.permission) {
            Refusal::missing_permission(terms.permission).into_response()
        } else if let Some(stranger) = stranger(&path) {
            Refusal::not_found(stranger).into_response()
        } else {
            request.extensions_mut().insert(Caller { app });
            next.run(request).await
        }
    };
    counted(&sandbox, asking, terms.group, now_ms, answer).await
}

/// Counts a request, and answers it if the rate limit admits it.
pub async fn counted(
    sandbox: &Sandbox,
    asking: Asking,
    group: Group,
    now_ms: u64,
    answer: impl Future<Output = Response>,
) -> Response {
    let who = asking.who.clone();
    let mut verdict = sandbox.limits().take(&who, group, now_ms);
    let trouble = |status| Refusal::unavailable(status).into_response();
    let answered = if verdict.admitted { asking.answered(sandbox, answer, trouble).await } else { None };
    let mut response = answered.unwrap_or_else(|| {
        if verdict.admitted {
            verdict = sandbox.limits().punish(&who, group, sandbox.now_ms());
        }
        Refusal::rate_limited().into_response()
    });
    verdict.mark(&mut response);
    response.extensions_mut().insert(CountedAs(who));
    response
}

/// The name under which a request was counted; an extension of its answer.
#[derive(Debug, Clone)]
pub struct CountedAs(pub String);

/// The parameter that names another account or extension than the ones that there are; `~` stands for either.
fn stranger(path: &RawPathParams) -> Option<&'static str> {
    let known = [("account", ACCOUNT_ID, "accountId"), ("extension", OWNER_ID, "extensionId")];
    let other = |(name, own, told): (&str, &str, &'static str)| {
        path.iter().any(|(given, value)| given == name && value != "~" && value != own).then_some(told)
    };
    known.into_iter().find_map(other)
}

/// The name under which a user's requests through an app are counted.
#[must_use]
pub fn counted_as(client_id: &str) -> String {
    format!("{OWNER_ID} {client_id}")
}

fn caller(sandbox: &Sandbox, terms: Terms, request: &Request, now_ms: u64) -> Result<&'static App, Refusal> {
    let refuse = |top: &str, code: &str, message: &str| Refusal::platform(StatusCode::UNAUTHORIZED, top, code, message);
    let Some(token) = token(terms, request) else { return Err(refuse("CMN-405", "CMN-405", "Login to extension required")) };
    match sandbox.sessions().use_access_token(&token, now_ms) {
        Lookup::Valid(app) => Ok(app),
        Lookup::Expired => Err(refuse("TokenExpired", "OAU-128", "Access token expired")),
        Lookup::Unknown => Err(Refusal::unknown_token()),
    }
}

fn token(terms: Terms, request: &Request) -> Option<String> {
    let in_query = || Query::of(request.uri()).get("access_token").map(str::to_owned).filter(|_| terms.token_in_query);
    bearer(request.headers()).map(str::to_owned).or_else(in_query)
}

/// The token of an `Authorization` header; clients write `bearer`, `Bearer` and worse.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
