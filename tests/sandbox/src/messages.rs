//! `GET …/message-store` and its attachments: the user's voicemails.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use crate::calllog::page::Page;
use crate::calllog::period::Period;
use crate::clock::write_iso;
use crate::errors::{Refusal, json_response};
use crate::gate::{Named, Terms, guard};
use crate::library::Recording;
use crate::limits::Group;
use crate::media;
use crate::oauth::apps::{ACCOUNT_ID, OWNER_ID};
use crate::query::Query;
use crate::recording::whole_seconds;
use crate::server::{Sandbox, base_url};
use crate::words::Words;

const LIST: Terms = Terms { group: Group::Light, permission: "ReadMessages", token_in_query: false };
const CONTENT: Terms = Terms { group: Group::Medium, token_in_query: true, ..LIST };

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let store = "/restapi/v1.0/account/{account}/extension/{extension}/message-store";
    let lists = Router::new().route(store, get(list)).route(&format!("{store}/{{id}}"), get(single));
    let content = Router::new().route(&format!("{store}/{{id}}/content/{{attachment}}"), get(content));
    guard(lists, sandbox, LIST).merge(guard(content, sandbox, CONTENT))
}

async fn list(State(sandbox): State<Arc<Sandbox>>, uri: Uri, headers: HeaderMap) -> Result<Response, Refusal> {
    let query = Query::of(&uri);
    let period = Period::read(&query, sandbox.now_ms())?;
    // Faxes and text messages are no recordings: this user has none.
    let kinds = query.among("messageType", &["Fax", "SMS", "VoiceMail", "Pager"])?;
    let wanted = kinds.is_empty() || kinds.contains(&"VoiceMail");
    let base_url = base_url(&headers);
    let shown = |words: &Words| wanted && period.contains(left_ms(&sandbox, words));
    let mut found: Vec<_> = sandbox.library.voicemails().filter(|(_, words)| shown(words)).collect();
    found.sort_by_key(|(_, words)| words.call.minutes_ago);
    let records: Vec<_> = found.into_iter().map(|(file, words)| message(&sandbox, &base_url, file, words)).collect();
    let body = Page::read(&query, period)?.cut(&records, &format!("{base_url}{}", uri.path()), &query);
    Ok(json_response(StatusCode::OK, &body))
}

async fn single(
    State(sandbox): State<Arc<Sandbox>>,
    Path(Named { id }): Path<Named>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (file, words) = find(&sandbox, &id)?;
    Ok(json_response(StatusCode::OK, &message(&sandbox, &base_url(&headers), file, words)))
}

async fn content(
    State(sandbox): State<Arc<Sandbox>>,
    Path((_, _, id, attachment)): Path<(String, String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (file, _) = find(&sandbox, &id)?;
    if attachment != attachment_id(file) {
        return Err(Refusal::not_found("attachmentId"));
    }
    media::serve(file, &uri, &headers)
}

fn find<'a>(sandbox: &'a Sandbox, id: &str) -> Result<(&'a Recording, &'a Words), Refusal> {
    let found = sandbox.library.voicemails().find(|(file, _)| message_id(file) == id);
    found.map(|(file, words)| (file, &**words)).ok_or_else(|| Refusal::not_found("messageId"))
}

/// A message and its attachment have ids of their own; the sound of both is that of the recording.
fn message_id(file: &Recording) -> String {
    format!("4{}", file.id)
}

fn attachment_id(file: &Recording) -> String {
    format!("5{}", file.id)
}

fn left_ms(sandbox: &Sandbox, words: &Words) -> u64 {
    sandbox.started_ms - words.call.minutes_ago * 60_000
}

fn message(sandbox: &Sandbox, base_url: &str, file: &Recording, words: &Words) -> Value {
    let (id, attachment) = (message_id(file), attachment_id(file));
    let uri = format!("{base_url}/restapi/v1.0/account/{ACCOUNT_ID}/extension/{OWNER_ID}/message-store/{id}");
    let time = write_iso(left_ms(sandbox, words));
    json!({
        "uri": uri,
        "id": id.parse::<u64>().unwrap_or_default(),
        "type": "VoiceMail",
        "direction": "Inbound",
        "availability": "Alive",
        "messageStatus": "Received",
        "readStatus": "Unread",
        "priority": "Normal",
        "creationTime": time,
        "lastModifiedTime": time,
        "from": words.call.from,
        "to": [words.call.to],
        "vmTranscriptionStatus": "NotAvailable",
        "attachments": [{
            "id": attachment.parse::<u64>().unwrap_or_default(),
            "uri": format!("{uri}/content/{attachment}"),
            "type": "AudioRecording",
            "contentType": file.content_type,
            "vmDuration": whole_seconds(file),
            "fileName": file.name,
            "size": file.bytes.len(),
        }],
    })
}
