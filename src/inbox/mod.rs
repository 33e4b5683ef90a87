//! The Worker as its clients see it: submit a job, reserve a callback, wait for the end, read the result.

mod answer;
mod events;
mod wait;
mod worker_error;

use answer::{Holds, Patience, answer};
use wait::wait;

use crate::call::Operation;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, Method, Url, encode};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// One Worker and the token that it knows us by.
#[derive(Debug, Clone)]
pub struct Inbox {
    base: String,
    token: Secret,
}

impl Inbox {
    /// A Worker's address, and an API token or a job's read token.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `url` or `token`.
    pub fn new(url: &str, token: Secret) -> Result<Self> {
        let parsed = Url::parse(url, "url")?;
        if !parsed.is_protected() {
            return Err(Error::invalid("url", "it must start with https:// (http:// is for loopback) and hold no user"));
        }
        // The token is looked at, not sent: a header takes visible characters only.
        if token.is_empty() || !token.expose().bytes().all(|b| b.is_ascii_graphic()) {
            return Err(Error::invalid("token", "it must be an API token of the Worker, or a job's read token"));
        }
        let base = [&parsed.origin(), parsed.path().trim_end_matches('/')].concat();
        Ok(Self { base, token })
    }

    /// POST /v1/jobs: the Worker submits. The key makes the same request twice give the same job, so it can be repeated.
    #[must_use]
    pub fn submit(&self, body: &str, idempotency_key: &str) -> Operation<String> {
        let request = self.request(Method::Post, "/v1/jobs").header("idempotency-key", idempotency_key);
        answer(request.json(body.to_owned()), Holds::Field("id"), Patience::Some)
    }

    /// POST /v1/callbacks: the caller submits. A repeated one that came through twice leaves a reservation that expires.
    #[must_use]
    pub fn reserve(&self, body: &str) -> Operation<String> {
        answer(self.request(Method::Post, "/v1/callbacks").json(body.to_owned()), Holds::Field("id"), Patience::Some)
    }

    /// GET /v1/jobs/{id}: the job as it stands.
    #[must_use]
    pub fn job(&self, id: &str) -> Operation<String> {
        answer(self.request(Method::Get, &job_path(id)), Holds::Field("id"), Patience::Some)
    }

    /// GET /v1/jobs/{id}/result: RingCentral's callback, byte for byte. Whoever has waited for it is told of no passing failure.
    #[must_use]
    pub fn result(&self, id: &str) -> Operation<String> {
        answer(self.request(Method::Get, &[&job_path(id), "/result"].concat()), Holds::Object, Patience::Endless)
    }

    /// GET /v1/{list}: a page of `recordings`, `jobs`, `engines` or `dead-letters`, by the names and values of its query.
    #[must_use]
    pub fn list(&self, list: &str, query: &[(String, String)]) -> Operation<String> {
        let mut path = ["/v1/", list].concat();
        let mut separator = "?";
        for (name, value) in query {
            path.extend([separator, &encode(name), "=", &encode(value)]);
            separator = "&";
        }
        answer(self.request(Method::Get, &path), Holds::Items, Patience::Some)
    }

    /// POST /v1/jobs/{id}/retry: the job once more, as a new one; the key makes the same request twice give the same job.
    #[must_use]
    pub fn retry(&self, id: &str, idempotency_key: &str) -> Operation<String> {
        let request = self.request(Method::Post, &[&job_path(id), "/retry"].concat()).header("idempotency-key", idempotency_key);
        answer(request, Holds::Field("id"), Patience::Some)
    }

    /// PATCH /v1/jobs/{id}: the job, its speakers and its turns are called otherwise.
    #[must_use]
    pub fn update(&self, id: &str, body: &str) -> Operation<String> {
        answer(self.request(Method::Patch, &job_path(id)).json(body.to_owned()), Holds::Field("id"), Patience::Some)
    }

    /// GET /v1/stats: how the Worker stands.
    #[must_use]
    pub fn stats(&self) -> Operation<String> {
        answer(self.request(Method::Get, "/v1/stats"), Holds::Object, Patience::Some)
    }

    /// GET /v1/dead-letters/{id}: what came, as a text.
    #[must_use]
    pub fn dead_letter(&self, id: &str) -> Operation<String> {
        answer(self.request(Method::Get, &letter_path(id)), Holds::Anything, Patience::Some)
    }

    /// POST /v1/dead-letters/{id}/replay: it is delivered once more. Twice makes a duplicate of the second.
    #[must_use]
    pub fn replay(&self, id: &str, body: &str) -> Operation<String> {
        let request = self.request(Method::Post, &[&letter_path(id), "/replay"].concat()).json(body.to_owned());
        answer(request, Holds::Field("outcome"), Patience::Some)
    }

    /// DELETE /v1/jobs/{id}: the job and its result are gone.
    #[must_use]
    pub fn delete(&self, id: &str) -> Operation<String> {
        answer(self.request(Method::Delete, &job_path(id)), Holds::Nothing, Patience::Some)
    }

    /// Waits for a job's end, however long it takes and whatever fails on the way.
    #[must_use]
    pub fn wait(&self, id: &str) -> Operation<String> {
        let (inbox, path) = (self.clone(), job_path(id));
        Operation::new("wait for a job", |io| wait(io, inbox, path))
    }

    fn request(&self, method: Method, path: &str) -> HttpRequest {
        HttpRequest::new(method, [&self.base, path].concat()).bearer(&self.token)
    }
}

fn job_path(id: &str) -> String {
    ["/v1/jobs/", &encode(id)].concat()
}

fn letter_path(id: &str) -> String {
    ["/v1/dead-letters/", &encode(id)].concat()
}
