//! The Desk: the one Durable Object, which alone knows which jobs there are and decides that one is finished.
//!
//! Everything that must not be done twice is one synchronous statement between two awaits. What takes time (RingCentral, KV)
//! happens in the alarm; a caller's request only writes down, reads, or waits.

#![allow(missing_docs, reason = "the methods that the macro durable_object makes have no words")]

mod copies;
mod create;
mod due;
mod errands;
mod expect;
mod finish;
mod jobs;
mod kept;
mod log;
mod recordings;
mod rounds;
mod row;
mod seal;
mod send;
mod store;
mod submits;
mod time;
mod waiters;

pub(crate) use copies::MAX_COPY_BYTES;

use crate::config::Config;
use crate::protocol::{Answer, Ask, Failure, parse_frame, write_frame};
use finish::Delivered;
use futures_util::future::{Either, select};
use jobs::Jobs;
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::error::Code;
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
    config: OnceCell<Config>,
    client: OnceCell<Client>,
    kept: RefCell<kept::Kept>,
    errands: errands::Errands,
    waiters: waiters::Waiters,
    run: rounds::Run,
}

impl DurableObject for Desk {
    fn new(state: State, env: Env) -> Self {
        Self {
            store: store::Store::new(state.storage().sql()),
            state,
            env,
            config: OnceCell::new(),
            client: OnceCell::new(),
            kept: RefCell::default(),
            errands: errands::Errands::default(),
            waiters: waiters::Waiters::default(),
            run: rounds::Run::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let frame = request.bytes().await?;
        let answer = match parse_frame::<Ask>(&frame) {
            Ok((ask, bytes)) => self.answer(ask, bytes).await,
            Err(_) => Err(Error::from("a question that cannot be read")),
        };
        Response::from_bytes(answer.or_else(|error| self.failed(&error))?)
    }

    async fn alarm(&self) -> Result<Response> {
        rounds::run(self).await;
        Response::empty()
    }
}

impl Desk {
    /// Answers a question with a frame.
    async fn answer(&self, ask: Ask, bytes: &[u8]) -> Result<Vec<u8>> {
        let answer = match ask {
            Ask::Create(create) => {
                let answer = create::create(self, create)?;
                self.wake().await;
                answer
            }
            Ask::Job { id, wait_s } => return self.job(&id, wait_s.min(MAX_WAIT_S)).await,
            Ask::Expect(delivery) => Answer::Expected(expect::expect(self.jobs().find(&delivery.id)?.as_ref(), &delivery)),
            Ask::Finish { delivery, key, succeeded, errors, completed_at, retained_until_ms } => {
                let delivered = Delivered { delivery, key, succeeded, errors, completed_at, retained_until_ms };
                let answer = finish::finish(self, delivered, bytes)?;
                self.wake().await;
                answer
            }
            Ask::Stored { id } => return self.stored(&id),
            Ask::Recordings { query } => recordings::ask(self, &query).await?,
            Ask::Rearm => {
                self.wake().await;
                Answer::Done
            }
        };
        Ok(write_frame(&answer, &[])?)
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
        let answer = self.jobs().find(id)?.map_or(Answer::Unknown, |row| Answer::Job(row.job()));
        Ok(write_frame(&answer, &[])?)
    }

    /// Where the result lies, and its bytes while there is a copy.
    fn stored(&self, id: &str) -> Result<Vec<u8>> {
        let Some(mut row) = self.jobs().find(id)? else { return Ok(write_frame(&Answer::Unknown, &[])?) };
        let Some(key) = row.result_key.take() else { return Ok(write_frame(&Answer::Job(row.job()), &[])?) };
        let copy = copies::bytes(self, id)?;
        let answer = Answer::Stored { key, has_copy: copy.is_some() };
        Ok(write_frame(&answer, &copy.unwrap_or_default())?)
    }

    /// Sees to it that what is due is done: by the alarm at its work, or by the next one.
    async fn wake(&self) {
        if self.run.ring() {
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
        let due_ms = [self.errands.next_due_ms(), submits::next_turn_ms(self)?, self.jobs().next_due_ms()?, copies_ms];
        Ok(due_ms.into_iter().flatten().min())
    }

    /// Sets the alarm; a failure is no end: the cron asks again.
    async fn set_alarm(&self, due_ms: Option<u64>) {
        let storage = self.state.storage();
        let outcome = match due_ms {
            Some(due_ms) => storage.set_alarm(Duration::from_millis(due_ms.saturating_sub(time::now_ms()))).await,
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
        if let Some(config) = self.config.get() {
            return Ok(config);
        }
        let config = Config::read(&self.env).map_err(|problem| Error::from(problem.failure().message))?;
        Ok(self.config.get_or_init(|| config))
    }

    /// The client with what an earlier one had learned.
    fn client(&self) -> Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let config = self.config()?;
        let client = Client::new(config.site.clone(), config.credentials.clone());
        kept::restore(self, config, &client)?;
        Ok(self.client.get_or_init(|| client))
    }

    /// The answer when the Desk itself is in trouble: the cause goes to the log.
    fn failed(&self, error: &Error) -> Result<Vec<u8>> {
        log::trouble("fetch", error);
        let (code, message) = match self.config() {
            Ok(_) => (Code::Internal, Code::Internal.sentence().to_owned()),
            Err(not_configured) => (Code::NotConfigured, not_configured.to_string()),
        };
        let failure = Failure { code, message, field: None, permission: None, retry_after_s: None };
        Ok(write_frame(&Answer::Failed(failure), &[])?)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}
