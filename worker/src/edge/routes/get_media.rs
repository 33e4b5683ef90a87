//! `GET /v1/jobs/{id}/media`: the recording itself, for whoever listens.

use crate::edge::context::RequestContext;
use crate::edge::relay::relay;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::Fetcher;

/// Answers with the media.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    const NONE: &str = "there is no such job, or no media of it is kept: an address on another host is not";
    let fetcher = Fetcher { id: context.part(0).to_owned(), attempt: None };
    relay(&context, fetcher).await?.ok_or_else(|| Problem::not_found(NONE))
}
