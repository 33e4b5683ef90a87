//! `GET /media/{id}/{expires}/{signature}/{name}`: a job's media for its engine, which knows no token of RingCentral's.

use crate::edge::context::RequestContext;
use crate::edge::relay::relay;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::Fetcher;
use ringcentral_ai::error::Code;
use ringcentral_ai::signing::verify_media;

/// Answers with the media. Whoever may not have it, for whatever reason, is told the same, and nothing is fetched.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let refused = || Problem::new(Code::Forbidden, "there is nothing to be fetched here, or not any more");
    let now_s = context.config.clock.now_ms() / 1_000;
    let parts = [0, 1, 2, 3].map(|index| context.part(index));
    let attempt = verify_media(&context.config.keys, parts, now_s).map_err(|_| refused())?;
    relay(&context, Fetcher { id: parts[0].to_owned(), attempt: Some(attempt) }).await?.ok_or_else(refused)
}
