//! A service that hears, behind the door of the engines.

use super::dialect::Dialect;
use super::rules::{self, Unable};
use crate::call::{Operation, Report, Wait};
use crate::engine::chat::{Chat, NO_CHAT};
use crate::engine::heard::Heard;
use crate::engine::keyed::Service;
use crate::engine::write_up::write_up;
use crate::engine::{Accepted, BoxedCall, Delivery, Engine, Input, Job, Made, Making, Outcome, Task};
use crate::error::{Error, Result};
use crate::json::{Object, Value, pick};
use crate::pace::{Group, Usage};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

/// A result is kept by us alone: so long after its submit no word of a job is expected any more.
const REMEMBERS_MS: u64 = 24 * 3_600_000;
/// The same of a service that cannot be asked: it works for minutes, and comes again for minutes.
const COMES_WITHIN_MS: u64 = 2 * 3_600_000;

/// A service that hears, and who writes what it does not.
#[derive(Debug)]
pub struct Hearing {
    service: Rc<Service>,
    dialect: Box<dyn Dialect>,
    chat: Option<Chat>,
}

impl Hearing {
    pub(in crate::engine) fn new(service: Service, dialect: Box<dyn Dialect>, chat: Option<Chat>) -> Self {
        Self { service: Rc::new(service), dialect, chat }
    }

    /// Why it cannot do a task, as the rest of a sentence about it.
    fn unable(&self, task: Task) -> core::result::Result<Unable, &'static str> {
        match task {
            Task::Punctuate if self.chat.is_none() => Err(NO_CHAT),
            Task::Punctuate | Task::Summarize => Ok(&[]),
            Task::SpeakerIdentify => Err("knows no enrolled speakers"),
            task => self.dialect.unable(task),
        }
    }
}

impl Engine for Hearing {
    fn name(&self) -> &'static str {
        self.service.name()
    }

    fn fields(&self, task: Task) -> Option<Vec<&'static str>> {
        self.unable(task).ok().map(|unable| rules::honoured(task, unable))
    }

    fn check(&self, task: Task, fields: &Value<'_>) -> Result<Input> {
        let unable = self.unable(task).map_err(|reason| Error::invalid("task", [self.name(), " ", reason].concat()))?;
        let input = rules::check(self.name(), task, fields, unable)?;
        let is_abstract = input.field("summaryType").is_some_and(|json| json.starts_with("\"Abstractive"));
        if is_abstract && self.chat.is_none() {
            return Err(Error::invalid("input.summaryType", [self.name(), " ", NO_CHAT].concat()));
        }
        Ok(input)
    }

    fn submit(&self, job: Job) -> Result<BoxedCall<Accepted>> {
        job.task.check_media(job.media.is_some(), "media")?;
        if job.task.has_media() {
            return Ok(Box::new(self.dialect.submit(Rc::clone(&self.service), job)?));
        }
        // Nobody has to be asked for what was said.
        let said = Object::new().text("task", job.task.name()).write().into_bytes();
        Ok(Box::new(Operation::new("text", |io| async move {
            io.report(Report::Sending).await;
            Ok(Accepted { job_id: None, said: Some(said) })
        })))
    }

    fn status(&self, job_id: &str) -> Result<BoxedCall<String>> {
        Ok(Box::new(self.dialect.status(Rc::clone(&self.service), job_id)?))
    }

    fn denies(&self, error: &Error) -> bool {
        self.dialect.denies(error)
    }

    fn read(&self, body: &[u8]) -> Result<Delivery> {
        let task = pick(body, ["task"]).and_then(|[task]| Value::parse(task?)?.text().and_then(Task::named));
        if let Some(task) = task.filter(|task| !task.has_media()) {
            let task = Some(task.name().to_owned());
            return Ok(Delivery { job_id: None, task, outcome: Outcome::Succeeded, completed_ms: None });
        }
        let mut delivery = self.dialect.read(body)?;
        if let Outcome::Failed(said) = &mut delivery.outcome {
            self.service.mask(said);
        }
        Ok(delivery)
    }

    fn visitor(&self) -> Option<String> {
        self.dialect.comes_to_us().then(|| self.service.base().to_owned())
    }

    fn is_stranger(&self) -> bool {
        true
    }

    fn makes(&self) -> bool {
        true
    }

    fn make(&self, making: Making) -> Result<BoxedCall<Made>> {
        let heard = if making.task.has_media() { self.dialect.heard(&making.said)? } else { Heard::default() };
        Ok(Box::new(write_up(self.name(), self.chat.clone(), making, heard)))
    }

    fn ask_after_ms(&self) -> Option<u64> {
        self.dialect.ask_after_ms()
    }

    fn held(&self, now_ms: u64) -> Option<Wait> {
        self.service.held(Group::Heavy, now_ms)
    }

    fn expected_ms(&self, ahead: u32, now_ms: u64) -> u64 {
        self.service.expected_ms(ahead, now_ms)
    }

    fn usage(&self, now_ms: u64) -> Vec<Usage> {
        self.service.usage(now_ms)
    }

    fn remembers_ms(&self) -> u64 {
        if self.ask_after_ms() == Some(u64::MAX) { COMES_WITHIN_MS } else { REMEMBERS_MS }
    }

    fn state(&self) -> Option<Secret> {
        self.service.state()
    }

    fn restore(&self, state: &Secret) {
        self.service.restore(state);
    }
}
