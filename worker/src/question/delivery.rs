//! A delivery: whether it is wanted, and whether it is the job's result.

use super::frame::Framed;
use crate::results::Written;
use ringcentral_ai::engine::{Delivery, Engine};
use ringcentral_ai::error::{Code, Error};
use serde::{Deserialize, Serialize};

/// Whether a delivery for that job is still wanted; to a job that has finished it is noted that one came.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct IsWanted {
    /// The job's id, from the address.
    pub(crate) id: String,
    /// The attempt, from the address.
    pub(crate) attempt: u32,
}

impl Framed for Option<String> {}

/// Something was delivered to a callback address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct TakeDelivery {
    /// The job's id, from the address.
    pub(crate) id: String,
    /// The attempt, from the address.
    pub(crate) attempt: u32,
    /// What it says.
    pub(crate) heard: Heard,
    /// What could not be undone of what it was packed in, as a part of a sentence.
    pub(crate) remark: Option<String>,
    /// Where its bytes were written; none when they were too many.
    pub(crate) written: Option<Written>,
    /// Its bytes, where they are short enough for a copy; else none. The edge encloses them as they lie in JavaScript.
    #[serde(skip)]
    pub(crate) copy: Vec<u8>,
}

/// What a delivery says.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum Heard {
    /// Nobody has read it yet: the Desk has the job's engine read the copy.
    Unread,
    /// What its engine read in it.
    Says(#[serde(with = "facts")] Delivery),
    /// It cannot be read.
    Unreadable {
        /// What is wrong with it, as a sentence.
        reason: String,
    },
}

impl Heard {
    /// What an engine reads in a delivery.
    pub(crate) fn by(engine: &dyn Engine, body: &[u8]) -> Self {
        match engine.read(body) {
            Ok(delivery) => Self::Says(delivery),
            Err(Error::UnreadableDelivery { reason }) => Self::Unreadable { reason: reason.into() },
            Err(error) => Self::Unreadable { reason: error.to_string() },
        }
    }
}

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Verdict {
    /// It is the job's result.
    Result,
    /// It is not wanted: its key is to be deleted.
    Dropped,
    /// It cannot be read, or contradicts what is known of the job: its key is to be deleted.
    Refused {
        /// Which of both.
        code: Code,
        /// What does not fit, as a sentence.
        reason: String,
        /// The key that its bytes are to be kept under before that.
        dead_key: Option<String>,
    },
}

impl Framed for Verdict {}

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
            Outcome::Ended => ("ended", &[][..]),
            Outcome::Succeeded => ("succeeded", &[][..]),
            Outcome::Failed(errors) => ("failed", errors.as_slice()),
        };
        let facts = Object::new().text("outcome", outcome).list("errors", errors.iter().map(ApiError::write));
        let facts = facts.optional_text("jobId", delivery.job_id.as_deref()).optional_text("task", delivery.task.as_deref());
        serializer.serialize_str(&facts.optional_number("completedMs", delivery.completed_ms).write())
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
                "ended" => Outcome::Ended,
                "succeeded" => Outcome::Succeeded,
                "failed" => Outcome::Failed(ApiError::list(facts.get("errors"))),
                _ => return None,
            },
            job_id: facts.text_of("jobId"),
            task: facts.text_of("task"),
            completed_ms: facts.get("completedMs").whole(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::frame::Frame;
    use super::super::{AnyQuestion, Question};
    use super::*;
    use ringcentral_ai::engine::Outcome;
    use ringcentral_ai::error::ApiError;

    #[test]
    fn a_delivery_crosses_with_its_bytes() {
        let error = ApiError { error_code: "CAI-101".into(), message: "bad".into(), parameter_name: None };
        let outcome = Outcome::Failed(vec![error]);
        let delivery = Delivery { job_id: Some("rc-1".into()), task: None, outcome, completed_ms: Some(7) };
        let written = Some(Written { key: "result/7/fra-1".into(), until_ms: 9, sha256: "ab".into() });
        let (heard, remark) = (Heard::Says(delivery.clone()), Some("it is odd".into()));
        let question = TakeDelivery { id: "7".into(), attempt: 1, heard, remark, written, copy: b"{}".to_vec() };
        let AnyQuestion::TakeDelivery(got) = Frame::write(&question.any()).unwrap().parse().unwrap() else { panic!() };
        let Heard::Says(said) = got.heard else { panic!() };
        assert_eq!((said, got.written.unwrap().dead_key("7").as_str()), (delivery, "dead/7/ab"));
        assert_eq!((got.remark.as_deref(), got.copy.as_slice()), (Some("it is odd"), &b"{}"[..]));
    }
}
