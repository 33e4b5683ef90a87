//! A request on its way through this Worker: what it asks, what it shows of itself, and what its route needs.

use crate::access::{Holder, Shown};
use crate::config::Config;
use crate::job::Job;
use ringcentral_ai::http::pairs;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::read_token;
use worker::{Env, Request};

/// The parts of a request's address.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// The path, percent-encoded as it came.
    pub(crate) path: String,
    /// The query's names and values, decoded.
    pub(crate) query: Vec<(String, String)>,
}

impl Address {
    /// Cuts up an address as the platform hands it over: absolute and normalised.
    pub(crate) fn of(url: &str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let authority = place.find("://").map_or(0, |at| at + 3);
        let (origin, path) = place.split_at(place[authority..].find('/').map_or(place.len(), |at| authority + at));
        let query = pairs(query).map(|(name, value)| (name.into_owned(), value.into_owned())).collect();
        Self { origin: origin.to_owned(), path: if path.is_empty() { "/".into() } else { path.to_owned() }, query }
    }

    /// The first value of that name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// What a request shows of itself.
pub(crate) fn shown(request: &Request, address: &Address) -> Shown {
    let header = |name| request.headers().get(name).ok().flatten();
    let bearer = header("authorization").and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Secret::new(token.trim()))
    });
    let linked = address.parameter("token").map(Secret::new);
    Shown { bearer, linked, origin: header("origin") }
}

/// A request that was let in.
#[derive(Debug)]
pub(crate) struct Visit<'a> {
    /// The request; its body is not read yet.
    pub(crate) request: Request,
    /// The bindings.
    pub(crate) env: &'a Env,
    /// The settings.
    pub(crate) config: &'a Config,
    /// The request's address.
    pub(crate) address: &'a Address,
    /// What the route's pattern captured.
    pub(crate) captured: Vec<&'a str>,
    /// Who asks.
    pub(crate) holder: Holder,
}

impl Visit<'_> {
    /// A captured part of the path.
    pub(crate) fn part(&self, index: usize) -> &str {
        self.captured.get(index).copied().unwrap_or_default()
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    /// Where RingCentral reaches this Worker.
    pub(crate) fn public_url(&self) -> String {
        self.config.public_url.clone().unwrap_or_else(|| self.address.origin.clone())
    }

    /// The job as this caller may see it: the holder of an API token gets its read token too.
    pub(crate) fn show(&self, job: Job) -> Job {
        let Holder::Api(_) = self.holder else { return job };
        // The read token goes to the holder of an API token, who may give it away.
        let token = read_token(&self.config.keys, &job.id).expose().to_owned();
        Job { read_token: Some(token), ..job }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_into_its_parts() {
        let address = Address::of("http://127.0.0.1:8787/v1/jobs/7?wait=5&dateFrom=2024-01-01T00%3A00%3A00Z&q=a+b%26c&flag#x");
        assert_eq!((address.origin.as_str(), address.path.as_str()), ("http://127.0.0.1:8787", "/v1/jobs/7"));
        assert_eq!(address.parameter("dateFrom"), Some("2024-01-01T00:00:00Z"));
        assert_eq!((address.parameter("q"), address.parameter("flag"), address.parameter("x")), (Some("a b&c"), Some(""), None));
    }

    #[test]
    fn an_address_without_a_path_is_the_root() {
        assert_eq!(Address::of("https://h.example").path, "/");
        assert_eq!(Address::of("https://h.example?x=1").path, "/");
    }
}
