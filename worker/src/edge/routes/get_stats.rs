//! `GET /v1/stats`: how the jobs stand, how old the oldest is, what was not taken, what the rate limits leave.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::ReadStats;

/// Answers 200 with the counts.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    Ok(Reply::json(200, ask(context.env, ReadStats).await?.json))
}
