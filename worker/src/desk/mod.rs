//! The Desk: the one Durable Object, which alone knows which jobs there are and decides that one is finished.
//!
//! A job changes in one way (`life`), between two awaits. What takes time (engines, KV) happens in the alarm; a caller's request
//! only writes down, reads, or waits.

#![allow(missing_docs, reason = "the methods that the macro durable_object makes have no words")]

mod alarm;
mod answer;
mod change;
mod copies;
mod create;
mod dead_letters;
mod deletions;
mod delivery;
mod engine_states;
mod in_flight;
mod job_list;
mod life;
mod lists;
mod log;
mod notices;
mod notify;
mod rejections;
mod replay;
mod reservations;
mod seal;
mod send;
mod stats;
mod status;
mod store;
mod submit;
mod verdict;
mod waiters;
mod waiting;

use crate::clock::Clock;
use crate::config::Config;
use crate::engines::Engines;
use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::{Asked, FAILURE_STATUS, frame};
use crate::{random, request_id};
use ringcentral_ai::call::Now;
use ringcentral_ai::error::Code;
use std::cell::OnceCell;
use std::fmt;
use worker::{DurableObject, Env, Error, Request, Response, Result, State, durable_object};

/// The object.
#[durable_object(alarm)]
pub struct Desk {
    state: State,
    env: Env,
    store: store::Store,
    config: std::result::Result<Config, Failure>,
    clock: Clock,
    engines: OnceCell<Engines>,
    engine_states: engine_states::Stored,
    calls: in_flight::Calls,
    waiters: waiters::Waiters,
    reservations: reservations::Reservations,
    notices: notify::UnderWay,
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
            engines: OnceCell::new(),
            engine_states: engine_states::Stored::default(),
            calls: in_flight::Calls::default(),
            waiters: waiters::Waiters::default(),
            reservations: reservations::Reservations::default(),
            notices: notify::UnderWay::default(),
            run: alarm::Run::default(),
        }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        let outcome = match frame::parse(request.bytes().await?) {
            Ok(Asked { request_id, question }) => {
                request_id::within(request_id.map(Into::into), answer::answer(self, question)).await
            }
            Err(_) => Err(Error::from("a question that cannot be read")),
        };
        match outcome.unwrap_or_else(|error| Err(self.failure(&error))) {
            Ok(frame) => Response::from_bytes(frame),
            Err(failure) => Ok(Response::from_bytes(frame::write(&failure)?)?.with_status(FAILURE_STATUS)),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        alarm::run(self).await;
        Response::empty()
    }
}

impl Desk {
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
        match alarm::next_due_ms(self) {
            Ok(due_ms) => self.set_alarm(due_ms).await,
            Err(error) => log::trouble("due", &error),
        }
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

    fn config(&self) -> Result<&Config> {
        self.config.as_ref().map_err(|failure| Error::from(failure.message.as_str()))
    }

    /// The engines, with what earlier ones had learned.
    fn engines(&self) -> Result<&Engines> {
        if let Some(engines) = self.engines.get() {
            return Ok(engines);
        }
        let config = self.config()?;
        let engines = Engines::of(config);
        engine_states::restore(self, config, &engines)?;
        Ok(self.engines.get_or_init(|| engines))
    }

    /// What is told when the Desk itself is in trouble: the cause goes to the log.
    fn failure(&self, error: &Error) -> Failure {
        log::trouble("fetch", error);
        let internal = || Problem::from(Code::Internal).failure().clone();
        self.config.as_ref().err().cloned().unwrap_or_else(internal)
    }
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}
