//! PATCH /ai/audio/v1/enrollments/{speakerId}: adds a sample to a speaker's voice; answered with 201.
//! Removed from RingCentral's public description on 2026-03-25.

use super::sample::{SAMPLE, body};
use super::{Enrollment, SpeakerId};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::rule::Rules;
use crate::error::Result;
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::json::Value;
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::borrow::ToOwned;

/// The speaker's id stands in the path, under whichever name.
const RULES: Rules = Rules { fields: &[SAMPLE], renamed: &[], elsewhere: &[] };

/// A further sample of a speaker's voice; refused with 404 where nobody of that id is enrolled.
#[derive(Debug, Clone)]
pub struct UpdateEnrollment {
    speaker: SpeakerId,
    body: Secret,
}

impl UpdateEnrollment {
    /// RingCentral's own fields: `encoding`, `content` (the sample in base64), `languageCode` where there is one.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the first field that RingCentral would refuse or does not have.
    pub fn parse(speaker: SpeakerId, fields: &Value<'_>) -> Result<Self> {
        Ok(Self { speaker, body: body(&RULES, fields)? })
    }
}

impl Endpoint for UpdateEnrollment {
    type Output = Enrollment;

    fn needs(&self) -> Needs {
        // Sent twice, the same sample may be counted twice.
        Needs::once("the enrollment", Group::Heavy, Rank::Submit, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        // The sample goes into the body of the request to RingCentral.
        Ok(HttpRequest::new(Method::Patch, site.at(&self.speaker.path())).json(self.body.expose().to_owned()))
    }

    fn read(&self, response: &HttpResponse) -> Result<Enrollment> {
        Enrollment::read(&response.object("an enrollment")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn the_id_stands_in_the_path_and_not_among_the_fields() {
        let parse = |fields: &str| {
            let fields = Value::parse(fields.as_bytes()).unwrap();
            UpdateEnrollment::parse(SpeakerId::new("a").unwrap(), &fields)
        };
        assert!(parse(r#"{"encoding":"Wav","content":"UklGRg=="}"#).is_ok());
        let refused = parse(r#"{"encoding":"Wav","content":"UklGRg==","speakerId":"a"}"#);
        assert!(matches!(refused, Err(Error::InvalidField { field, .. }) if field == "speakerId"));
    }
}
