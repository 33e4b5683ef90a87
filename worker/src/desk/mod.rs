//! The Desk: the one Durable Object, which alone knows which jobs there are and decides that one is finished.
//!
//! A job changes in one way (`life`), between two awaits. What takes time (engines, KV) happens in the alarm; a caller's request
//! only writes down, reads, or waits.

#![allow(missing_docs, reason = "the methods that the macro durable_object makes have no words")]

mod alarm;
mod answer;
mod awaited;
mod change;
mod create;
mod dead_letters;
mod deletions;
mod delivery;
mod engine_states;
mod in_flight;
mod job_error;
mod job_list;
mod keeping;
mod life;
mod lists;
mod log;
mod making;
mod minute;
mod notices;
mod notify;
mod read_back;
mod rejections;
mod relay;
mod replay;
mod reservations;
mod rooms;
mod run;
mod seal;
mod send;
mod stats;
mod status;
mod store;
mod streaming;
mod submit;
#[cfg(test)]
mod tests;
mod uploads;
mod users;
mod verdict;
mod waiters;
mod waiting;

use crate::clock::Clock;
use crate::config::Config;
use crate::engines::Engines;
use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::Asked;
use crate::question::frame::Frame;
use crate::{random, request_id};
use ringcentral_ai::call::Now;
use ringcentral_ai::error::Code;
use std::cell::{Cell, OnceCell};
use std::fmt;
use worker::js_sys::Uint8Array;
use worker::wasm_bindgen::{JsValue, prelude::wasm_bindgen};
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
    just_said: making::JustSaid,
    waiters: waiters::Waiters,
    reservations: reservations::Reservations,
    users: users::Users,
    notices: notify::UnderWay,
    keeping: keeping::Keeping,
    run: run::Run,
    /// When the alarm comes, as far as that is known.
    alarm_ms: Cell<Option<u64>>,
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
            just_said: making::JustSaid::default(),
            waiters: waiters::Waiters::default(),
            reservations: reservations::Reservations::default(),
            users: users::Users::default(),
            notices: notify::UnderWay::default(),
            keeping: keeping::Keeping::default(),
            run: run::Run::default(),
            alarm_ms: Cell::default(),
        }
    }

    /// The Desk is asked by [`Desk::ask`].
    async fn fetch(&self, _request: Request) -> Result<Response> {
        Response::error("not found", 404)
    }

    async fn alarm(&self) -> Result<Response> {
        alarm::run(self).await;
        Response::empty()
    }
}

#[wasm_bindgen(wasm_bindgen_futures = ::worker::wasm_bindgen_futures, js_sys = ::worker::js_sys)]
impl Desk {
    /// Answers a question: what is written of it, and the bytes beside that; so is the answer.
    ///
    /// # Errors
    /// When not even a failure can be written.
    pub async fn ask(&self, written: Uint8Array, bytes: Option<Uint8Array>) -> std::result::Result<JsValue, JsValue> {
        let answered = match Frame::of_parts(&written, bytes.as_ref()).parse() {
            Ok(Asked { request_id, question }) => {
                request_id::within(request_id.map(Into::into), answer::answer(self, question)).await
            }
            Err(_) => Err(Error::from("a question that cannot be read")),
        };
        let frame = answered.or_else(|error| answer::failed(self.failure(&error)));
        frame.map(|frame| frame.to_js()).map_err(JsValue::from)
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

    /// The same where nothing but this has become due, and nothing before it: an alarm that comes by then sees to it.
    async fn wake_by(&self, due_ms: u64) {
        let now_ms = self.now_ms();
        let comes_by_then = self.alarm_ms.get().is_some_and(|alarm_ms| now_ms < alarm_ms && alarm_ms <= due_ms);
        if !comes_by_then && !self.run.is_alive(now_ms) {
            self.wake().await;
        }
    }

    /// Sets the alarm; a failure is no end: the cron asks again.
    async fn set_alarm(&self, due_ms: Option<u64>) {
        let storage = self.state.storage();
        let outcome = match due_ms {
            Some(due_ms) => storage.set_alarm(self.clock.timer(due_ms.saturating_sub(self.now_ms()))).await,
            None => storage.delete_alarm().await,
        };
        self.alarm_ms.set(due_ms.filter(|_| outcome.is_ok()));
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
