//! `PUT /v1/callbacks/{id}`: the caller of a reserved job tells the id that RingCentral gave it, so that its status can be asked for.

use super::json_body::{self, Body};
use crate::edge::access::Holder;
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::limits::MAX_ENGINE_JOB_ID_BYTES;
use crate::problem::Problem;
use crate::question::BindJob;

const FIELD: &str = "ringcentralJobId";

/// Answers 200 with the Job. Anybody can read a page's token, and ids are no secret: it gets no read token for an id.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let text = json_body::read(&context).await?;
    let body = Body::parse(&text, &[FIELD])?;
    let given = body.get(FIELD).text().map(str::trim);
    let is_id = |id: &&str| (1..=MAX_ENGINE_JOB_ID_BYTES).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_graphic());
    let engine_job_id =
        given.filter(is_id).ok_or_else(|| Problem::field(FIELD, "it must be the jobId of RingCentral's answer"))?;
    let question = BindJob { id: context.part(0).to_owned(), engine_job_id: engine_job_id.to_owned() };
    let job = ask(context.env, question).await?.ok_or_else(Problem::no_such_job)?;
    let shown = if matches!(context.holder, Holder::Page(_)) { job } else { context.show(job) };
    Ok(Reply::json(200, shown.write()))
}
