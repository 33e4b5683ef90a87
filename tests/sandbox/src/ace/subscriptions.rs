//! `POST /restapi/v1.0/subscription`: whoever subscribes to what is found is told of each recording when it has been analysed.
//!
//! Assumptions: other events than these are not known here; a notification is sent once, whatever it is answered; a subscription does not
//! end. With AI notes RingCentral tells of a call twice, which is not done here: a fault doubles what it is to double.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use axum::routing::post;
use reqwest::Url;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::ace::sources::{self, Source};
use crate::callback::{self, Delivery, Habit, Webhook};
use crate::clock::write_iso;
use crate::errors::{Refusal, json_response};
use crate::gate::{Terms, guard};
use crate::limits::Group;
use crate::oauth::apps::{ACCOUNT_ID, OWNER_ID};
use crate::server::{Sandbox, base_url};

const PATH: &str = "/restapi/v1.0/subscription";
const TERMS: Terms = Terms { group: Group::Medium, permission: "SubscriptionWebhook", token_in_query: false };
const FILTER: [&str; 2] = ["/ai/ringsense/v1/public/accounts/~/domains/", "/insights"];
const TOKEN: &str = "validation-token";
/// Whoever subscribes has to answer within so long.
const PATIENCE: Duration = Duration::from_secs(3);
/// A subscription that asks for nothing else ends after so long.
const EXPIRES_IN_S: u64 = 604_799;

static HABIT: Habit = Habit {
    pauses: &[],
    patience: PATIENCE,
    is_taken: |status| status == StatusCode::OK,
    is_final: |_| true,
    forged: |event, _| event.clone(),
};

/// Who is told of what.
#[derive(Debug, Clone)]
pub struct Subscription {
    id: String,
    address: String,
    domains: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    event_filters: Vec<String>,
    delivery_mode: Mode,
    expires_in: Option<u64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mode {
    transport_type: String,
    address: String,
}

/// The route of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    guard(Router::new().route(PATH, post(subscribe)), sandbox, TERMS)
}

async fn subscribe(State(sandbox): State<Arc<Sandbox>>, headers: HeaderMap, body: Bytes) -> Result<Response, Refusal> {
    let asked: Asked = serde_json::from_slice(&body).map_err(|_| Refusal::invalid_parameter("body"))?;
    let domain = |filter: &String| Some(filter.strip_prefix(FILTER[0])?.strip_suffix(FILTER[1])?.to_owned());
    let domains: Option<Vec<String>> = asked.event_filters.iter().map(domain).collect();
    let domains = domains.filter(|domains| !domains.is_empty()).ok_or_else(|| Refusal::invalid_parameter("eventFilters"))?;
    let Mode { transport_type, address } = asked.delivery_mode;
    if transport_type != "WebHook" || Url::parse(&address).is_err() {
        return Err(Refusal::invalid_parameter("deliveryMode"));
    }
    let now_ms = sandbox.now_ms();
    let id = sandbox.random().uuid_v1(now_ms);
    confirm(&sandbox, &address, &id).await?;
    let expires_in_s = asked.expires_in.unwrap_or(EXPIRES_IN_S);
    let answer = json!({
        "id": id,
        "uri": format!("{}{PATH}/{id}", base_url(&headers)),
        "creationTime": write_iso(now_ms),
        "expirationTime": write_iso(now_ms + expires_in_s * 1000),
        "expiresIn": expires_in_s,
        "status": "Active",
        "eventFilters": asked.event_filters,
        "deliveryMode": {"transportType": "WebHook", "encryption": false, "address": address},
    });
    sandbox.analyses().subscriptions.push(Subscription { id, address, domains });
    Ok(json_response(StatusCode::OK, &answer))
}

/// Asks the address for the token that it is sent. Assumption: how RingCentral words its refusal is unknown.
async fn confirm(sandbox: &Sandbox, address: &str, token: &str) -> Result<(), Refusal> {
    let answer = sandbox.courier.client().post(address).header(TOKEN, token).timeout(PATIENCE).send().await;
    let is_echoed = |headers: &HeaderMap| headers.get(TOKEN).is_some_and(|echo| echo == token);
    match answer {
        Ok(answer) if answer.status() == StatusCode::OK && is_echoed(answer.headers()) => Ok(()),
        _ => Err(Refusal::platform(
            StatusCode::BAD_REQUEST,
            "SUB-525",
            "SUB-525",
            "WebHook responds with incorrect HTTP status or token",
        )),
    }
}

/// Tells those who want to know, in so long, that a recording has been analysed.
pub async fn tell_in(latency: Duration, sandbox: Arc<Sandbox>, record_id: String) {
    tokio::time::sleep(latency).await;
    let now_ms = sandbox.now_ms();
    let Some((domain, found)) =
        sources::all(&sandbox).into_iter().find(|source| source.record_id == record_id).map(|source| told(&source, now_ms))
    else {
        return;
    };
    let subscriptions = sandbox.analyses().subscriptions.clone();
    for Subscription { id, address, .. } in
        subscriptions.into_iter().filter(|one| one.domains.iter().any(|named| named == domain))
    {
        let uuid = sandbox.random().uuid_v1(now_ms);
        let event = json!({
            "uuid": uuid,
            "event": format!("/ai/ringsense/v1/public/accounts/{ACCOUNT_ID}/domains/{domain}/insights"),
            "timestamp": write_iso(now_ms),
            "subscriptionId": id,
            "ownerId": OWNER_ID,
            "body": found,
        });
        let mut headers = HeaderMap::new();
        headers.insert("user-agent", HeaderValue::from_static("RingCentral-Webhook/8.3"));
        let webhook = Webhook { address, method: Method::POST, headers, habit: &HABIT };
        let plan = sandbox.faults().plan(PATH);
        let delivery = Delivery { job_id: uuid, webhook, body: Bytes::from(event.to_string()) };
        tokio::spawn(callback::deliver_as_planned(Arc::clone(&sandbox), delivery, plan));
    }
}

fn told(source: &Source<'_>, now_ms: u64) -> (&'static str, Value) {
    let mut found = source.to_json(now_ms, &[]);
    found["eventType"] = json!("Create");
    (source.domain, found)
}
