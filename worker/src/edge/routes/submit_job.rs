//! `POST /v1/jobs`: a job is checked by its engine, written down, and nothing more; sending it is the Desk's work.

use super::json_body::{self, Body};
use super::names::label;
use super::new_job::{self, Asked, accepted};
use super::notify::notify;
use super::uploads;
use crate::content_access::ContentAccess;
use crate::edge::context::RequestContext;
use crate::edge::probe;
use crate::edge::reply::Reply;
use crate::engine_settings::unknown;
use crate::engines::{Engines, visitor};
use crate::job::Job;
use crate::problem::Problem;
use crate::question::{Idempotency, Receiver};
use ringcentral_ai::engine::{Engine, Input, Media, Task};
use ringcentral_ai::json::Value;

/// Answers 202 with the Job, and where to ask for it.
pub(crate) async fn answer(context: RequestContext<'_>) -> Result<Reply, Problem> {
    let engines = Engines::of(context.config);
    let text = json_body::read(&context).await?;
    let body = Body::parse(&text, &["task", "engine", "media", "input", "label", "notify", "contentAccess"])?;
    let engine = engine(&engines, body.get("engine"))?;
    context.check_reach(visitor(engine, context.config).as_deref())?;
    let idempotency = new_job::idempotency(&context, &body.ordered())?;
    let task = body.task()?;
    let label = label(body.get("label"))?.into();
    let notify = notify(&context, body.get("notify"))?;
    let input = checked(engine, task, body.get("input"))?;
    let allow_private = context.config.allow_private_media;
    let media = task.media(body.get("media"), allow_private)?;
    let content_access = content_access(engine, body.get("contentAccess"), media.as_ref())?;
    let wanted = Wanted { task, input, media, content_access, label, notify };
    let job = submitted(&context, engine, wanted, idempotency).await?;
    let id = job.id.clone();
    Ok(accepted(202, &id, job.write()))
}

/// A job as its caller wants it, each field for itself checked.
pub(super) struct Wanted {
    /// What is to be done.
    pub(super) task: Task,
    /// The engine's fields.
    pub(super) input: Input,
    /// With what.
    pub(super) media: Option<Media>,
    /// How the engine is to reach that, where the caller says so.
    pub(super) content_access: Option<String>,
    /// What its caller calls it.
    pub(super) label: Option<String>,
    /// Who is told of its end.
    pub(super) notify: Option<Receiver>,
}

/// Looks at the media where the engine has to be told of it, and has the job written down.
pub(super) async fn submitted(
    context: &RequestContext<'_>,
    engine: &dyn Engine,
    wanted: Wanted,
    idempotency: Option<Idempotency>,
) -> Result<Job, Problem> {
    let Wanted { task, input, media, content_access, label, notify } = wanted;
    media.as_ref().map_or(Ok(()), |media| engine.check_media(media))?;
    let input = match completed(context, engine, input, media.as_ref()).await {
        Ok(input) => input,
        // What was asked before is there, whatever became of its media since.
        Err(problem) => return new_job::asked_before(context, idempotency).await?.ok_or(problem),
    };
    let public_url = new_job::public_url(context, visitor(engine, context.config).as_deref()).await?;
    if media.is_some() && !engine.is_stranger() {
        context.config.check_relay(content_access.as_deref(), &public_url)?;
    }
    // The media goes to the Desk, which seals an address.
    let media = media.map(|media| media.write().expose().to_owned());
    let asked = Asked { media, input: Some(input.write()), label, notify, content_access, public_url };
    new_job::create(context, engine, task, asked, idempotency).await
}

/// The engine that the body names, or the usual one.
fn engine<'e>(engines: &'e Engines, name: &Value<'_>) -> Result<&'e dyn Engine, Problem> {
    match name {
        Value::Null => Ok(engines.usual()),
        name => {
            let name = name.text().unwrap_or_default();
            engines.named(name).ok_or_else(|| Problem::field("engine", &unknown(name)))
        }
    }
}

/// How the engine is to reach media that it cannot open itself, by its name.
fn content_access(engine: &dyn Engine, value: &Value<'_>, media: Option<&Media>) -> Result<Option<String>, Problem> {
    let wrong = |reason| Problem::field("contentAccess", reason);
    let chosen = match (value, media) {
        (Value::Null, _) => None,
        (_, None) => return Err(wrong("the task has no media")),
        (value, Some(_)) => {
            let known = value.text().and_then(ContentAccess::named);
            Some(known.ok_or_else(|| wrong("it must be \"relay\" or \"access-token\""))?)
        }
    };
    if engine.is_stranger() && chosen == Some(ContentAccess::AccessToken) {
        return Err(wrong("this engine is given no token of RingCentral's: it fetches media through this Worker, by \"relay\""));
    }
    let chosen = match (chosen, media.is_some_and(Media::needs_relay)) {
        (Some(ContentAccess::AccessToken), true) => {
            return Err(wrong("no token opens this media: RingCentral fetches it through this Worker, by \"relay\""));
        }
        (None, true) => Some(ContentAccess::Relay),
        (chosen, _) => chosen,
    };
    Ok(chosen.map(|access| access.name().to_owned()))
}

/// The engine's own fields, checked by it; none at all are allowed.
pub(super) fn checked(engine: &dyn Engine, task: Task, fields: &Value<'_>) -> Result<Input, Problem> {
    let none = Value::Object(Vec::new());
    Ok(engine.check(task, if *fields == Value::Null { &none } else { fields })?)
}

/// The input with what the engine needs to be told of the media and nobody named: what an address opens is looked at, of a file that was
/// uploaded its type is known.
async fn completed(
    context: &RequestContext<'_>,
    engine: &dyn Engine,
    input: Input,
    media: Option<&Media>,
) -> Result<Input, Problem> {
    let Some(media) = media.filter(|media| engine.untold(&input, media).is_some()) else { return Ok(input) };
    let look = match media {
        Media::Address(address) => probe::look_at(address, None).await?,
        Media::Guarded(address, headers) => probe::look_at(address, Some(headers)).await?,
        Media::Upload(id) => match uploads::look_at(context, id).await? {
            Some(look) => look,
            // The Desk says so, unless the same was asked before: then its job is there, whatever became of the file.
            None => return Ok(input),
        },
        Media::Recording(_) => return Ok(input),
    };
    let input = engine.told(input, &look.seen);
    engine.untold(&input, media).map_or(Ok(input), |untold| Err(look.unknown(&untold).into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::config;
    use ringcentral_ai::engine::Seen;

    fn input(task: Task, fields: &str) -> Result<String, Problem> {
        let fields = Value::parse(fields.as_bytes()).unwrap();
        checked(Engines::of(&config()).usual(), task, &fields).map(|input| input.write())
    }

    #[test]
    fn the_input_keeps_its_digits() {
        let fields = r#"{"summaryType":"All","utterances":[{"text":"a","end":14.280000000000001}]}"#;
        assert_eq!(input(Task::Summarize, fields).unwrap(), fields);
    }

    #[test]
    fn no_input_is_an_empty_one() {
        for fields in ["null", "{}"] {
            assert_eq!(input(Task::SpeechToText, fields).unwrap(), r#"{"languageCode":"en-US"}"#);
        }
        assert_eq!(input(Task::SpeechToText, r#""x""#).unwrap_err().code(), "invalid_field");
        assert_eq!(input(Task::Punctuate, "{}").unwrap_err().code(), "invalid_field");
    }

    #[test]
    fn the_bytes_are_asked_first_then_the_content_type_then_the_name() {
        let engines = Engines::of(&config());
        let given = checked(engines.usual(), Task::SpeechToText, &Value::Null).unwrap();
        let told = |seen: &Seen| engines.usual().told(given.clone(), seen).field("encoding").map(str::to_owned);
        let beginning = b"RIFF\x24\0\0\0WAVEfmt ".to_vec();
        let mut seen = Seen { content_type: Some("audio/mpeg".into()), beginning, path: "/a.ogg".into() };
        assert_eq!(told(&seen).as_deref(), Some("\"Wav\""));
        seen.beginning.clear();
        assert_eq!(told(&seen).as_deref(), Some("\"Mpeg\""));
        seen.content_type = Some("application/octet-stream".into());
        assert_eq!(told(&seen).as_deref(), Some("\"Ogg\""));
        seen.path = "/a".into();
        assert_eq!(told(&seen), None);
    }
}
