//! A delivery: whether it is wanted, and whether it is the job's result.

use super::frame::Framed;
use super::{AnyQuestion, Question};
use crate::results::Written;
use ringcentral_ai::engine::Delivery;
use serde::{Deserialize, Serialize};

/// Whether a delivery for that job is still wanted.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IsWanted {
    /// The job's id, from the address.
    pub(crate) id: String,
}

impl Framed for Option<String> {}

impl Question for IsWanted {
    /// The name of the engine that does the job; none when the job has its result, or is gone.
    type Answer = Option<String>;

    fn any(self) -> AnyQuestion {
        AnyQuestion::IsWanted(self)
    }
}

/// Something was delivered to a callback address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TakeDelivery {
    /// The job's id, from the address.
    pub(crate) id: String,
    /// The attempt, from the address.
    pub(crate) attempt: u32,
    /// What it says.
    #[serde(with = "facts")]
    pub(crate) delivery: Delivery,
    /// Where its bytes were written; a job that runs has none.
    pub(crate) written: Option<Written>,
    /// Its bytes, where they are short enough for a copy; else none.
    #[serde(skip)]
    pub(crate) copy: Vec<u8>,
}

impl TakeDelivery {
    /// A row of the Desk's database holds two megabytes at most.
    pub(crate) const MAX_COPY_BYTES: usize = 1_900_000;
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Verdict {
    /// It is the job's result.
    Result,
    /// It is not wanted: its key is to be deleted.
    Dropped,
    /// It contradicts what is known of the job: its key is to be deleted.
    Refused {
        /// What does not fit, as a sentence.
        reason: String,
    },
}

impl Framed for Verdict {}

impl Question for TakeDelivery {
    type Answer = Verdict;

    fn any(self) -> AnyQuestion {
        AnyQuestion::TakeDelivery(self)
    }
}

/// How a [`Delivery`] crosses: a text, JSON.
mod facts {
    use ringcentral_ai::engine::{Delivery, Outcome};
    use ringcentral_ai::error::ApiError;
    use ringcentral_ai::json::{Object, Value};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(delivery: &Delivery, serializer: S) -> Result<S::Ok, S::Error> {
        let (outcome, errors) = match &delivery.outcome {
            Outcome::Running => ("running", &[][..]),
            Outcome::Succeeded => ("succeeded", &[][..]),
            Outcome::Failed(errors) => ("failed", errors.as_slice()),
        };
        let facts = Object::new().text("outcome", outcome).list("errors", errors.iter().map(ApiError::write));
        let facts = facts.optional_text("jobId", delivery.job_id.as_deref()).optional_text("task", delivery.task.as_deref());
        let facts = facts.optional_number("completedMs", delivery.completed_ms);
        let facts = facts.optional_number("expiresMs", delivery.expires_ms);
        let facts = facts.text("status", &delivery.status).optional_text("api", delivery.api.as_deref());
        serializer.serialize_str(&facts.write())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Delivery, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| D::Error::custom("these are not the facts of a delivery"))
    }

    fn parse(text: &str) -> Option<Delivery> {
        let facts = Value::parse(text.as_bytes())?;
        Some(Delivery {
            outcome: match facts.get("outcome").text()? {
                "running" => Outcome::Running,
                "succeeded" => Outcome::Succeeded,
                "failed" => Outcome::Failed(ApiError::list(facts.get("errors"))),
                _ => return None,
            },
            job_id: facts.text_of("jobId"),
            task: facts.text_of("task"),
            completed_ms: facts.get("completedMs").whole(),
            expires_ms: facts.get("expiresMs").whole(),
            status: facts.text_of("status")?,
            api: facts.text_of("api"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame;
    use super::*;
    use ringcentral_ai::engine::Outcome;
    use ringcentral_ai::error::ApiError;

    #[test]
    fn a_delivery_crosses_with_its_bytes() {
        let error = ApiError { error_code: "CAI-101".into(), message: "bad".into(), parameter_name: None };
        let delivery = Delivery {
            job_id: Some("rc-1".into()),
            task: None,
            outcome: Outcome::Failed(vec![error]),
            completed_ms: Some(7),
            expires_ms: None,
            status: "Fail".into(),
            api: None,
        };
        let written = Some(Written { key: "result/7/fra-1".into(), until_ms: 9 });
        let question = TakeDelivery { id: "7".into(), attempt: 1, delivery: delivery.clone(), written, copy: b"{}".to_vec() };
        let AnyQuestion::TakeDelivery(got) = frame::parse(frame::write(&question.any()).unwrap()).unwrap() else { panic!() };
        assert_eq!((got.delivery, got.written.unwrap().until_ms, got.copy.as_slice()), (delivery, 9, &b"{}"[..]));
    }
}
