//! A file of the bucket as an answer: whole, or the range that is asked for.

use crate::bucket::Bucket;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::file::File;
use crate::media::passing;
use crate::problem::Problem;
use crate::range::Asked;
use worker::ResponseBody;
use worker::wasm_bindgen_futures::JsFuture;

/// A body on its way.
pub(crate) struct Passing {
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// What ends when all have gone through.
    pub(crate) end: JsFuture,
}

/// The answer, and what ends when its body has gone through.
///
/// # Errors
/// `busy` where the bucket does not give it.
pub(crate) async fn served(context: &RequestContext<'_>, file: &File) -> Result<(Reply, Option<Passing>), Problem> {
    let File { key, bytes: all, content_type, etag } = file;
    let is_same = context.header("if-range").is_none_or(|known| known.trim() == etag);
    let range = context.header("range").filter(|_| is_same);
    let (status, first, bytes) = match Asked::of(range.as_deref(), *all) {
        Asked::Whole => (200, 0, *all),
        Asked::Part(first, last) => (206, first, last - first + 1),
        Asked::Nothing => return Ok((Reply::empty(416).with("content-range", format!("bytes */{all}")), None)),
    };
    let mut reply = Reply::empty(status).with("etag", etag.as_str()).with("accept-ranges", "bytes");
    if let Some(content_type) = content_type {
        reply = reply.with("content-type", content_type.as_str());
    }
    if status == 206 {
        reply = reply.with("content-range", format!("bytes {first}-{}/{all}", first + bytes - 1));
    }
    if context.request.inner().method() == "HEAD" {
        return Ok((reply.with("content-length", bytes.to_string()), None));
    }
    let bucket = Bucket::of(context.env).ok_or_else(Problem::no_such_upload)?;
    let body = bucket.read(key, first, bytes).await?;
    let (body, end) = passing(&body, Some(bytes));
    reply.body = ResponseBody::Stream(body);
    Ok((reply, Some(Passing { bytes, end: JsFuture::from(end) })))
}
