//! Serving a file: whole or a range of it, with the disposition that the caller wants.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use crate::errors::Refusal;
use crate::library::Recording;
use crate::query::Query;

/// Answers with a recording's file.
///
/// # Errors
/// 400 for a disposition that there is not.
pub fn serve(recording: &Recording, uri: &Uri, headers: &HeaderMap) -> Result<Response, Refusal> {
    let mut response = ranged(&recording.bytes, headers.get(header::RANGE));
    let head = response.headers_mut();
    if head.get(header::CONTENT_TYPE).is_none() {
        head.insert(header::CONTENT_TYPE, HeaderValue::from_static(recording.content_type));
    }
    head.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(disposition) = disposition(&Query::of(uri))? {
        head.insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(response)
}

fn disposition(query: &Query) -> Result<Option<HeaderValue>, Refusal> {
    let Some(kind) = query.get("contentDisposition") else { return Ok(None) };
    if !["Inline", "Attachment"].contains(&kind) {
        return Err(Refusal::invalid_parameter("contentDisposition"));
    }
    let name = query.get("contentDispositionFilename").map(|name| name.replace(['"', '\\'], "_"));
    let text = kind.to_lowercase() + &name.map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
    let value = HeaderValue::from_bytes(text.as_bytes());
    value.map(Some).map_err(|_| Refusal::invalid_parameter("contentDispositionFilename"))
}

fn ranged(bytes: &Bytes, range: Option<&HeaderValue>) -> Response {
    let total = bytes.len();
    match range.and_then(|range| parse_range(range.to_str().ok()?, total)) {
        None => Body::from(bytes.clone()).into_response(),
        Some(Range::Part(from, to)) => {
            let head = [(header::CONTENT_RANGE, format!("bytes {from}-{to}/{total}"))];
            (StatusCode::PARTIAL_CONTENT, head, Body::from(bytes.slice(from..=to))).into_response()
        }
        Some(Range::Outside) => {
            let message = "Requested range is not satisfiable";
            let status = StatusCode::RANGE_NOT_SATISFIABLE;
            let refusal = Refusal::platform(status, "CMN-107", "CMN-107", message);
            ([(header::CONTENT_RANGE, format!("bytes */{total}"))], refusal).into_response()
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    /// First and last byte, both included.
    Part(usize, usize),
    Outside,
}

/// Reads one range; what is malformed, and a list of ranges, is ignored, as HTTP allows.
fn parse_range(text: &str, total: usize) -> Option<Range> {
    let (from, to) = text.trim().strip_prefix("bytes=")?.trim().split_once('-')?;
    let last = total.checked_sub(1)?;
    if from.is_empty() {
        let wanted: usize = to.parse().ok()?;
        return Some(if wanted == 0 { Range::Outside } else { Range::Part(total.saturating_sub(wanted), last) });
    }
    let from: usize = from.parse().ok()?;
    let to = if to.is_empty() { last } else { to.parse::<usize>().ok()?.min(last) };
    if from > last {
        return Some(Range::Outside);
    }
    (from <= to).then_some(Range::Part(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_http_has_them() {
        for (text, expected) in [
            ("bytes=0-3", Some(Range::Part(0, 3))),
            ("bytes=4-", Some(Range::Part(4, 9))),
            ("bytes=-4", Some(Range::Part(6, 9))),
            ("bytes=-40", Some(Range::Part(0, 9))),
            ("bytes=5-400", Some(Range::Part(5, 9))),
            ("bytes=10-", Some(Range::Outside)),
            ("bytes=-0", Some(Range::Outside)),
            ("bytes=5-4", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-3", None),
        ] {
            assert_eq!(parse_range(text, 10), expected, "{text}");
        }
    }
}
