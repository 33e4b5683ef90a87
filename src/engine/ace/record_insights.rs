//! GET /ai/ringsense/v1/public/accounts/~/domains/{domain}/records/{sourceRecordId}/insights: what RingCentral found in a recording.
//! <https://developers.ringcentral.com/api-reference/RingSense/getRecordingInsights>

use super::record::Record;
use crate::call::Io;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::ringcentral::client::Client;
use crate::engine::ringcentral::refusal::is_gateways;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, encode};
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::string::String;

/// What is said of a record that is not there: RingCentral itself answers 404.
pub(super) const NOT_YET: &str = r#"{"status":"InProgress"}"#;

/// The insights of a record; none where RingCentral has none of it, or none yet.
pub(super) async fn insights(client: &Client, io: &Io, record: &Record) -> Result<Option<String>> {
    match client.exchange(io, &RecordInsights { record }).await {
        Ok(said) => Ok(Some(said)),
        Err(Error::Refused { status: 404, ringcentral, .. })
            if ringcentral.first().is_some_and(|said| !is_gateways(&said.error_code)) =>
        {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

struct RecordInsights<'a> {
    record: &'a Record,
}

impl Endpoint for RecordInsights<'_> {
    /// The record, as it came.
    type Output = String;

    fn needs(&self) -> Needs {
        Needs::repeatable("the insights of the recording", Group::Light, Rank::Status, &["RingSense"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let Record { domain, id } = self.record;
        let path = ["/ai/ringsense/v1/public/accounts/~/domains/", domain, "/records/", &encode(id), "/insights"].concat();
        Ok(HttpRequest::new(Method::Get, site.at(&path)))
    }

    fn read(&self, response: &HttpResponse) -> Result<String> {
        if !response.looks_like_object() {
            return Err(Error::NotJson { what: "a recording's insights", status: response.status });
        }
        Ok(String::from_utf8_lossy(&response.body).into_owned())
    }
}
