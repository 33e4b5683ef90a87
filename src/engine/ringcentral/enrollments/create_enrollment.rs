//! POST /ai/audio/v1/enrollments: enrolls a speaker by a first sample of the voice.
//! Removed from RingCentral's public description on 2026-03-25.

use super::sample::{SAMPLE, body};
use super::{Enrollment, PATH};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::ringcentral::jobs::RENAMED;
use crate::engine::rule::{Kind, Need, Rule, Rules};
use crate::error::Result;
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::json::Value;
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::borrow::ToOwned;

const SPEAKER: &[Rule] = &[Rule {
    name: "speakerId",
    need: Need::Required,
    kind: Kind::Plain(is_new_id, "it must be 1 to 200 letters, digits and _"),
}];

const RULES: Rules = Rules { fields: &[SAMPLE, SPEAKER], renamed: RENAMED, elsewhere: &[] };

/// A speaker to be enrolled; a speaker who is already is refused with 409.
#[derive(Debug, Clone)]
pub struct CreateEnrollment(Secret);

impl CreateEnrollment {
    /// RingCentral's own fields: `speakerId`, `encoding`, `content` (the sample in base64), `languageCode` where there is one.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the first field that RingCentral would refuse or does not have.
    pub fn parse(fields: &Value<'_>) -> Result<Self> {
        body(&RULES, fields).map(Self)
    }
}

fn is_new_id(value: &Value<'_>) -> bool {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    value.text().is_some_and(|id| (1..=200).contains(&id.len()) && id.bytes().all(is_part))
}

impl Endpoint for CreateEnrollment {
    type Output = Enrollment;

    fn needs(&self) -> Needs {
        // Sent twice it is refused the second time, with 409: nothing is enrolled twice.
        Needs::repeatable("the enrollment", Group::Heavy, Rank::Submit, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        // The sample goes into the body of the request to RingCentral.
        Ok(HttpRequest::new(Method::Post, site.at(PATH)).json(self.0.expose().to_owned()))
    }

    fn read(&self, response: &HttpResponse) -> Result<Enrollment> {
        Enrollment::read(&response.object("an enrollment")?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rule_tests::{every_double, every_wrong, whole};
    use crate::error::Error;
    use serde_json::{Value as Json, json};

    fn parse(fields: &Json) -> Result<CreateEnrollment> {
        CreateEnrollment::parse(&Value::parse(fields.to_string().as_bytes()).unwrap())
    }

    #[track_caller]
    fn refused(fields: &Json) -> String {
        match parse(fields) {
            Err(Error::InvalidField { field, .. }) => field,
            other => panic!("{fields} gave {other:?}"),
        }
    }

    #[test]
    fn each_field_is_refused_by_its_name() {
        let whole = json!({"speakerId": "ext_7", "encoding": "Wav", "languageCode": "en-US", "content": "UklGRg=="});
        assert!(parse(&whole).is_ok());
        let wrong = [
            ("speakerId", vec![json!(""), json!("a-b"), json!("a b"), json!(7), json!("a".repeat(201))]),
            ("encoding", vec![json!("WAV"), json!(null), json!(["Wav"])]),
            ("languageCode", vec![json!(""), json!(1)]),
            ("content", vec![json!(""), json!("RIFF!"), json!([82]), json!("UklGRg")]),
            ("webhook", vec![json!("https://h.example/")]),
            ("contentUri", vec![json!("https://h.example/")]),
        ];
        for (name, values) in wrong {
            for value in values {
                let mut fields = whole.clone();
                fields[name] = value;
                assert_eq!(refused(&fields), name, "{fields}");
            }
        }
        for name in ["speakerId", "encoding", "content"] {
            let mut fields = whole.clone();
            fields.as_object_mut().unwrap().remove(name);
            assert_eq!(refused(&fields), name);
        }
        assert_eq!(refused(&json!([])), "input");
    }

    #[test]
    fn every_field_that_has_a_rule_is_refused_by_its_name() {
        assert!(parse(&whole(&RULES)).is_ok());
        for (name, fields) in every_wrong(&RULES) {
            assert_eq!(refused(&fields), name, "{fields}");
        }
        for (name, text) in every_double(&RULES) {
            let error = CreateEnrollment::parse(&Value::parse(text.as_bytes()).unwrap()).unwrap_err();
            assert_eq!(error, Error::invalid(name, "it stands there twice"));
        }
    }

    #[test]
    fn the_voice_is_not_printed() {
        let enrollment = parse(&json!({"enrollmentId": "a", "encoding": "Wav", "content": "UklGRg=="})).unwrap();
        assert!(!format!("{enrollment:?}").contains("UklGRg"));
    }
}
