//! The way in to a service: its key, then whatever goes wrong.

use std::sync::Arc;

use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

use crate::faults::line::Line;
use crate::faults::request::Asking;
use crate::fetch::MAX_BYTES;
use crate::gate::CountedAs;
use crate::server::{RequestId, Sandbox};

/// The key that is right for every service.
const KEY: &str = "sandbox-key";
/// The key of an account without credit.
const KEY_WITHOUT_CREDIT: &str = "sandbox-nocredit";
/// When to come again after a 429. Assumption: no service says how long it is.
const RETRY_AFTER_S: u64 = 2;

/// One service.
#[derive(Debug)]
pub struct Service {
    /// Its name in the journal.
    pub name: &'static str,
    /// How its paths begin here.
    pub path: &'static str,
    /// The key that a request came with.
    pub key: fn(&HeaderMap) -> Option<&str>,
    /// Its answer to what it refuses whatever was asked.
    pub refuse: fn(Trouble, &str) -> Response,
}

/// Why a request is refused before anybody looks at it; with it goes the id of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// There is no key.
    NoKey,
    /// The key is none of the account's.
    WrongKey,
    /// The account has no credit.
    NoCredit,
    /// It is one request too many.
    TooMany,
    /// The server is in trouble.
    Server(StatusCode),
    /// There is nothing at that path, or not by that method.
    UnknownPath,
}

/// Puts a service's door before all routes of `router`, whose paths begin with its own.
pub fn guard(router: Router<Arc<Sandbox>>, sandbox: &Arc<Sandbox>, service: &'static Service) -> Router<Arc<Sandbox>> {
    let unknown = move |request: Request| async move { (service.refuse)(Trouble::UnknownPath, &id_of(&request)) };
    let router =
        router.layer(DefaultBodyLimit::max(MAX_BYTES)).route_layer(from_fn_with_state((Arc::clone(sandbox), service), pass));
    Router::new().nest(service.path, router.fallback(unknown).method_not_allowed_fallback(unknown))
}

async fn pass(State((sandbox, service)): State<(Arc<Sandbox>, &'static Service)>, request: Request, next: Next) -> Response {
    let id = id_of(&request);
    let wrong = match (service.key)(request.headers()) {
        Some(KEY) => None,
        Some(KEY_WITHOUT_CREDIT) => Some(Trouble::NoCredit),
        Some(_) => Some(Trouble::WrongKey),
        None => Some(Trouble::NoKey),
    };
    let path = format!("{}{}", service.path, request.uri().path());
    let asking = Asking {
        met: sandbox.faults().meet(None, &path),
        line: request.extensions().get::<ConnectInfo<Line>>().map(|ConnectInfo(line)| line.clone()),
        who: service.name.to_owned(),
        token: None,
    };
    let answer = async {
        match wrong {
            Some(trouble) => (service.refuse)(trouble, &id),
            None => next.run(request).await,
        }
    };
    let trouble = |status| (service.refuse)(Trouble::Server(status), &id);
    let mut response = asking.answered(&sandbox, answer, trouble).await.unwrap_or_else(|| too_many(service, &id));
    response.extensions_mut().insert(CountedAs(service.name.to_owned()));
    response
}

fn too_many(service: &Service, id: &str) -> Response {
    let mut response = (service.refuse)(Trouble::TooMany, id);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(RETRY_AFTER_S));
    response
}

fn id_of(request: &Request) -> String {
    request.extensions().get::<RequestId>().map(|RequestId(id)| id.clone()).unwrap_or_default()
}

/// The key in an `Authorization` header that begins with a word.
#[must_use]
pub fn key_after<'a>(headers: &'a HeaderMap, words: &[&str]) -> Option<&'a str> {
    let (word, key) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    words.iter().any(|known| word.eq_ignore_ascii_case(known)).then(|| key.trim())
}
