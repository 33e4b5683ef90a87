//! `GET /v1/dead-letters`: deliveries that could not be read, or were another job's, page by page, the latest first.

use super::paging;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::ListLetters;
use worker::ResponseBody;

/// Answers 200 with `{"items":[{id, jobId, attempt, at, outcome, reason, bytes?, retainedUntil}],"nextCursor"?}`.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let query = &context.address.query;
    paging::known(query, &["cursor", "limit"])?;
    let question = ListLetters { before: paging::cursor(query)?, limit: paging::limit(query)? };
    let page = ask(context.env, question).await?;
    Ok(Reply::typed(200, "application/json", ResponseBody::Body(page.json)))
}
