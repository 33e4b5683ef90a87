//! From a request to its answer: route, settings, access, the route's work, headers, one line in the log.

use super::{cors, headers, rejections, users};
use crate::clock::Clock;
use crate::config::Config;
use crate::edge::access::{Who, admit};
use crate::edge::address::Address;
use crate::edge::context::{RequestContext, shown};
use crate::edge::reply::Reply;
use crate::edge::router::{Found, Handler, find};
use crate::problem::Problem;
use crate::{log, request_id};
use ringcentral_ai::engine::ringcentral::served::is_served;
use std::rc::Rc;
use worker::{Context, Env, Request, Response};

/// Answers a request.
pub(crate) async fn answer(request: Request, env: &Env, context: &Context) -> worker::Result<Response> {
    let received = Received::of(&request, env);
    let found = find(&received.method, &received.address.path);
    let (route, is_delivery) = (found.name(), found.is_delivery());
    let work = api(request, env, context, &received.address, found, &received.config);
    let outcome = request_id::within(Some(Rc::clone(&received.id)), work).await;
    if let Some(problem) = outcome.as_ref().err().filter(|_| is_delivery) {
        rejections::count(problem, env, context);
    }
    received.answered(route, outcome)
}

/// Answers a request whose own answer was lost with the instance that worked on it.
pub(crate) fn interrupted(request: &Request, env: &Env) -> worker::Result<Response> {
    let received = Received::of(request, env);
    let route = find(&received.method, &received.address.path).name();
    received.answered(route, Err(Problem::interrupted()))
}

/// A request, as far as all answers need it.
struct Received {
    started_ms: u64,
    id: Rc<str>,
    method: String,
    address: Address,
    origin: Option<String>,
    config: Result<Rc<Config>, Problem>,
}

impl Received {
    fn of(request: &Request, env: &Env) -> Self {
        let address = Address::of(&request.inner().url());
        Self {
            started_ms: Clock::REAL.now_ms(),
            id: request_id::of(request.headers().get("x-request-id").ok().flatten().as_deref()),
            method: request.inner().method(),
            origin: request.headers().get("origin").ok().flatten(),
            config: Config::of_isolate(env),
            address,
        }
    }

    fn answered(&self, route: &str, outcome: Result<Reply, Problem>) -> worker::Result<Response> {
        let problem = outcome.as_ref().err().cloned();
        let is_ringcentrals = is_served(&self.address.path);
        let reply = outcome
            .unwrap_or_else(|problem| if is_ringcentrals { Reply::refusal(&problem) } else { Reply::error(&problem, &self.id) });
        log::write(&log::Line {
            route,
            method: &self.method,
            status: reply.status,
            ms: Clock::REAL.now_ms() - self.started_ms,
            request_id: &self.id,
            code: problem.as_ref().map(Problem::code),
            cause: problem.as_ref().and_then(Problem::cause),
        });
        let reply = match &self.config {
            Ok(config) if may_cross(&self.address.path) => cors::allow(reply, config, self.origin.as_deref(), is_ringcentrals),
            _ => reply,
        };
        seal(reply, &self.id).into_response()
    }
}

/// Whether pages of other origins have any business there.
fn may_cross(path: &str) -> bool {
    !["/callbacks", "/events", "/media"].iter().any(|own| path.starts_with(own))
}

/// What an answer may do in a browser: it comes from the console's origin, and whoever has a job done decides what is in its media.
const POLICY: &str = "default-src 'none'; media-src 'self'; sandbox";

/// The headers that every answer of the API carries.
fn seal(reply: Reply, request_id: &str) -> Reply {
    let reply = reply.with("content-security-policy", POLICY);
    reply.with("cache-control", "no-store").with("x-content-type-options", "nosniff").with("x-request-id", request_id)
}

async fn api(
    request: Request,
    env: &Env,
    platform: &Context,
    address: &Address,
    found: Found<'_>,
    config: &Result<Rc<Config>, Problem>,
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
    let shown = shown(&request, address);
    let holder = match admit(config, route.who, &shown, captured.first().copied()) {
        Ok(holder) => holder,
        Err(problem) => users::admit(env, route.who, &shown, problem).await?,
    };
    handler(RequestContext { request, env, platform, config, address, captured, holder }).await
}
