//! `POST /v1/chat/completions`: a language model by rules. It reads the last message of the user, and fills the schema that it
//! is given with what stands there: the same question has the same answer.

pub mod filling;
pub mod material;
pub mod numbers;
pub mod pools;
pub mod request;
pub mod strict;

use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::models::Manner;
use crate::errors::json_response;
use crate::server::{RequestId, Sandbox};
use filling::Filling;
use material::Material;
use pools::Pools;
use request::{Request, Wanted};

/// How long a slow model takes; `--speed` divides it.
const SLOW: Duration = Duration::from_mins(1);

/// Answers a request.
pub async fn complete(
    State(sandbox): State<Arc<Sandbox>>,
    Extension(RequestId(id)): Extension<RequestId>,
    body: Bytes,
) -> Response {
    let request = match Request::read(&body) {
        Ok(request) => request,
        Err(refused) => return refused.into_response(),
    };
    if request.manner == Manner::Slow {
        sleep(sandbox.hurried(SLOW)).await;
    }
    json_response(StatusCode::OK, &completion(&request, &id, sandbox.now_ms() / 1000))
}

fn completion(request: &Request, id: &str, now_s: u64) -> Value {
    let content = content(request);
    let (content, refusal, reason) = match request.manner {
        Manner::Broken => (json!(format!("Sure! Here is what you asked for: {content:.40} …")), Value::Null, "stop"),
        Manner::Cut => (json!(half(&content)), Value::Null, "length"),
        Manner::Refusing => (Value::Null, json!("I'm sorry, but I can't help with that."), "stop"),
        _ => (json!(content), Value::Null, "stop"),
    };
    // A token is about four letters.
    let (read, written) = (request.text.len() / 4 + 1, content.to_string().len() / 4 + 1);
    json!({
        "id": format!("chatcmpl-{id}"),
        "object": "chat.completion",
        "created": now_s,
        "model": request.model,
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": content, "refusal": refusal},
            "logprobs": null,
            "finish_reason": reason,
        }],
        "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
    })
}

fn content(request: &Request) -> String {
    let material = Material::read(&request.text, request.is_about_punctuation);
    let pools = Pools::of(&material, request.manner == Manner::Liar);
    match &request.wanted {
        Wanted::Text => pools.long(),
        Wanted::Object => json!({"summary": pools.short(), "topics": pools.topics()}).to_string(),
        Wanted::Schema(schema) => Filling { root: schema, pools: &pools }.fill().to_string(),
    }
}

/// The first half of a text.
fn half(text: &str) -> &str {
    let middle = (text.len() / 2..text.len()).find(|at| text.is_char_boundary(*at));
    &text[..middle.unwrap_or_default()]
}
