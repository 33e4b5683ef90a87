//! What the two routes that write a job down have in common: a JSON body, its known fields, the `Idempotency-Key`.

use crate::edge::access::Holder;
use crate::edge::ask::ask;
use crate::edge::body::{self, Share};
use crate::edge::context::RequestContext;
use crate::job::Job;
use crate::problem::Problem;
use crate::question::{CreateJob, Creation, Idempotency, Work};
use crate::random;
use ringcentral_ai::engine::Task;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// More than any request of RingCentral's holds.
const MAX_BODY_BYTES: usize = 1 << 20;
/// The longest `Idempotency-Key`.
const MAX_KEY_BYTES: usize = 255;

/// The body as it came.
pub(super) async fn body(context: &mut RequestContext<'_>) -> Result<Vec<u8>, Problem> {
    body::read(&mut context.request, MAX_BODY_BYTES, &mut Share::open()).await
}

/// The body's fields, none of which is unknown.
pub(super) fn fields(body: &[u8], known: &[&str]) -> Result<Map<String, Value>, Problem> {
    let fields = match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err(Problem::new("invalid_json", "the body must be a JSON object")),
        Err(error) => {
            let place = format!("the body is not JSON: line {}, column {}", error.line(), error.column());
            return Err(Problem::new("invalid_json", place));
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
pub(super) fn idempotency(context: &RequestContext<'_>, fields: &Map<String, Value>) -> Result<Option<Idempotency>, Problem> {
    let Some(key) = context.header("idempotency-key") else { return Ok(None) };
    let is_key = (1..=MAX_KEY_BYTES).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_key {
        return Err(Problem::field("Idempotency-Key", "it must be 1 to 255 visible ASCII characters"));
    }
    let Holder::Api(token) = context.holder else { return Ok(None) };
    let body = serde_json::to_vec(fields).map_err(|_| Problem::internal("the request could not be hashed"))?;
    Ok(Some(Idempotency {
        key: random::hex(&Sha256::new().chain_update(token).chain_update(key).finalize()),
        body: random::hex(&Sha256::new().chain_update(&context.address.path).chain_update(b"\n").chain_update(body).finalize()),
    }))
}

/// Has the Desk write a job down under an id that is made here.
pub(super) async fn create(
    context: &RequestContext<'_>,
    task: Task,
    work: Work,
    idempotency: Option<Idempotency>,
) -> Result<Job, Problem> {
    let id = random::job_id(context.config.clock.now_ms());
    let create = CreateJob { id, task: task.name().to_owned(), work, idempotency, public_url: context.public_url() };
    match ask(context.env, create).await? {
        Creation::Created(job) => Ok(context.show(*job)),
        Creation::Conflict => {
            Err(Problem::new("idempotency_conflict", "this Idempotency-Key came with another body before: take a new key"))
        }
        Creation::IdIsTaken => Err(Problem::internal("the new job's id is another job's")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::reply::Reply;

    fn refused(body: &str) -> String {
        let reply = Reply::error(&fields(body.as_bytes(), &["task", "input"]).unwrap_err(), "r");
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
