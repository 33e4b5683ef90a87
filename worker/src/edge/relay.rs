//! A job's media on its way through the edge to whoever fetches it.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::media::{Bounds, Fetch, Found, fetch};
use crate::problem::Problem;
use crate::question::{Fetcher, MediaAnswered, MediaPassed, OpenMedia};
use ringcentral_ai::error::Code;
use worker::wasm_bindgen_futures::JsFuture;
use worker::{Env, ResponseBody};

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
    let mut is_last = false;
    loop {
        let Some(request) = ask(context.env, OpenMedia(fetcher.clone())).await? else { return Ok(None) };
        let number = request.number;
        let outcome = fetch(request, &context.request.inner().headers(), &bounds).await;
        let found = if let Fetch::Answered(found) = &outcome { Some(found) } else { None };
        let answered = MediaAnswered {
            number,
            fetcher: fetcher.clone(),
            status: found.map(Found::status),
            headers: found.map(Found::told).unwrap_or_default(),
            whole_bytes: found.and_then(|found| found.bytes().0),
        };
        let is_worth_another = !is_last && matches!(answered.status, Some(401 | 429));
        ask(context.env, answered).await?;
        if is_worth_another {
            found.into_iter().for_each(Found::drop_body);
            is_last = true;
            continue;
        }
        return match outcome {
            Fetch::Answered(found) => passed_on(context, &found, fetcher).map(Some),
            Fetch::Lost => Err(Code::RingcentralUnavailable.into()),
            Fetch::Refused(refusal) => Err(Problem::new(Code::RingcentralRefused, ["the media is at ", refusal].concat())),
        };
    }
}

fn passed_on(context: &RequestContext<'_>, found: &Found, fetcher: Fetcher) -> Result<Reply, Problem> {
    let status = found.status();
    if !matches!(status, 200 | 206 | 304 | 416) {
        found.drop_body();
        let answered = ["the media's host answers ", &status.to_string()].concat();
        return Err(match status {
            401 | 403 | 404 | 410 => Problem::new(Code::RingcentralRefused, answered),
            _ => Problem::new(Code::RingcentralUnavailable, answered),
        });
    }
    let mut reply = Reply::empty(status);
    if context.request.inner().method() == "HEAD" {
        found.drop_body();
    } else if let Some((body, through)) = found.body() {
        reply.body = ResponseBody::Stream(body);
        if let (Some(bytes), Some(_)) = (found.bytes().1, fetcher.attempt) {
            note(context, fetcher.id, bytes, JsFuture::from(through));
        }
    }
    Ok(found.passed().fold(reply, |reply, (name, value)| reply.with(name, value)))
}

/// Notes on the job that so much has gone through, once it has.
fn note(context: &RequestContext<'_>, id: String, bytes: u64, through: JsFuture) {
    let env: Env = context.env.clone();
    context.later(async move {
        if through.await.is_ok() {
            let _ = ask(&env, MediaPassed { id, bytes }).await; // what is not noted does no harm
        }
    });
}
