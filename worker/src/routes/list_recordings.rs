//! `GET /v1/recordings`: a page of calls, meetings or voicemail, asked of RingCentral by the Desk, which holds the session.

use crate::ask_desk::{ask, unexpected};
use crate::problem::Problem;
use crate::protocol::{Answer, Ask};
use crate::reply::Reply;
use crate::visit::Visit;

/// Passes the query on to the core, which knows each list's filters; answers 200 with `{"items":[Recording],"nextCursor"?}`.
pub(crate) async fn answer(visit: Visit<'_>) -> Result<Reply, Problem> {
    let question = Ask::Recordings { query: visit.address.query.clone() };
    match ask(visit.env, &question, &[]).await?.0 {
        Answer::Recordings(page) => Reply::json(200, &page),
        _ => Err(unexpected()),
    }
}
