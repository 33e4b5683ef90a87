//! `POST /events/{engine}/{signature}`: an engine says that there is something new, as RingCentral's subscriptions do.
//!
//! Nothing that stands in it is believed: the job that it is about, if one waits, has its engine asked at once. Anything but 200 has
//! RingCentral suspend the subscription in the end, so what is of no use is answered so too.

use crate::edge::ask::ask;
use crate::edge::body;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::Engines;
use crate::limits::MAX_EVENT_BODY_BYTES;
use crate::problem::Problem;
use crate::question::TakeNews;
use crate::share::Share;
use ringcentral_ai::error::Code;
use ringcentral_ai::signing::verify_events;

/// What a subscription is confirmed by, and shown at each of its notifications: whoever asks wants it back.
const TOKEN: &str = "validation-token";
/// RingCentral takes an answer of 1024 bytes with its headers.
const MAX_TOKEN_BYTES: usize = 256;

/// Answers 200, with the token that came.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    verify_events(&context.config.keys, context.part(0), context.part(1))?;
    if let Some(question) = news(&context).await? {
        ask(context.env, question).await?;
    }
    let is_token = |token: &String| token.len() <= MAX_TOKEN_BYTES && token.bytes().all(|byte| byte.is_ascii_graphic());
    let reply = Reply::empty(200);
    Ok(match context.header(TOKEN).filter(is_token) {
        Some(token) => reply.with(TOKEN, token),
        None => reply,
    })
}

/// What it says, if anything.
async fn news(context: &RequestContext<'_>) -> Result<Option<TakeNews>, Problem> {
    let bytes = match body::read(&context.request, MAX_EVENT_BODY_BYTES, &mut Share::of_api()).await {
        // Too long, or more than there is room for: the engine is asked when the job's time comes.
        Err(problem) if [Code::TooLarge.as_str(), Code::Busy.as_str()].contains(&problem.code()) => return Ok(None),
        bytes => bytes?.to_vec(),
    };
    let engines = Engines::of(context.config);
    let Some(engine) = engines.named(context.part(0)) else { return Ok(None) };
    Ok(engine.news(&bytes).map(|engine_job_id| TakeNews { engine: engine.name().to_owned(), engine_job_id }))
}
