//! GET /ai/status/v1/jobs/{jobId}: where a job stands, and its result once it has one.
//! <https://developers.ringcentral.com/guide/ai/asynchronous-responses>

use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, encode};
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// A question after a job.
#[derive(Debug, Clone)]
pub struct JobStatus {
    job_id: String,
}

impl JobStatus {
    /// A question after that job.
    ///
    /// # Errors
    /// [`Error::InvalidField`] when the id is empty or too long to be one.
    pub fn new(job_id: &str) -> Result<Self> {
        if job_id.is_empty() || job_id.len() > 200 {
            return Err(Error::invalid("jobId", "it must be the id that RingCentral gave when it took the job"));
        }
        Ok(Self { job_id: job_id.to_owned() })
    }
}

impl Endpoint for JobStatus {
    /// RingCentral's envelope, as it came.
    type Output = String;

    fn needs(&self) -> Needs {
        Needs::repeatable("the status of the job", Group::Heavy, Rank::Status, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let path = ["/ai/status/v1/jobs/", &encode(&self.job_id)].concat();
        Ok(HttpRequest::new(Method::Get, site.at(&path)))
    }

    fn read(&self, response: &HttpResponse) -> Result<String> {
        if !response.looks_like_object() {
            return Err(Error::NotJson { what: "a job's status", status: response.status });
        }
        Ok(response.text())
    }
}
