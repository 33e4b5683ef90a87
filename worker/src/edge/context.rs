//! A request's context: what it asks, what it shows of itself, and what its route needs.

use crate::config::Config;
use crate::edge::access::{Holder, Shown};
use crate::edge::address::Address;
use crate::job::Job;
use crate::problem::Problem;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::{Keys, read_token};
use worker::{Context, Env, Request};

/// What a request shows of itself.
pub(crate) fn shown(request: &Request, address: &Address) -> Shown {
    let header = |name| request.headers().get(name).ok().flatten();
    let bearer = header("authorization").and_then(|value| {
        let (scheme, token) = value.trim().split_once(char::is_whitespace)?;
        scheme.eq_ignore_ascii_case("bearer").then(|| Secret::new(token.trim()))
    });
    let linked = address.parameter("token").map(|token| Secret::new(token.trim()));
    Shown { bearer, linked, origin: header("origin") }
}

/// A request that was let in.
#[derive(Debug)]
pub(crate) struct RequestContext<'a> {
    /// The request; its body is not read yet.
    pub(crate) request: Request,
    /// The bindings.
    pub(crate) env: &'a Env,
    /// What keeps the platform at work that goes on behind the answer.
    pub(crate) platform: &'a Context,
    /// The settings.
    pub(crate) config: &'a Config,
    /// The request's address.
    pub(crate) address: &'a Address,
    /// What the route's pattern captured.
    pub(crate) captured: Vec<&'a str>,
    /// Who asks.
    pub(crate) holder: Holder,
}

impl RequestContext<'_> {
    /// A captured part of the path.
    pub(crate) fn part(&self, index: usize) -> &str {
        self.captured.get(index).copied().unwrap_or_default()
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    /// Has work go on behind the answer.
    pub(crate) fn later(&self, work: impl Future<Output = ()> + 'static) {
        self.platform.wait_until(work);
    }

    /// Whoever comes with a callback, if somebody does, must be able to reach this Worker where it was asked, or is said to be.
    ///
    /// # Errors
    /// `not_configured`, naming `PUBLIC_URL`.
    pub(crate) fn check_reach(&self, visitor: Option<&str>) -> Result<(), Problem> {
        visitor.map_or(Ok(()), |visitor| Config::check_reach(self.base(), visitor))
    }

    /// Where this Worker is: as it is said, or where it was asked.
    pub(crate) fn base(&self) -> &str {
        self.config.public_url.as_deref().unwrap_or(&self.address.origin)
    }

    /// The job as this caller may see it.
    pub(crate) fn show(&self, job: Job) -> Job {
        self.disclosure().show(job)
    }

    /// What this caller may see of a job, to be taken along.
    pub(crate) fn disclosure(&self) -> Disclosure {
        let has_api_token = matches!(self.holder, Holder::Api(_) | Holder::Page(_));
        Disclosure { keys: has_api_token.then(|| self.config.keys.clone()) }
    }
}

/// What a caller may see of a job.
#[derive(Debug, Clone)]
pub(crate) struct Disclosure {
    /// What makes read tokens, for holders of an API token.
    keys: Option<Keys>,
}

impl Disclosure {
    /// The job as it may be seen: the holder of an API token gets its read token too.
    pub(crate) fn show(&self, job: Job) -> Job {
        let Some(keys) = &self.keys else { return job };
        // The read token goes to the holder of an API token, who may give it away.
        let token = read_token(keys, &job.id);
        job.with("readToken", token.expose())
    }
}
