//! The routes, as a table: which path and method, under which name in the log, for whom, and what answers.

use super::routes;
use crate::edge::access::Who;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::tokens::Scope;
use futures_util::future::LocalBoxFuture;

/// What answers a request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Handler {
    /// It answers anyone, whatever the settings are.
    Always(fn() -> Reply),
    /// It answers whom the route is for.
    Admitted(for<'a> fn(RequestContext<'a>) -> LocalBoxFuture<'a, Result<Reply, Problem>>),
}

use Handler::{Admitted, Always};

/// One line of the table.
#[derive(Debug)]
pub(crate) struct Route {
    method: &'static str,
    /// Segments; `{}` stands for one that is captured, or for its end.
    pattern: &'static str,
    /// Its name in the log.
    name: &'static str,
    /// Whom it is for.
    pub(crate) who: Who,
    /// What answers.
    pub(crate) handler: Handler,
}

const ROUTES: [Route; 8] = [
    Route {
        method: "POST",
        pattern: "/v1/jobs",
        name: "submit_job",
        who: Who::Api(&[Scope::Submit]),
        handler: Admitted(|context| Box::pin(routes::submit_job::answer(context))),
    },
    Route {
        method: "GET",
        pattern: "/v1/jobs/{}",
        name: "get_job",
        who: Who::Reader,
        handler: Admitted(|context| Box::pin(routes::get_job::answer(context))),
    },
    Route {
        method: "GET",
        pattern: "/v1/jobs/{}/result",
        name: "get_result",
        who: Who::LinkedReader,
        handler: Admitted(|context| Box::pin(routes::get_result::answer(context))),
    },
    Route {
        method: "GET",
        pattern: "/v1/jobs/{}/transcript.{}",
        name: "get_transcript",
        who: Who::LinkedReader,
        handler: Admitted(|context| Box::pin(routes::get_transcript::answer(context))),
    },
    Route {
        method: "POST",
        pattern: "/v1/callbacks",
        name: "reserve_callback",
        who: Who::Api(&[Scope::Submit, Scope::Reserve]),
        handler: Admitted(|context| Box::pin(routes::reserve_callback::answer(context))),
    },
    Route {
        method: "POST",
        pattern: "/callbacks/{}/{}/{}",
        name: "take_callback",
        who: Who::Signed,
        handler: Admitted(|context| Box::pin(routes::take_callback::answer(context))),
    },
    Route {
        method: "GET",
        pattern: "/v1/recordings",
        name: "list_recordings",
        who: Who::Api(&[Scope::Read]),
        handler: Admitted(|context| Box::pin(routes::list_recordings::answer(context))),
    },
    Route { method: "GET", pattern: "/healthz", name: "health", who: Who::Anyone, handler: Always(routes::health::answer) },
];

/// What a method and a path mean.
#[derive(Debug)]
pub(crate) enum Found<'p> {
    /// A route, and what its path captured.
    Route(&'static Route, Vec<&'p str>),
    /// The path is there for these methods only.
    OtherMethods(String),
    /// The path is not there. The console's files never come here: the platform serves them by itself.
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
}

/// Finds the route; `HEAD` is a `GET` whose body the platform leaves out.
pub(crate) fn find<'p>(method: &str, path: &'p str) -> Found<'p> {
    let method = if method == "HEAD" { "GET" } else { method };
    let mut allowed: Vec<&str> = Vec::new();
    for route in &ROUTES {
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
        match expected.strip_suffix("{}") {
            Some(beginning) => captured.push(segment.strip_prefix(beginning).filter(|rest| !rest.is_empty())?),
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
        let table = [
            ("POST", "/v1/jobs", "submit_job "),
            ("GET", "/v1/jobs/7", "get_job 7"),
            ("HEAD", "/v1/jobs/7", "get_job 7"),
            ("GET", "/v1/jobs/7/result", "get_result 7"),
            ("GET", "/v1/jobs/7/transcript.srt", "get_transcript 7,srt"),
            ("POST", "/callbacks/7/1/ab", "take_callback 7,1,ab"),
            ("GET", "/healthz", "health "),
            ("GET", "/v1/jobs", "405 POST"),
            ("DELETE", "/v1/jobs/7", "405 GET, HEAD"),
            ("GET", "/callbacks/7/1/ab", "405 POST"),
            ("GET", "/v1/jobs/", "404"),
            ("GET", "/v1/jobs/7/", "404"),
            ("GET", "/v1/jobs/7/transcript.", "404"),
            ("GET", "/v1/jobs/7/events", "404"),
            ("POST", "/callbacks/7/1", "404"),
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
        for route in &ROUTES {
            assert!(matches!(find("PATCH", &route.pattern.replace("{}", "x")), Found::OtherMethods(_)), "{}", route.pattern);
        }
    }
}
