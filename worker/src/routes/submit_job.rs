//! `POST /v1/jobs`: a job is checked, written down, and nothing more; sending it is the Desk's work.

use super::order;
use crate::probe;
use crate::problem::Problem;
use crate::protocol::{Create, Media, Work};
use crate::reply::Reply;
use crate::visit::Visit;
use ringcentral_ai::jobs::{JobInput, Task};
use ringcentral_ai::json;
use ringcentral_ai::media::Source;
use serde_json::Value;

/// Answers 202 with the Job, and where to ask for it.
pub(crate) async fn answer(mut visit: Visit<'_>) -> Result<Reply, Problem> {
    let fields = order::fields(&mut visit, &["task", "media", "input"]).await?;
    let idempotency = order::idempotency(&visit, &fields)?;
    let task = order::task(&fields)?;
    let input = checked(task, fields.get("input"))?;
    let source = source(&visit, fields.get("media"))?;
    let input = with_encoding(&visit, input, &source).await?;
    let media = Some(match source {
        Source::Recording(id) => Media::RecordingId(id),
        Source::Address(address) => Media::ContentUri(address),
    });
    let work = Work::Submit { media, input: input.write() };
    let create = Create { task: task.name().to_owned(), work, idempotency, public_url: visit.public_url() };
    let job = order::create(&visit, create).await?;
    Ok(Reply::json(202, &job)?.with("location", ["/v1/jobs/", &job.id].concat()))
}

/// RingCentral's own fields, checked by the core; none at all are allowed.
fn checked(task: Task, input: Option<&Value>) -> Result<JobInput, Problem> {
    let text = input.map_or_else(|| "{}".to_owned(), Value::to_string);
    let fields = json::Value::parse(text.as_bytes()).unwrap_or_default();
    Ok(JobInput::parse(task, &fields, "input")?)
}

fn source(visit: &Visit<'_>, media: Option<&Value>) -> Result<Source, Problem> {
    let media = media.ok_or_else(|| Problem::field("media", "it is missing: {\"recordingId\": …} or {\"contentUri\": …}"))?;
    Ok(Source::parse(media, visit.config.allow_private_media)?)
}

/// A recording's encoding is in RingCentral's own description of it, which the Desk reads; an address is looked at.
async fn with_encoding(visit: &Visit<'_>, input: JobInput, source: &Source) -> Result<JobInput, Problem> {
    match source {
        Source::Address(address) if input.encoding().is_none() => {
            let encoding = probe::encoding_of(address, &visit.config.site, visit.config.allow_private_media).await?;
            Ok(input.with_encoding(encoding))
        }
        _ => Ok(input),
    }
}
