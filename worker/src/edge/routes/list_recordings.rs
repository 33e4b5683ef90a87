//! `GET /v1/recordings`: a page of calls, meetings or voicemail, asked of RingCentral by the Desk, which holds the session.

use crate::edge::ask::{ask, unexpected};
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::{Answer, Ask};

/// Passes the query on to the core, which knows each list's filters; answers 200 with `{"items":[Recording],"nextCursor"?}`.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let question = Ask::Recordings { query: context.address.query.clone() };
    match ask(context.env, &question, &[]).await?.0 {
        Answer::Recordings(page) => Reply::json(200, &page),
        _ => Err(unexpected()),
    }
}
