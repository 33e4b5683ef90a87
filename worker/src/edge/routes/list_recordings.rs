//! `GET /v1/recordings`: a page of calls, meetings or voicemail, asked of RingCentral by the Desk, which holds the session.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::ListRecordings;
use worker::ResponseBody;

/// Passes the query on to the core, which knows each list's filters; answers 200 with `{"items":[Recording],"nextCursor"?}`.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let question = ListRecordings { query: context.address.query.clone() };
    let page = ask(context.env, question).await?;
    Ok(Reply::typed(200, "application/json", ResponseBody::Body(page.json)))
}
