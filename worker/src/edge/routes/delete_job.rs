//! `DELETE /v1/jobs/{id}`: the job and its result are gone; what still comes for it is answered, and dropped.

use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::DeleteJob;

/// Answers 204.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let was_there = ask(context.env, DeleteJob { id: context.part(0).to_owned() }).await?;
    if was_there { Ok(Reply::empty(204)) } else { Err(Problem::no_such_job()) }
}
