//! Deepgram's callbacks: the whole answer, sent again ten times, half a minute apart.

use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use reqwest::Url;
use serde_json::{Value, json};

use super::refusal::Refused;
use crate::callback::{Habit, Webhook};
use crate::query::Query;

/// Deepgram's. Assumption: how long it waits for an answer is unknown.
static HABIT: Habit = Habit {
    pauses: &[Duration::from_secs(30); 10],
    patience: Duration::from_secs(30),
    is_taken: |status| status.is_success(),
    is_final: |_: StatusCode| false,
    forged,
};
const PORTS: [u16; 4] = [80, 443, 8080, 8443];
/// The identifier of the key, which is not the key.
const KEY_ID: &str = "5d8f1c02-7a3e-4b7d-9a43-0c6a52f1e9b4";

/// Where a request wants its answer sent.
///
/// # Errors
/// 400 for an address that Deepgram does not call. Assumption: its sentences; that its ports are four, and that an underscore
/// in the host is refused, is known. The sandbox's own host may have any port.
pub fn webhook(query: &Query) -> Result<Option<Webhook>, Refused> {
    let Some(address) = query.get("callback") else { return Ok(None) };
    let refused = |what: &str| Err(Refused::bad_request(&format!("Invalid callback URL: {what}.")));
    let url = Url::parse(address).ok().filter(|url| ["http", "https"].contains(&url.scheme()) && url.has_host());
    let Some(url) = url else { return refused("it is no http or https URL") };
    let host = url.host_str().unwrap_or_default();
    if host.contains('_') {
        return refused("its host has an underscore");
    }
    let is_near = ["127.0.0.1", "localhost", "[::1]"].contains(&host);
    if !is_near && !url.port_or_known_default().is_some_and(|port| PORTS.contains(&port)) {
        return refused("only ports 80, 443, 8080 and 8443 may be used");
    }
    let method = match query.get("callback_method").unwrap_or("POST").to_ascii_uppercase().as_str() {
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        _ => return Err(Refused::bad_request("Invalid value for query parameter `callback_method`.")),
    };
    let mut headers = HeaderMap::new();
    headers.insert("dg-token", HeaderValue::from_static(KEY_ID));
    Ok(Some(Webhook { address: address.to_owned(), method, headers, habit: &HABIT }))
}

/// An answer that nobody has worked for.
fn forged(answer: &Bytes, request_id: &str) -> Bytes {
    let mut answer: Value = serde_json::from_slice(answer).unwrap_or_default();
    answer["metadata"]["request_id"] = json!(request_id);
    answer["results"] = json!({"channels": [{"alternatives": [{"transcript": "Forged.", "confidence": 1.0, "words": []}]}]});
    answer.to_string().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(callback: &str) -> Result<Option<Webhook>, Refused> {
        let text = form_urlencoded::Serializer::new(String::new()).append_pair("callback", callback).finish();
        webhook(&Query::parse(text.as_bytes()))
    }

    #[test]
    fn what_deepgram_does_not_call_is_refused() {
        for good in
            ["https://h.example/x", "http://h.example:8080/x?y=1", "https://u:p@h.example:8443/", "http://127.0.0.1:8791/c"]
        {
            assert_eq!(address(good).unwrap().unwrap().address, good);
        }
        for bad in ["https://h.example:8787/x", "https://my_worker.example/x", "ftp://h.example/x", "nowhere"] {
            assert!(address(bad).is_err(), "{bad}");
        }
        assert!(webhook(&Query::parse(b"")).unwrap().is_none());
    }
}
