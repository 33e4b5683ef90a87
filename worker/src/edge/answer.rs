//! From a request to its answer: route, settings, access, the route's work, headers, one line in the log.

use super::{cors, headers};
use crate::clock::Clock;
use crate::config::Config;
use crate::edge::access::{Who, admit};
use crate::edge::address::Address;
use crate::edge::context::{RequestContext, shown};
use crate::edge::reply::Reply;
use crate::edge::router::{Found, Handler, find};
use crate::problem::Problem;
use crate::{log, random};
use worker::{Env, Request, Response};

/// Answers a request.
pub(crate) async fn answer(request: Request, env: &Env) -> worker::Result<Response> {
    let started_ms = Clock::REAL.now_ms();
    let request_id = random::id();
    let method = request.inner().method();
    let address = Address::of(&request.inner().url());
    let found = find(&method, &address.path);
    let route = found.name();
    let origin = request.headers().get("origin").ok().flatten();
    let config = Config::read(env);
    let outcome = api(request, env, &address, found, &config).await;
    let problem = outcome.as_ref().err().cloned();
    let reply = outcome.unwrap_or_else(|problem| Reply::error(&problem, &request_id));
    log::write(&log::Line {
        route,
        method: &method,
        status: reply.status,
        ms: Clock::REAL.now_ms() - started_ms,
        request_id: &request_id,
        code: problem.as_ref().map(Problem::code),
        cause: problem.as_ref().and_then(Problem::cause),
    });
    let reply = match &config {
        Ok(config) if may_cross(&address.path) => cors::allow(reply, config, origin.as_deref()),
        _ => reply,
    };
    seal(reply, &request_id).into_response()
}

/// Whether pages of other origins have any business there.
fn may_cross(path: &str) -> bool {
    !path.starts_with("/callbacks")
}

/// The headers that every answer of the API carries.
fn seal(reply: Reply, request_id: &str) -> Reply {
    reply.with("cache-control", "no-store").with("x-content-type-options", "nosniff").with("x-request-id", request_id)
}

async fn api(
    request: Request,
    env: &Env,
    address: &Address,
    found: Found<'_>,
    config: &Result<Config, Problem>,
) -> Result<Reply, Problem> {
    let (route, captured) = match found {
        Found::Route(route, captured) => (route, captured),
        Found::OtherMethods(methods) if request.inner().method() == "OPTIONS" && may_cross(&address.path) => {
            return Ok(cors::preflight(&methods));
        }
        Found::OtherMethods(allowed) => return Err(Problem::method_not_allowed(&allowed)),
        Found::Nothing => return Err(Problem::not_found("there is no such path")),
    };
    let handler = match route.handler {
        Handler::Always(answer) => return Ok(answer()),
        Handler::Admitted(answer) => answer,
    };
    let config = config.as_ref().map_err(Clone::clone)?;
    if !matches!(route.who, Who::Signed) {
        headers::check(request.headers())?; // of a delivery's, three are read and none is kept
    }
    let holder = admit(config, route.who, &shown(&request, address), captured.first().copied())?;
    handler(RequestContext { request, env, config, address, captured, holder }).await
}
