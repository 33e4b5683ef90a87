//! GET /ai/audio/v1/enrollments/{speakerId}: how far a speaker is enrolled.
//! Removed from RingCentral's public description on 2026-03-25.

use super::{Enrollment, SpeakerId};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::Result;
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::pace::{Group, Rank};
use crate::secret::Secret;

/// A question after one speaker; 404 where nobody of that id is enrolled.
#[derive(Debug, Clone)]
pub struct ReadEnrollment(pub SpeakerId);

impl Endpoint for ReadEnrollment {
    type Output = Enrollment;

    fn needs(&self) -> Needs {
        Needs::repeatable("the enrollment", Group::Heavy, Rank::Status, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(HttpRequest::new(Method::Get, site.at(&self.0.path())))
    }

    fn read(&self, response: &HttpResponse) -> Result<Enrollment> {
        Enrollment::read(&response.object("an enrollment")?)
    }
}
