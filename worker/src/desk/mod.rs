//! The Desk: the one Durable Object, which alone knows which jobs there are and decides that one is finished.
//!
//! Everything that must not be done twice is one synchronous statement between two awaits. What takes time (RingCentral, KV)
//! happens in the alarm; a caller's request only writes down, reads, or waits.

#![allow(missing_docs, reason = "the methods that the macro durable_object makes have no words")]

mod alarm;
mod copies;
mod create;
mod due;
mod engine_state;
mod expect;
mod finish;
mod in_flight;
mod jobs;
mod lists;
mod log;
mod row;
mod seal;
mod send;
mod store;
mod submits;
mod time;
mod waiters;

use crate::clock::Clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::{
    AnyQuestion, CreateJob, FindResult, FoundResult, IsWanted, ListRecordings, Question, ReadJob, TakeDelivery, WakeUp, frame,
};
use crate::random;
use futures_util::future::{Either, select};
use jobs::Jobs;
use ringcentral_ai::call::Now;
use ringcentral_ai::engine::ringcentral::client::Client;
use row::Row;
use std::cell::{OnceCell, RefCell};
use std::fmt;
use std::time::Duration;
use worker::{Delay, DurableObject, Env, Error, Request, Response, Result, State, durable_object};

/// Who waits for a job's end waits so long at most, whatever was asked.
const MAX_WAIT_S: u32 = 55;

/// The object.
#[durable_object(alarm)]
pub struct Desk {
    state: State,
    env: Env,
    store: store::Store,
    config: std::result::Result<Config, Failure>,
    clock: Clock,
    client: OnceCell<Client>,
    written: RefCell<engine_state::Written>,
    calls: in_flight::Calls,
    waiters: waiters::Waiters,
    run: alarm::Run,
}

impl DurableObject for Desk {
    fn new(state: State, env: Env) -> Self {
        let config = Config::read(&env).map_err(|problem| problem.failure().clone());
        Self {
            store: store::Store::new(state.storage().sql()),
            state,
            env,
            clock: config.as_ref().map_or(Clock::REAL, |config| config.clock),
            config,
            client: OnceCell::new(),
            written: RefCell::default(),
            calls: in_flight::Calls::default(),
            waiters: waiters::Waiters::default(),
            run: alarm::Run::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let frame = request.bytes().await?;
        let answer = match frame::parse(frame) {
            Ok(question) => self.answer(question).await,
            Err(_) => Err(Error::from("a question that cannot be read")),
        };
        Response::from_bytes(answer.or_else(|error| self.failed(&error))?)
    }

    async fn alarm(&self) -> Result<Response> {
        alarm::run(self).await;
        Response::empty()
    }
}

impl Desk {
    /// Answers a question with a frame.
    async fn answer(&self, question: AnyQuestion) -> Result<Vec<u8>> {
        let now_ms = self.now_ms();
        match question {
            AnyQuestion::CreateJob(question) => {
                let creation = create::create(self, question, now_ms)?;
                self.wake().await;
                answer::<CreateJob>(creation)
            }
            AnyQuestion::ReadJob(ReadJob { id, wait_s }) => self.job(&id, wait_s.min(MAX_WAIT_S)).await,
            AnyQuestion::IsWanted(IsWanted(delivery)) => {
                answer::<IsWanted>(expect::expect(self.jobs().find(&delivery.id)?.as_ref(), &delivery))
            }
            AnyQuestion::TakeDelivery(question) => {
                let verdict = finish::finish(self, question, now_ms)?;
                self.wake().await;
                answer::<TakeDelivery>(verdict)
            }
            AnyQuestion::FindResult(FindResult { id }) => answer::<FindResult>(self.result(&id)?),
            AnyQuestion::ListRecordings(ListRecordings { query }) => Ok(frame::write(&lists::page(self, &query).await?)?),
            AnyQuestion::WakeUp => {
                self.wake().await;
                answer::<WakeUp>(())
            }
        }
    }

    /// The job, when it has ended or the time is over.
    async fn job(&self, id: &str, wait_s: u32) -> Result<Vec<u8>> {
        let is_worth_waiting = |row: &Row| wait_s > 0 && !row.status.is_finished();
        if self.jobs().find(id)?.is_some_and(|row| is_worth_waiting(&row)) {
            let ended = self.waiters.join(id);
            let patience = Delay::from(Duration::from_secs(wait_s.into()));
            if let Either::Left((Ok(frame), _)) = select(ended, patience).await {
                return Ok(frame.to_vec());
            }
            self.waiters.forget(id);
        }
        answer::<ReadJob>(self.jobs().find(id)?.map(Row::job))
    }

    /// Where the result lies, and its bytes while there is a copy.
    fn result(&self, id: &str) -> Result<FoundResult> {
        let Some(mut row) = self.jobs().find(id)? else { return Ok(FoundResult::Unknown) };
        let Some(key) = row.result_key.take() else { return Ok(FoundResult::None(Box::new(row.job()))) };
        let copy = copies::bytes(self, id)?;
        Ok(FoundResult::Stored { key, has_copy: copy.is_some(), copy: copy.unwrap_or_default() })
    }

    fn now_ms(&self) -> u64 {
        self.clock.now_ms()
    }

    /// What a call is stepped with.
    fn now(&self) -> Now {
        Now { ms: self.now_ms(), random: random::number() }
    }

    /// Sees to it that what is due is done: by the alarm at its work, or by the next one.
    async fn wake(&self) {
        if self.run.wake(self.now_ms()) {
            return;
        }
        match self.next_due_ms() {
            Ok(due_ms) => self.set_alarm(due_ms).await,
            Err(error) => log::trouble("due", &error),
        }
    }

    /// When something is due; none when there is nothing at all to do.
    fn next_due_ms(&self) -> Result<Option<u64>> {
        let copies_ms = if self.run.is_checking() { None } else { copies::next_due_ms(self)? };
        let due_ms = [self.calls.next_due_ms(), submits::next_turn_ms(self)?, self.jobs().next_due_ms()?, copies_ms];
        Ok(due_ms.into_iter().flatten().min())
    }

    /// Sets the alarm; a failure is no end: the cron asks again.
    async fn set_alarm(&self, due_ms: Option<u64>) {
        let storage = self.state.storage();
        let outcome = match due_ms {
            Some(due_ms) => storage.set_alarm(self.clock.timer(due_ms.saturating_sub(self.now_ms()))).await,
            None => storage.delete_alarm().await,
        };
        if let Err(error) = outcome {
            log::trouble("set_alarm", &error);
        }
    }

    fn jobs(&self) -> Jobs<'_> {
        Jobs(&self.store)
    }

    fn config(&self) -> Result<&Config> {
        self.config.as_ref().map_err(|failure| Error::from(failure.message.as_str()))
    }

    /// The client with what an earlier one had learned.
    fn client(&self) -> Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let config = self.config()?;
        let client = Client::new(config.site.clone(), config.credentials.clone());
        engine_state::restore(self, config, &client)?;
        Ok(self.client.get_or_init(|| client))
    }

    /// The answer when the Desk itself is in trouble: the cause goes to the log.
    fn failed(&self, error: &Error) -> Result<Vec<u8>> {
        log::trouble("fetch", error);
        let internal = || Problem::internal("something went wrong; it is in the Worker's log").failure().clone();
        let failure = self.config.as_ref().err().cloned().unwrap_or_else(internal);
        Ok(frame::write(&Err::<(), _>(failure))?)
    }
}

/// The frame of an answer.
fn answer<Q: Question>(answer: Q::Answer) -> Result<Vec<u8>> {
    Ok(frame::write(&Ok::<_, Failure>(answer))?)
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}
