//! A file fetched in parts: every part must be the one that was asked for, and all of them of a file of one length.

use axum::body::Bytes;
use reqwest::{RequestBuilder, Response, StatusCode, header};

use super::{Failure, MAX_BYTES, TOO_LARGE, answer, body};

/// The first part is small, as that of a player who looks at the head of a file; the others are larger.
const FIRST_BYTES: usize = 64 * 1024;
const PART_BYTES: usize = 1024 * 1024;

/// Fetches a file in parts; `get` begins a request for it. A server that knows no ranges sends the whole, which is taken.
///
/// # Errors
/// Why it did not arrive, or what is wrong with a part, in a few words.
pub async fn fetch(get: impl Fn() -> RequestBuilder) -> Result<Bytes, Failure> {
    let mut file = Vec::new();
    let mut total = None;
    while total.is_none_or(|total| file.len() < total) {
        let from = file.len();
        let last = from + if from == 0 { FIRST_BYTES } else { PART_BYTES } - 1;
        let response = answer(get().header(header::RANGE, format!("bytes={from}-{last}"))).await?;
        match response.status() {
            StatusCode::PARTIAL_CONTENT => {}
            StatusCode::OK if from == 0 => {
                eprintln!("fetch: the server ignores ranges and sends the whole file");
                return body(response, std::time::Duration::ZERO).await;
            }
            status => {
                let reason = format!("the server answered {} to bytes={from}-{last}", status.as_u16());
                return Err(Failure { status: Some(status), reason });
            }
        }
        let part = Part::of(&response).ok_or("a part came without a readable Content-Range")?;
        if part.from != from || part.last > last || part.last < from || part.last >= part.total {
            return Err(
                format!("bytes={from}-{last} was asked for, bytes {}-{}/{} came", part.from, part.last, part.total).into()
            );
        }
        if *total.get_or_insert(part.total) != part.total {
            return Err("the file changed its length between two parts".into());
        }
        if part.total > MAX_BYTES {
            return Err(TOO_LARGE.into());
        }
        let bytes = body(response, std::time::Duration::ZERO).await?;
        if bytes.len() != part.last - from + 1 {
            return Err("a part is not as long as its Content-Range says".into());
        }
        file.extend_from_slice(&bytes);
    }
    Ok(file.into())
}

/// What a `Content-Range` says.
struct Part {
    from: usize,
    last: usize,
    total: usize,
}

impl Part {
    fn of(response: &Response) -> Option<Self> {
        let text = response.headers().get(header::CONTENT_RANGE)?.to_str().ok()?;
        let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
        let (from, last) = range.split_once('-')?;
        Some(Self { from: from.parse().ok()?, last: last.parse().ok()?, total: total.parse().ok()? })
    }
}
