//! A host without a platform: it lives one job through `lifecycle`, whichever engine does it, and knows neither.

use super::script::{Script, with_login};
use ringcentral_ai::call::{Call, Event as Happened, Now, Report, Step};
use ringcentral_ai::engine::{Delivery, Engine, Job, Media, Outcome as Told, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Effect, Event, JobError, New, Outcome, Record, Said, State, Stored, Terms, transition};
use ringcentral_ai::secret::SecretUrl;

const ID: &str = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";

/// The host with its one job.
pub struct Host<'a> {
    pub engine: &'a dyn Engine,
    pub script: Script,
    pub record: Option<Record>,
    /// What the job was asked with, as it lies in its row.
    input: String,
    address: String,
    webhook: String,
}

impl<'a> Host<'a> {
    /// A host that writes a job down: its fields are checked by the engine, and so it waits for its turn.
    pub fn create(engine: &'a dyn Engine, fields: &str, address: &str, webhook: &str) -> Self {
        let fields = Value::parse(fields.as_bytes()).unwrap();
        let input = engine.check(Task::SpeechToText, &fields).unwrap().write();
        let (script, record) = (Script::default(), None);
        let mut host = Self { engine, script, record, input, address: address.into(), webhook: webhook.into() };
        let terms = Terms {
            remembers_ms: engine.remembers_ms(),
            keeps_ms: 30 * 86_400_000,
            ask_after_ms: 600_000,
            makes: engine.makes(),
        };
        let (task, engine) = (Task::SpeechToText.name().into(), engine.name().into());
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
        let effects = self.tell(Event::TurnCame);
        let [Effect::Submit { attempt }] = effects[..] else { panic!("{effects:?}") };
        let input = self.engine.check(Task::SpeechToText, &Value::parse(self.input.as_bytes()).unwrap()).unwrap();
        assert_eq!(input.write(), self.input, "what was checked is checked again to the same");
        let media = Some(Media::Address(SecretUrl::hiding_query(self.address.clone())));
        let webhook = SecretUrl::hiding_query(self.webhook.clone());
        let mut call =
            self.engine.submit(Job { task: Task::SpeechToText, input, media, relay: None, webhook, asked_ms: None }).unwrap();
        let mut happened = Happened::Go;
        let event = loop {
            let now = Now { ms: self.script.now_ms, random: 7 };
            happened = match call.step(happened, now) {
                Step::Send(request) => {
                    self.script.requests.push(request.clone());
                    let answer = answer.and_then(|answer| with_login(&request, answer.clone()));
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
                Step::Report(_) => Happened::Go,
                Step::Done(accepted) => break Event::Accepted { attempt, engine_job_id: accepted.job_id },
                Step::Fail(Error::SubmitUnconfirmed) => break Event::AnswerLost,
                Step::Fail(error) => panic!("{error}"),
            };
        };
        self.tell(event);
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
    let stored = Some(Stored { key: key.into(), until_ms: 40 * 86_400_000, dead_key: "dead".into() });
    Said {
        engine_job_id: delivery.job_id,
        is_anothers: false,
        task: delivery.task,
        outcome,
        completed_ms: delivery.completed_ms,
        stored,
    }
}
