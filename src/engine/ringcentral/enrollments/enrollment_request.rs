//! Any request about enrollments, for JavaScript, which writes it and reads its answer in a script of its own: few pages enroll, and
//! all would load what does it here.

use super::PATH;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A request whose path and body are there already.
#[derive(Debug, Clone)]
pub struct EnrollmentRequest {
    method: Method,
    path: String,
    body: Option<Secret>,
}

impl EnrollmentRequest {
    /// `rest` follows the collection's path: a speaker's id behind a slash, or a query.
    #[must_use]
    pub fn new(method: Method, rest: &str, body: Option<Secret>) -> Self {
        Self { method, path: [PATH, rest].concat(), body }
    }
}

impl Endpoint for EnrollmentRequest {
    /// RingCentral's answer as it came, an empty object for none.
    type Output = String;

    fn needs(&self) -> Needs {
        // A sample that is added twice may be counted twice.
        Needs { repeatable: self.method != Method::Patch, ..Needs::once("the enrollment", Group::Heavy, Rank::Submit, &["AI"]) }
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let request = HttpRequest::new(self.method, site.at(&self.path));
        Ok(match &self.body {
            // The sample goes into the body of the request to RingCentral.
            Some(body) => request.json(body.expose().to_owned()),
            None => request,
        })
    }

    fn read(&self, response: &HttpResponse) -> Result<String> {
        if self.method == Method::Delete {
            return Ok("{}".into());
        }
        if !response.looks_like_object() {
            return Err(Error::NotJson { what: "an enrollment", status: response.status });
        }
        Ok(response.text())
    }
}
