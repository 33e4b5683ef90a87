//! `GET /v1/dead-letters/{id}`: the bytes of a delivery that was of no use, as they came.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::kv::{WorkersKv, place};
use crate::problem::Problem;
use crate::question::FindLetter;
use crate::results;

/// Answers 200 with the bytes; whoever sent them, no browser is to take them for a page.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let question = FindLetter { id: context.part(0).to_owned(), job_id: None };
    let letter = ask(context.env, question).await?.ok_or_else(Problem::no_such_letter)?;
    let stored = results::find(&WorkersKv::of(context.env)?, &letter.key, &place(&context.request), None).await?;
    Ok(Reply::typed(200, "application/octet-stream", stored.body.0).with("content-disposition", "attachment"))
}
