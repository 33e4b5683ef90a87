//! AssemblyAI's webhooks: the name of a transcript and whether it is there, up to ten times.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value, json};

use crate::callback::{Habit, Webhook};

/// AssemblyAI's. Assumption: it says nothing of the pauses.
static HABIT: Habit = Habit {
    pauses: &[Duration::from_secs(10); 9],
    patience: Duration::from_secs(10),
    is_taken: |status| status.is_success(),
    is_final: |status| status.is_client_error(),
    forged: |_, id| body(id, "completed"),
};

/// Where a request wants to be told, with the header that it asks for.
///
/// # Errors
/// What is wrong with the header. Assumption: its sentence.
pub fn webhook(request: &Value) -> Result<Option<Webhook>, String> {
    let Some(address) = request["webhook_url"].as_str() else { return Ok(None) };
    let mut headers = HeaderMap::new();
    if let Some(name) = request["webhook_auth_header_name"].as_str() {
        let value = request["webhook_auth_header_value"].as_str().unwrap_or_default();
        let bad = || "webhook_auth_header_name and webhook_auth_header_value must be a valid header".to_owned();
        let name: HeaderName = name.parse().map_err(|_| bad())?;
        headers.insert(name, HeaderValue::from_str(value).map_err(|_| bad())?);
    }
    Ok(Some(Webhook { address: address.to_owned(), method: Method::POST, headers, habit: &HABIT }))
}

/// What a webhook carries.
#[must_use]
pub fn body(id: &str, status: &str) -> Bytes {
    json!({"transcript_id": id, "status": status}).to_string().into()
}
