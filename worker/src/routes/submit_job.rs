//! `POST /v1/jobs`: a job is checked, written down, and nothing more; sending it is the Desk's work.

use super::order;
use crate::probe;
use crate::problem::Problem;
use crate::protocol::{Create, Media, Work};
use crate::reply::Reply;
use crate::visit::Visit;
use ringcentral_ai::engine::ringcentral::jobs::{check_input, encoding_of, with_encoding};
use ringcentral_ai::engine::{self, Input, Task};
use ringcentral_ai::error::Code;
use ringcentral_ai::json;

/// Answers 202 with the Job, and where to ask for it.
pub(crate) async fn answer(mut visit: Visit<'_>) -> Result<Reply, Problem> {
    let body = order::body(&mut visit).await?;
    let fields = order::fields(&body, &["task", "media", "input"])?;
    let idempotency = order::idempotency(&visit, &fields)?;
    let task = order::task(&fields)?;
    let input = checked(task, &body)?;
    let media = json::Value::parse(&body).unwrap_or_default();
    let media = task.media(media.get("media"), visit.config.allow_private_media)?;
    let input = complete(&visit, input, media.as_ref()).await?;
    let media = media.map(|media| match media {
        engine::Media::Recording(id) => Media::RecordingId(id.write()),
        // The address goes to the Desk, which seals it.
        engine::Media::Address(address) => Media::ContentUri(address.expose().to_owned()),
    });
    let work = Work::Submit { media, input: input.write() };
    let create = Create { task: task.name().to_owned(), work, idempotency, public_url: visit.public_url() };
    let job = order::create(&visit, create).await?;
    Ok(Reply::json(202, &job)?.with("location", ["/v1/jobs/", &job.id].concat()))
}

/// RingCentral's own fields, checked by the core; none at all are allowed. They are read from the body itself: a number that has
/// been a float on its way does not always keep its last digit.
fn checked(task: Task, body: &[u8]) -> Result<Input, Problem> {
    let body = json::Value::parse(body).ok_or_else(|| Problem::from(Code::InvalidJson))?;
    let none = json::Value::Object(Vec::new());
    let fields = Some(body.get("input")).filter(|input| **input != json::Value::Null).unwrap_or(&none);
    Ok(check_input(task, fields, "input")?)
}

/// A recording's encoding is in RingCentral's own description of it, which the Desk reads; an open address is looked at.
async fn complete(visit: &Visit<'_>, input: Input, media: Option<&engine::Media>) -> Result<Input, Problem> {
    match media {
        Some(engine::Media::Address(address)) if encoding_of(&input).is_none() => {
            let found = probe::encoding_of(address, &visit.config.site, visit.config.allow_private_media).await?;
            Ok(found.map_or(input.clone(), |encoding| with_encoding(input, encoding)))
        }
        _ => Ok(input),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_input_keeps_its_digits() {
        let body = br#"{"task":"summarize","input":{"summaryType":"All","utterances":[{"text":"a","end":14.280000000000001}]}}"#;
        let input = checked(Task::Summarize, body).unwrap().write();
        assert_eq!(input, r#"{"summaryType":"All","utterances":[{"text":"a","end":14.280000000000001}]}"#);
    }

    #[test]
    fn no_input_is_an_empty_one() {
        for body in [&br#"{"task":"x"}"#[..], br#"{"input":null}"#, br#"{"input":{}}"#] {
            assert_eq!(checked(Task::SpeechToText, body).unwrap().write(), r#"{"languageCode":"en-US"}"#);
        }
        assert_eq!(checked(Task::SpeechToText, br#"{"input":"x"}"#).unwrap_err().code(), "invalid_field");
        assert_eq!(checked(Task::Punctuate, b"{}").unwrap_err().code(), "invalid_field");
    }
}
