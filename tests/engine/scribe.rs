//! Scribe, an engine that nobody sells: a key instead of a session, one request for a job, a webhook of its own shape.

use ringcentral_ai::call::{Call, Event, Now, Report, Step};
use ringcentral_ai::engine::rule::{Kind, Need, Rule, Rules};
use ringcentral_ai::engine::{Accepted, BoxedCall, Delivery, Engine, Input, Job, Media, Outcome, Task};
use ringcentral_ai::error::{ApiError, Error, Result};
use ringcentral_ai::http::{HttpRequest, HttpResponse, Method};
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::time::unix_ms;

const SERVER: &str = "https://scribe.example/jobs";
const REMEMBERS_MS: u64 = 24 * 3_600_000;
/// The one task that it does.
const TASK: Task = Task::SpeechToText;

const RULES: Rules = Rules {
    fields: &[&[
        Rule { name: "language", need: Need::Default("\"en\""), kind: Kind::OneOf(&["en", "de"]) },
        Rule {
            name: "names",
            need: Need::Optional,
            kind: Kind::List {
                of: &Kind::Plain(|value| value.text().is_some(), "it must be a text"),
                least: 1,
                most: 3,
                reason: "it must be a list of 1 to 3 texts",
            },
        },
    ]],
    renamed: &[("lang", "language")],
    elsewhere: &[("audio", "the media is named beside the input")],
};

pub struct Scribe {
    pub key: Secret,
}

impl Engine for Scribe {
    fn name(&self) -> &'static str {
        "scribe"
    }

    fn fields(&self, task: Task) -> Option<Vec<&'static str>> {
        (task == TASK).then(|| RULES.each().map(|rule| rule.name).collect())
    }

    fn check(&self, task: Task, fields: &Value<'_>) -> Result<Input> {
        if task != TASK {
            return Err(Error::invalid("task", "this engine transcribes, and does nothing else"));
        }
        Input::check(&RULES, "scribe", fields, "input")
    }

    fn submit(&self, job: Job) -> Result<BoxedCall<Accepted>> {
        let Some(Media::Address(audio)) = &job.media else {
            return Err(Error::invalid("media.recordingId", "this engine fetches addresses alone"));
        };
        let body = job.input.object().text("audio", audio.expose()).text("tell", job.webhook.expose()).write();
        let request = self.signed(HttpRequest::new(Method::Post, SERVER.into())).json(body);
        Ok(Box::new(OneRequest { request, is_repeatable: false, stage: Stage::New, read: accepted }))
    }

    fn status(&self, job_id: &str) -> Result<BoxedCall<String>> {
        let request = self.signed(HttpRequest::new(Method::Get, [SERVER, "/", job_id].concat()));
        let read = |response: &HttpResponse| Ok(String::from_utf8_lossy(&response.body).into_owned());
        Ok(Box::new(OneRequest { request, is_repeatable: true, stage: Stage::New, read }))
    }

    fn denies(&self, _: &Error) -> bool {
        false
    }

    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let unreadable = |reason| Error::UnreadableDelivery { reason };
        let whole = Value::parse(body).ok_or_else(|| unreadable("it is not JSON"))?;
        // The webhook wraps in an event what the status says bare.
        let said = if whole.get("event") == &Value::Null { &whole } else { whole.get("data") };
        let state = said.get("state").text().ok_or_else(|| unreadable("it names no state"))?;
        Ok(Delivery {
            job_id: said.get("id").whole().map(|id| id.to_string()),
            task: Some(TASK.name().into()),
            outcome: match state {
                "waiting" | "working" => Outcome::Running,
                "done" => Outcome::Succeeded,
                _ => Outcome::Failed(failures(said)),
            },
            completed_ms: said.get("finished").text().and_then(unix_ms),
        })
    }

    fn visitor(&self) -> Option<String> {
        Some(SERVER.into())
    }

    fn remembers_ms(&self) -> u64 {
        REMEMBERS_MS
    }

    fn state(&self) -> Option<Secret> {
        None
    }

    fn restore(&self, _state: &Secret) {}
}

impl Scribe {
    fn signed(&self, request: HttpRequest) -> HttpRequest {
        request.header("x-key", self.key.expose())
    }
}

fn accepted(response: &HttpResponse) -> Result<Accepted> {
    let body = response.object("a job")?;
    Ok(Accepted { job_id: body.get("id").whole().map(|id| id.to_string()), said: None })
}

fn failures(said: &Value<'_>) -> Vec<ApiError> {
    let failure = said.text_of("failure");
    failure.map(|message| ApiError { error_code: "scribe".into(), message, parameter_name: None }.masked()).into_iter().collect()
}

/// One request and its answer.
struct OneRequest<T> {
    request: HttpRequest,
    is_repeatable: bool,
    stage: Stage,
    read: fn(&HttpResponse) -> Result<T>,
}

enum Stage {
    New,
    Reported,
    Sent,
}

impl<T> Call for OneRequest<T> {
    type Output = T;

    fn step(&mut self, event: Event, _now: Now) -> Step<T> {
        match (&self.stage, event) {
            (Stage::New, _) if !self.is_repeatable => {
                self.stage = Stage::Reported;
                Step::Report(Report::Sending)
            }
            (Stage::New | Stage::Reported, _) => {
                self.stage = Stage::Sent;
                Step::Send(self.request.clone())
            }
            (Stage::Sent, Event::Response(response)) if response.is_success() => {
                (self.read)(&response).map_or_else(Step::Fail, Step::Done)
            }
            (Stage::Sent, Event::Response(response)) => {
                Step::Fail(Error::Refused { asked: "the job", status: response.status, ringcentral: Vec::new(), advice: "" })
            }
            (Stage::Sent, _) if self.is_repeatable => Step::Fail(Error::Network),
            (Stage::Sent, _) => Step::Fail(Error::SubmitUnconfirmed),
        }
    }
}
