//! RingCentral's own way to submit a job: the task is the path, where the result is sent is the query, the media stands among the fields.

use super::json_body::{self, Body};
use super::new_job;
use super::notify;
use super::submit_job::{Wanted, checked, submitted};
use crate::edge::access::Holder;
use crate::edge::context::RequestContext;
use crate::edge::reply::Reply;
use crate::engines::{Engines, visitor};
use crate::problem::Problem;
use crate::question::Receiver;
use ringcentral_ai::engine::ringcentral::served::{parted, task_of};
use ringcentral_ai::json::{Object, Value};

/// The query's name of the address that the result is sent to. Assumption: who leaves it out asks for the status, as some clients do.
const WEBHOOK: &str = "webhook";
const MEDIA: &str = "media.contentUri";
const NOT_YOURS: &str =
    "only a token opens it: append your own as access_token, the Worker's is not for other users of the account";

/// Answers 202 with the job's id.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let task = task_of(&context.address.path).ok_or_else(|| Problem::not_found("there is no such path"))?;
    let engines = Engines::of(context.config);
    let engine = engines.usual();
    context.check_reach(visitor(engine, context.config).as_deref())?;
    let text = json_body::read(&context).await?;
    let body = Body::any(&text)?;
    let webhook = context.address.parameter(WEBHOOK).filter(|webhook| !webhook.is_empty());
    let idempotency = new_job::idempotency(&context, &[webhook.unwrap_or_default(), "\n", &body.ordered()].concat())?;
    let notify = webhook.map(|webhook| notify::checked(webhook, WEBHOOK, context.config.allow_private_media)).transpose()?;
    let notify = notify.map(|url| Receiver { url, is_envelope: true });
    let (fields, media) = parted(body.value());
    if task.has_media() && media == Value::Null {
        return Err(Problem::field(MEDIA, "it is missing"));
    }
    let input = checked(engine, task, &fields)?;
    let media = task.media(&media, context.config.allow_private_media)?;
    let is_guest = matches!(context.holder, Holder::User(user) if !user.is_own);
    if media.as_ref().is_some_and(|media| is_guest && engines.opens(media)) {
        return Err(Problem::field(MEDIA, NOT_YOURS));
    }
    let wanted = Wanted { task, input, media, content_access: None, label: None, notify };
    let job = submitted(&context, engine, wanted, idempotency).await?;
    // RingCentral tells a result's callback by its header of this name too.
    Ok(Reply::json(202, Object::new().text("jobId", &job.id).write()).with("rcrequestid", job.id))
}
