//! `PATCH /v1/jobs/{id}`: a job, and its speakers, are called otherwise. What is left out stays, null takes a name away.

use super::json_body::{self, Body};
use super::names::{label, speakers};
use crate::edge::ask::ask;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::problem::Problem;
use crate::question::{CallJob, Patch};
use ringcentral_ai::json::Value;

/// Answers 200 with the Job.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let text = json_body::read(&context).await?;
    let body = Body::parse(&text, &["label", "speakers"])?;
    let question = CallJob {
        id: context.part(0).to_owned(),
        label: given(&body, "label", label)?,
        speakers: given(&body, "speakers", speakers)?,
    };
    let job = ask(context.env, question).await?.ok_or_else(Problem::no_such_job)?;
    Ok(Reply::json(200, context.show(job).write()))
}

/// A field that is left out stays as it is.
fn given<T>(
    body: &Body<'_>,
    name: &str,
    read: impl FnOnce(&Value<'_>) -> Result<Patch<T>, Problem>,
) -> Result<Patch<T>, Problem> {
    if body.has(name) { read(body.get(name)) } else { Ok(Patch::Keep) }
}
