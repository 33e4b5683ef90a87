//! `GET /v1/stats`: how the jobs stand, how old the oldest is, what was not taken, what the rate limits leave; and what is set wrong.

use crate::advice::{Advice, advice};
use crate::bucket::Bucket;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::ReadStats;

/// Answers 200 with the counts.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let settings = advice(context.config, context.base(), Bucket::of(context.env).is_some());
    let settings = settings.iter().map(Advice::write).collect();
    Ok(Reply::json(200, ask(context.env, ReadStats { settings }).await?.json))
}
