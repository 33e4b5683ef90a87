//! A job's media on its way through the edge to whoever fetches it.

use crate::bucket::Bucket;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::edge::served::{Passing, served};
use crate::file::{File, kept_key};
use crate::limits::MAX_KEPT_BYTES;
use crate::media::{Bounds, Fetch, Found, fetch};
use crate::problem::Problem;
use crate::question::{Body, Fetcher, MediaAnswered, MediaKept, MediaPassed, OpenMedia, Opened, Place};
use ringcentral_ai::error::Code;
use worker::ResponseBody;
use worker::wasm_bindgen_futures::JsFuture;

/// What is answered where the media is: its bytes, or a range of them; none where there is nothing to be fetched.
///
/// A token that is not taken any more, or a rate limit that was met, is worth one more try: both are known by then.
///
/// # Errors
/// Why it cannot be fetched.
pub(crate) async fn relay(context: &RequestContext<'_>, fetcher: Fetcher) -> Result<Option<Reply>, Problem> {
    let config = context.config;
    let own = [config.public_url.as_deref().unwrap_or_default(), context.address.origin.as_str()];
    let bounds = Bounds { site: &config.site, own, allow_private: config.allow_private_media };
    let body = if context.request.inner().method() == "HEAD" { Body::None } else { Body::Passed };
    let bucket = Bucket::of(context.env).filter(|_| body == Body::Passed && context.header("range").is_some());
    let mut is_last = false;
    loop {
        let opened = ask(context.env, OpenMedia { fetcher: fetcher.clone(), keeps: bucket.is_some() }).await?;
        let Some(Opened { call, place }) = opened else { return Ok(None) };
        let fetcher = fetcher.clone();
        let answered = MediaAnswered { call, fetcher, status: None, headers: Vec::new(), body, whole_bytes: None };
        let (request, keeps) = match place {
            Place::Address { request, keeps } => (request, keeps),
            Place::Bucket(file) => {
                let (reply, through) = served(context, &file).await?;
                let answered = MediaAnswered { status: Some(reply.status), whole_bytes: Some(file.bytes), ..answered };
                note(context, answered, through);
                return Ok(Some(reply));
            }
        };
        let asked = (!keeps).then(|| context.request.inner().headers());
        let outcome = fetch(request, asked.as_ref(), &bounds).await;
        let found = if let Fetch::Answered(found) = &outcome { Some(found) } else { None };
        let answered = MediaAnswered {
            status: found.map(Found::status),
            headers: found.map(Found::told).unwrap_or_default(),
            whole_bytes: found.and_then(|found| found.bytes().0),
            body: if keeps { Body::Copied } else { body },
            ..answered
        };
        if let (Some(bucket), Some(found), true, Some(200)) = (&bucket, found, keeps, answered.status) {
            let id = answered.fetcher.id.clone();
            ask(context.env, answered).await?;
            let file = copied(bucket, &id, found).await;
            ask(context.env, MediaKept { id, file }).await?;
            continue;
        }
        if !is_last && call.is_some() && matches!(answered.status, Some(401 | 429)) {
            found.into_iter().for_each(Found::drop_body);
            ask(context.env, answered).await?;
            is_last = true;
            continue;
        }
        let reply = match &outcome {
            Fetch::Answered(found) => passed_on(context, found),
            Fetch::Lost => Err(Code::RingcentralUnavailable.into()),
            Fetch::Refused(refusal) => {
                Err(Problem::new(Code::RingcentralRefused, ["the media is not fetched: ", refusal].concat()))
            }
        };
        let (reply, through) = reply.map_or_else(|problem| (Err(problem), None), |(reply, through)| (Ok(Some(reply)), through));
        note(context, answered, through);
        return reply;
    }
}

/// A copy of media in the bucket; none where there is nothing to copy, or too much.
async fn copied(bucket: &Bucket, job_id: &str, found: &Found) -> Option<File> {
    let Some(bytes) = found.bytes().1.filter(|bytes| (1..=MAX_KEPT_BYTES).contains(bytes)) else {
        found.drop_body();
        return None;
    };
    let (key, (body, end)) = (kept_key(job_id), found.body()?);
    let end = JsFuture::from(end);
    bucket.keep(&key, &body).await.ok()?;
    end.await.ok()?;
    let header = |name| found.passed().find(|(passed, _)| *passed == name).map(|(_, value)| value);
    let etag = header("etag").unwrap_or_else(|| ["\"", job_id, "\""].concat());
    Some(File { key, bytes, content_type: header("content-type"), etag })
}

/// The answer, and what ends when its body has gone through.
fn passed_on(context: &RequestContext<'_>, found: &Found) -> Result<(Reply, Option<Passing>), Problem> {
    let status = found.status();
    if !matches!(status, 200 | 206 | 304 | 416) {
        found.drop_body();
        let answered = ["the media's host answers ", &status.to_string()].concat();
        return Err(match status {
            401 | 403 | 404 | 410 => Problem::new(Code::RingcentralRefused, answered),
            _ => Problem::new(Code::RingcentralUnavailable, answered),
        });
    }
    let (mut reply, mut through) = (Reply::empty(status), None);
    if context.request.inner().method() == "HEAD" {
        found.drop_body();
    } else if let Some((body, end)) = found.body() {
        reply.body = ResponseBody::Stream(body);
        through = found.bytes().1.map(|bytes| Passing { bytes, end: JsFuture::from(end) });
    }
    Ok((found.passed().fold(reply, |reply, (name, value)| reply.with(name, value)), through))
}

/// Tells the Desk what was answered, while the body goes through already, and that it has.
fn note(context: &RequestContext<'_>, answered: MediaAnswered, through: Option<Passing>) {
    let (env, Fetcher { id, attempt }) = (context.env.clone(), answered.fetcher.clone());
    context.later(async move {
        let _ = ask(&env, answered).await; // a slot whose answer nobody tells counts from its sending
        if let Some(Passing { bytes, end }) = through.filter(|_| attempt.is_some())
            && end.await.is_ok()
        {
            let _ = ask(&env, MediaPassed { id, bytes }).await; // what is not noted does no harm
        }
    });
}
