//! DELETE /ai/audio/v1/enrollments/{speakerId}: forgets a speaker.
//! Removed from RingCentral's public description on 2026-03-25.

use super::SpeakerId;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::Result;
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::pace::{Group, Rank};
use crate::secret::Secret;

/// A speaker to be forgotten; refused with 404 where nobody of that id was enrolled, with 410 where the speaker is gone already.
#[derive(Debug, Clone)]
pub struct DeleteEnrollment(pub SpeakerId);

impl Endpoint for DeleteEnrollment {
    type Output = ();

    fn needs(&self) -> Needs {
        // Sent twice it is refused the second time, with 410: the speaker is gone all the same.
        Needs::repeatable("the removal of the enrollment", Group::Heavy, Rank::Submit, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(HttpRequest::new(Method::Delete, site.at(&self.0.path())))
    }

    fn read(&self, _response: &HttpResponse) -> Result<()> {
        Ok(())
    }
}
