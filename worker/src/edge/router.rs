//! The routes, as a table: which path and method, under which name in the log, for whom, and what answers.

use super::routes;
use crate::edge::access::Who;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use futures_util::future::LocalBoxFuture;
use ringcentral_ai::engine::ringcentral::served;

/// What answers a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handler {
    /// It answers anyone, whatever the settings are.
    Always(fn() -> Reply),
    /// It answers whom the route is for.
    Admitted(for<'a> fn(RequestContext<'a>) -> LocalBoxFuture<'a, Result<Reply, Problem>>),
}

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Route {
    pub(super) method: &'static str,
    /// Segments; `{name}` stands for one that is captured, or for its end.
    pub(super) pattern: &'static str,
    /// Its name in the log, and of the file that answers.
    pub(super) name: &'static str,
    /// Whom it is for.
    pub(crate) who: Who,
    /// What answers.
    pub(crate) handler: Handler,
}

/// The table: whom a route is for, its method and path, and the file that answers.
macro_rules! routes {
    ($($who:ident $method:ident $pattern:expr => $name:ident $($always:ident)?;)*) => {
        pub(super) const ROUTES: &[Route] = &[$(Route {
            method: stringify!($method),
            pattern: $pattern,
            name: stringify!($name),
            who: Who::$who,
            handler: routes!(@handler $name $($always)?),
        }),*];
    };
    (@handler $name:ident always) => { Handler::Always(routes::$name::answer) };
    (@handler $name:ident) => { Handler::Admitted(|context| Box::pin(routes::$name::answer(context))) };
}

routes! {
    SUBMIT       POST    "/v1/jobs" => submit_job;
    READ         GET     "/v1/jobs" => list_jobs;
    Reader       GET     "/v1/jobs/{id}" => get_job;
    Reader       GET     "/v1/jobs/{id}/events" => watch_job;
    SUBMIT       PATCH   "/v1/jobs/{id}" => call_job;
    SUBMIT       DELETE  "/v1/jobs/{id}" => delete_job;
    SUBMIT       POST    "/v1/jobs/{id}/retry" => retry_job;
    LinkedReader GET     "/v1/jobs/{id}/result" => get_result;
    LinkedReader GET     "/v1/jobs/{id}/media" => get_media;
    LinkedReader GET     "/v1/jobs/{id}/transcript.{format}" => get_transcript;
    RESERVE      POST    "/v1/callbacks" => reserve_callback;
    RESERVE      PUT     "/v1/callbacks/{id}" => bind_callback;
    SUBMIT       POST    "/v1/uploads" => begin_upload;
    SUBMIT       GET     "/v1/uploads/{id}" => get_upload;
    SUBMIT       DELETE  "/v1/uploads/{id}" => delete_upload;
    SUBMIT       PUT     "/v1/uploads/{id}/parts/{part}" => put_part;
    SUBMIT       POST    "/v1/uploads/{id}/complete" => complete_upload;
    LinkedReader GET     "/v1/jobs/{id}/raw" => get_raw;
    READ         GET     "/v1/engines" => list_engines;
    READ         GET     "/v1/recordings" => list_recordings;
    ADMIN        GET     "/v1/dead-letters" => list_dead_letters;
    ADMIN        GET     "/v1/dead-letters/{id}" => get_dead_letter;
    ADMIN        POST    "/v1/dead-letters/{id}/replay" => replay_dead_letter;
    ADMIN        GET     "/v1/notify-keys" => get_notify_keys;
    ADMIN        GET     "/v1/stats" => get_stats;
    CLIENT_SUBMIT POST   served::SUBMIT => submit_as_ringcentral;
    CLIENT_READ  GET     served::STATUS => get_status;
    Signed       POST    "/callbacks/{id}/{attempt}/{signature}" => take_callback;
    Teller       POST    "/events/{engine}/{signature}" => take_event;
    Fetcher      GET     "/media/{id}/{expires}/{signature}/{name}" => relay_media;
    Anyone       GET     "/healthz" => health always;
}

/// What a method and a path mean.
#[derive(Debug)]
pub(crate) enum Found<'p> {
    /// A route, and what its path captured.
    Route(&'static Route, Vec<&'p str>),
    /// The path is there for these methods only.
    OtherMethods(String),
    /// The path is not there. The console's files and the API's description never come here: the platform serves them by itself.
    Nothing,
}

impl Found<'_> {
    /// What the log calls it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Route(route, _) => route.name,
            Self::OtherMethods(_) | Self::Nothing => "none",
        }
    }

    /// Whether it is where results are delivered to.
    pub(crate) const fn is_delivery(&self) -> bool {
        matches!(self, Self::Route(Route { who: Who::Signed, .. }, _))
    }
}

/// Finds the route; `HEAD` is a `GET` whose body the platform leaves out.
pub(crate) fn find<'p>(method: &str, path: &'p str) -> Found<'p> {
    let method = if method == "HEAD" { "GET" } else { method };
    let mut allowed: Vec<&str> = Vec::new();
    for route in ROUTES {
        let Some(captured) = capture(route.pattern, path) else { continue };
        if route.method == method {
            return Found::Route(route, captured);
        }
        allowed.push(if route.method == "GET" { "GET, HEAD" } else { route.method });
    }
    if allowed.is_empty() { Found::Nothing } else { Found::OtherMethods(allowed.join(", ")) }
}

fn capture<'p>(pattern: &str, path: &'p str) -> Option<Vec<&'p str>> {
    let mut captured = Vec::new();
    let mut segments = path.split('/');
    for expected in pattern.split('/') {
        let segment = segments.next()?;
        match expected.split_once('{') {
            Some((beginning, _)) => captured.push(segment.strip_prefix(beginning).filter(|rest| !rest.is_empty())?),
            None if expected == segment => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(captured)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(method: &str, path: &str) -> String {
        match find(method, path) {
            Found::Route(route, captured) => format!("{} {}", route.name, captured.join(",")),
            Found::OtherMethods(allowed) => format!("405 {allowed}"),
            Found::Nothing => "404".into(),
        }
    }

    #[test]
    fn a_path_and_a_method_find_their_route() {
        let submit = served::SUBMIT.replace("{group}", "text").replace("{task}", "punctuate");
        let status = served::STATUS.replace("{id}", "7");
        let table = [
            ("POST", "/v1/jobs", "submit_job "),
            ("GET", "/v1/jobs/7", "get_job 7"),
            ("HEAD", "/v1/jobs/7", "get_job 7"),
            ("GET", "/v1/jobs/7/result", "get_result 7"),
            ("GET", "/v1/jobs/7/transcript.srt", "get_transcript 7,srt"),
            ("POST", "/callbacks/7/1/ab", "take_callback 7,1,ab"),
            ("GET", "/healthz", "health "),
            ("POST", &submit, "submit_as_ringcentral text,punctuate"),
            ("GET", &submit, "405 POST"),
            ("GET", &status, "get_status 7"),
            ("GET", "/v1/jobs", "list_jobs "),
            ("PUT", "/v1/jobs", "405 POST, GET, HEAD"),
            ("PATCH", "/v1/jobs/7", "call_job 7"),
            ("PUT", "/v1/callbacks/7", "bind_callback 7"),
            ("PUT", "/v1/jobs/7", "405 GET, HEAD, PATCH, DELETE"),
            ("GET", "/callbacks/7/1/ab", "405 POST"),
            ("GET", "/v1/jobs/", "404"),
            ("GET", "/v1/jobs/7/", "404"),
            ("GET", "/v1/jobs/7/transcript.", "404"),
            ("GET", "/v1/jobs/7/events", "watch_job 7"),
            ("GET", "/v1/jobs/7/words", "404"),
            ("POST", "/callbacks/7/1", "404"),
            ("POST", "/events/ace/ab", "take_event ace,ab"),
            ("GET", "/v1", "404"),
            ("GET", "/", "404"),
            ("GET", "/assets/index.js", "404"),
        ];
        for (method, path, expected) in table {
            assert_eq!(found(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn every_path_of_the_table_knows_its_methods() {
        for route in ROUTES {
            assert!(matches!(find("TRACE", &route.pattern.replace(['{', '}'], "")), Found::OtherMethods(_)), "{}", route.pattern);
        }
    }
}
