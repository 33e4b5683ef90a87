//! A host without a platform: it lives one job through `lifecycle`, whichever engine does it, and knows neither.

use super::script::{Script, with_login};
use ringcentral_ai::call::{Call, Event as Happened, Now, Report, Step};
use ringcentral_ai::engine::{Delivery, Engine, Input, Job, Made, Making, Media, Outcome as Told, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Effect, Event, JobError, New, Outcome, Record, Said, State, Stored, Terms, transition};
use ringcentral_ai::secret::SecretUrl;

const ID: &str = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";

/// The host with its one job.
pub struct Host<'a> {
    pub engine: &'a dyn Engine,
    pub script: Script,
    pub record: Option<Record>,
    task: Task,
    /// What the job was asked with, as it lies in its row.
    input: String,
    address: String,
    webhook: String,
}

impl<'a> Host<'a> {
    /// A host that writes a job down: its fields are checked by the engine, and so it waits for its turn.
    pub fn create(engine: &'a dyn Engine, fields: &str, address: &str, webhook: &str) -> Self {
        Self::of(engine, Task::SpeechToText, fields, address, webhook)
    }

    /// The same for any task.
    pub fn of(engine: &'a dyn Engine, task: Task, fields: &str, address: &str, webhook: &str) -> Self {
        let fields = Value::parse(fields.as_bytes()).unwrap();
        let input = engine.check(task, &fields).unwrap().write();
        let (script, record) = (Script::default(), None);
        let mut host = Self { engine, script, record, task, input, address: address.into(), webhook: webhook.into() };
        let terms = Terms {
            remembers_ms: engine.remembers_ms(),
            keeps_ms: 30 * 86_400_000,
            ask_after_ms: engine.ask_after_ms().unwrap_or(600_000),
            makes: engine.makes(),
        };
        let (task, engine) = (task.name().into(), engine.name().into());
        host.tell(Event::Created(New { id: ID.into(), task, engine, is_reserved: false, terms }));
        host
    }

    pub fn state(&self) -> Option<State> {
        self.record.as_ref().map(|record| record.state)
    }

    /// Tells the job what happened; gives back what is to be done.
    pub fn tell(&mut self, event: Event) -> Vec<Effect> {
        let (record, effects) = transition(self.record.take(), event, self.script.now_ms);
        self.record = record;
        effects
    }

    /// Its turn comes: it is submitted, and `answer` is what the engine's server says.
    pub fn submit(&mut self, answer: Option<&HttpResponse>) {
        self.submit_to(|_| answer.cloned());
    }

    /// The same with a server that answers request by request.
    pub fn submit_to(&mut self, mut server: impl FnMut(&HttpRequest) -> Option<HttpResponse>) {
        let effects = self.tell(Event::TurnCame);
        let [Effect::Submit { attempt }] = effects[..] else { panic!("{effects:?}") };
        let (task, input) = (self.task, self.input());
        assert_eq!(input.write(), self.input, "what was checked is checked again to the same");
        let address = SecretUrl::hiding_query(self.address.clone());
        let relay = self.engine.is_stranger().then(|| address.clone());
        let media = task.has_media().then_some(Media::Address(address));
        let webhook = SecretUrl::hiding_query(self.webhook.clone());
        let mut call = self.engine.submit(Job { task, input, media, relay, webhook, asked_ms: None }).unwrap();
        let mut at_once = None;
        let mut happened = Happened::Go;
        let event = loop {
            let now = Now { ms: self.script.now_ms, random: 7 };
            happened = match call.step(happened, now) {
                Step::Send(request) => {
                    self.script.requests.push(request.clone());
                    let answer = server(&request).and_then(|answer| with_login(&request, answer));
                    answer.map_or(Happened::Lost, Happened::Response)
                }
                Step::Sleep(ms) => {
                    self.script.now_ms += ms;
                    Happened::Go
                }
                Step::Report(Report::Sending) => {
                    assert!(self.tell(Event::Sending { attempt }).contains(&Effect::Send));
                    Happened::Go
                }
                Step::Report(Report::Refused) => {
                    self.tell(Event::SentBack);
                    Happened::Go
                }
                Step::Report(_) => Happened::Go,
                Step::Done(accepted) => {
                    at_once = accepted.said;
                    break Event::Accepted { attempt, engine_job_id: accepted.job_id };
                }
                Step::Fail(Error::SubmitUnconfirmed) => {
                    break Event::AnswerLost { may_come: self.engine.visitor().is_some() };
                }
                Step::Fail(error) if error.is_retryable() => break Event::PutOff { error: job_error(&error) },
                Step::Fail(error) => break Event::Refused { error: job_error(&error) },
            };
        };
        self.tell(event);
        if let Some(said) = at_once {
            let delivery = self.engine.read(&said).unwrap();
            self.tell(Event::StatusSaid(said_of(delivery, "said/at once")));
        }
    }

    /// Time comes: the result is made of what the engine said; `answer` is what servers say to it.
    pub fn make(&mut self, said: &[u8], answer: impl FnMut(&HttpRequest, u64) -> Option<HttpResponse>) -> Made {
        let record = self.record.clone().unwrap();
        self.script.now_ms = record.due_ms;
        let effects = self.tell(Event::TimeCame);
        let [Effect::Make { said_key }] = &effects[..] else { panic!("{effects:?}") };
        assert_eq!(Some(said_key), record.said_key.as_ref());
        let making = Making {
            task: self.task,
            input: self.input(),
            said: said.to_vec(),
            job_id: ID.into(),
            created_ms: record.created_ms,
            completed_ms: self.script.now_ms,
            expires_ms: record.retained_until_ms,
        };
        let made = self.script.run(&mut self.engine.make(making).unwrap(), answer).unwrap();
        self.tell(Event::Made { stored: stored("result/made") });
        made
    }

    fn input(&self) -> Input {
        self.engine.check(self.task, &Value::parse(self.input.as_bytes()).unwrap()).unwrap()
    }

    /// Time comes: the engine is asked how the job stands, and `answer` is what its server says.
    pub fn ask(&mut self, answer: &str) {
        self.script.now_ms = self.record.as_ref().unwrap().due_ms;
        let effects = self.tell(Event::TimeCame);
        let [Effect::AskStatus { engine_job_id }] = &effects[..] else { panic!("{effects:?}") };
        let mut call = self.engine.status(engine_job_id).unwrap();
        let answer = HttpResponse { status: 200, headers: Vec::new(), body: answer.into() };
        let said = self.script.run(&mut call, |request, _| with_login(request, answer.clone())).unwrap();
        let delivery = self.engine.read(said.as_bytes()).unwrap();
        self.tell(Event::StatusSaid(said_of(delivery, "result/asked")));
    }

    /// The engine tells the webhook of the first attempt.
    pub fn delivered(&mut self, body: &str) -> Vec<Effect> {
        let delivery = self.engine.read(body.as_bytes()).unwrap();
        self.tell(Event::Delivered { attempt: 1, said: said_of(delivery, "result/told") })
    }
}

/// What a delivery says, its bytes stored under that key.
fn said_of(delivery: Delivery, key: &str) -> Said {
    let outcome = match delivery.outcome {
        Told::Running => Outcome::Running,
        Told::Ended => Outcome::Ended,
        Told::Succeeded => Outcome::Succeeded,
        Told::Failed(ringcentral) => Outcome::Failed(JobError { code: "failed".into(), message: String::new(), ringcentral }),
    };
    let stored = Some(stored(key));
    Said {
        engine_job_id: delivery.job_id,
        is_anothers: false,
        task: delivery.task,
        outcome,
        completed_ms: delivery.completed_ms,
        stored,
    }
}

fn stored(key: &str) -> Stored {
    Stored { key: key.into(), until_ms: 40 * 86_400_000, dead_key: "dead".into() }
}

fn job_error(error: &Error) -> JobError {
    JobError { code: error.code().into(), message: error.to_string(), ringcentral: error.ringcentral().to_vec() }
}
