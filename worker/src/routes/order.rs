//! What the two routes that write a job down have in common: a JSON body, its known fields, the `Idempotency-Key`.

use crate::access::Holder;
use crate::ask_desk::{ask, unexpected};
use crate::body::{self, Share};
use crate::job::Job;
use crate::problem::Problem;
use crate::protocol::{Answer, Ask, Create, Idempotency};
use crate::visit::Visit;
use ringcentral_ai::engine::Task;
use ringcentral_ai::error::Code;
use ringcentral_ai::http::hex;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// More than any request of RingCentral's holds.
const MAX_BODY_BYTES: usize = 1 << 20;
/// The longest `Idempotency-Key`.
const MAX_KEY_BYTES: usize = 255;

/// The body as it came.
pub(super) async fn body(visit: &mut Visit<'_>) -> Result<Vec<u8>, Problem> {
    body::read(&mut visit.request, MAX_BODY_BYTES, &mut Share::open()).await
}

/// The body's fields, none of which is unknown.
pub(super) fn fields(body: &[u8], known: &[&str]) -> Result<Map<String, Value>, Problem> {
    let fields = match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err(Code::InvalidJson.into()),
        Err(error) => {
            let place = format!("the body is not JSON: line {}, column {}", error.line(), error.column());
            return Err(Problem::new(Code::InvalidJson, place));
        }
    };
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(Problem::field(name, &["there is no such field; there are: ", &known.join(", ")].concat())),
        None => Ok(fields),
    }
}

/// The field `task`.
pub(super) fn task(fields: &Map<String, Value>) -> Result<Task, Problem> {
    let named = fields.get("task").and_then(Value::as_str).and_then(Task::named);
    named.ok_or_else(|| Problem::field("task", &["it must be one of: ", &Task::ALL.map(Task::name).join(", ")].concat()))
}

/// The `Idempotency-Key`, so hashed that it is this token's alone, with the hash of what was asked.
pub(super) fn idempotency(visit: &Visit<'_>, fields: &Map<String, Value>) -> Result<Option<Idempotency>, Problem> {
    let Some(key) = visit.header("idempotency-key") else { return Ok(None) };
    let is_key = (1..=MAX_KEY_BYTES).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        return Err(Problem::field("Idempotency-Key", "it must be 1 to 255 visible ASCII characters"));
    }
    let Holder::Api(token) = visit.holder else { return Ok(None) };
    let body = serde_json::to_vec(fields).map_err(|_| Problem::internal("the request could not be hashed"))?;
    Ok(Some(Idempotency {
        key: hex(&Sha256::new().chain_update(token).chain_update(key).finalize()),
        body: hex(&Sha256::new().chain_update(&visit.address.path).chain_update(b"\n").chain_update(body).finalize()),
    }))
}

/// Has the Desk write the job down.
pub(super) async fn create(visit: &Visit<'_>, create: Create) -> Result<Job, Problem> {
    match ask(visit.env, &Ask::Create(create), &[]).await?.0 {
        Answer::Created(job) => Ok(visit.show(job)),
        Answer::Conflict => Err(Code::IdempotencyConflict.into()),
        _ => Err(unexpected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(body: &str) -> String {
        let reply = fields(body.as_bytes(), &["task", "input"]).unwrap_err().reply("r");
        format!("{} {}", reply.status, reply.to_value())
    }

    #[test]
    fn a_body_is_an_object_of_known_fields() {
        assert!(fields(br#"{"task":"x"}"#, &["task"]).is_ok());
        assert!(refused("").starts_with("400 "));
        assert!(refused("[]").starts_with("400 "));
        assert!(refused("{\n\"S3CRET\"").contains("line 2"));
        assert!(!refused("{\"S3CRET\": S3CRET}").contains("S3CRET"));
        assert!(refused(r#"{"task":"x","webhook":"y"}"#).contains(r#""field":"webhook""#));
        assert!(refused(&"[".repeat(10_000)).starts_with("400 "));
    }

    #[test]
    fn a_task_has_one_of_six_names() {
        let task_of = |text: &str| task(&fields(text.as_bytes(), &["task"]).unwrap());
        assert_eq!(task_of(r#"{"task":"speech-to-text"}"#).ok(), Some(Task::SpeechToText));
        for text in ["{}", r#"{"task":7}"#, r#"{"task":"sing"}"#] {
            assert_eq!(task_of(text).unwrap_err().code(), "invalid_field");
        }
    }
}
