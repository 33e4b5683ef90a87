//! `GET …/recording/{id}` and `GET …/recording/{id}/content`: metadata and audio, both Heavy.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

use crate::errors::{Refusal, json_response};
use crate::gate::{Named, Terms, guard};
use crate::library::Recording;
use crate::limits::Group;
use crate::media;
use crate::oauth::apps::ACCOUNT_ID;
use crate::server::{Sandbox, base_url};

const TERMS: Terms = Terms { group: Group::Heavy, permission: "ReadCallRecording", token_in_query: false };

/// The routes of this room.
pub fn routes(sandbox: &Arc<Sandbox>) -> Router<Arc<Sandbox>> {
    let metadata = Router::new().route("/restapi/v1.0/account/{account}/recording/{id}", get(metadata));
    let content = Router::new().route("/restapi/v1.0/account/{account}/recording/{id}/content", get(content));
    let media = Terms { token_in_query: true, ..TERMS };
    guard(metadata, sandbox, TERMS).merge(guard(content, sandbox, media))
}

/// Where a recording's metadata lies, on the host that the client used.
#[must_use]
pub fn uri(base_url: &str, recording: &Recording) -> String {
    format!("{base_url}/restapi/v1.0/account/{ACCOUNT_ID}/recording/{}", recording.id)
}

/// Where its audio lies. RingCentral has a media host for this; here it is the same one.
#[must_use]
pub fn content_uri(base_url: &str, recording: &Recording) -> String {
    format!("{}/content", uri(base_url, recording))
}

/// Its length in whole seconds, as RingCentral counts.
#[must_use]
pub fn whole_seconds(recording: &Recording) -> u64 {
    std::time::Duration::from_secs_f64(recording.sound().duration_s.round()).as_secs()
}

async fn metadata(
    State(sandbox): State<Arc<Sandbox>>,
    Path(Named { id }): Path<Named>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let recording = sandbox.library.find(&id).ok_or_else(|| Refusal::not_found("recordingId"))?;
    let body = json!({
        "id": recording.id,
        "contentUri": content_uri(&base_url(&headers), recording),
        "contentType": recording.content_type,
        "duration": whole_seconds(recording),
    });
    Ok(json_response(StatusCode::OK, &body))
}

async fn content(
    State(sandbox): State<Arc<Sandbox>>,
    Path(Named { id }): Path<Named>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let recording = sandbox.library.find(&id).ok_or_else(|| Refusal::not_found("recordingId"))?;
    media::serve(recording, &uri, &headers)
}
