//! Media that stalls: half of its bytes come, then nothing, then the connection is cut.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use futures_util::stream;
use tokio::time::sleep;

use crate::faults::Kind;
use crate::server::Sandbox;

/// An answer as it is, if it is a file; else unchanged.
pub async fn stalled(sandbox: &Sandbox, response: Response, pause: Duration) -> Response {
    let is_file = response.headers().contains_key(header::ACCEPT_RANGES);
    if !is_file {
        return response;
    }
    sandbox.faults().note(Kind::StalledMedia);
    let (mut head, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = bytes.slice(..bytes.len() / 2);
    let parts = stream::unfold(Some(half), move |half| async move {
        let Some(half) = half else {
            sleep(pause).await;
            return Some((Err(io::Error::from(io::ErrorKind::ConnectionAborted)), None));
        };
        Some((Ok::<Bytes, io::Error>(half), None))
    });
    Response::from_parts(head, Body::from_stream(parts))
}
