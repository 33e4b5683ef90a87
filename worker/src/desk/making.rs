//! The result of a job is made of what its engine said: read where that lies, made by the engine's own call, and stored.

use super::delivery::{Of, Told};
use super::in_flight::{InFlight, Next, Purpose};
use super::job_error::unusable;
use super::send::in_time;
use super::store::ReadBack;
use super::{Desk, life};
use crate::kv::{Body, Kv, WorkersKv};
use crate::limits::MAX_SAID_BYTES;
use ringcentral_ai::call::{Event as Happened, Step};
use ringcentral_ai::engine::{BoxedCall, Made, Making, Task};
use ringcentral_ai::error::{Error as Wrong, Result as CoreResult};
use ringcentral_ai::json::Value;
use ringcentral_ai::lifecycle::{Event, Record};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt;
use worker::Result;

/// What engines have just said, in memory: KV may miss a key that was written elsewhere for a minute.
#[derive(Debug, Default)]
pub(super) struct JustSaid(RefCell<VecDeque<(String, Vec<u8>)>>);

impl JustSaid {
    /// Keeps what lies under a key; the oldest goes where there is no room.
    pub(super) fn keep(&self, key: &str, bytes: Vec<u8>) {
        let mut kept = self.0.borrow_mut();
        kept.push_back((key.to_owned(), bytes));
        while kept.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > MAX_SAID_BYTES as usize {
            kept.pop_front();
        }
    }

    fn take(&self, key: &str) -> Option<Vec<u8>> {
        let mut kept = self.0.borrow_mut();
        let place = kept.iter().position(|(known, _)| known == key)?;
        kept.remove(place).map(|(_, bytes)| bytes)
    }
}

/// What lies under that key; none where it is not to be had now: it is asked for again.
pub(super) async fn said(desk: &Desk, id: &str, key: &str) -> Result<Option<Vec<u8>>> {
    if let Some(bytes) = desk.just_said.take(key) {
        return Ok(Some(bytes));
    }
    if let Some(copy) = desk.store.copy(id)? {
        return Ok(Some(copy));
    }
    let Ok(kv) = WorkersKv::of(&desk.env) else { return Ok(None) };
    let read = async || Some(kv.get(key).await.ok()??.0.whole().await.ok()?);
    Ok(in_time(read()).await.flatten())
}

/// Begins to make the result of a job of those bytes.
pub(super) fn begin(desk: &Desk, id: &str, said: Vec<u8>, now_ms: u64) -> Result<()> {
    let Some(record) = desk.store.record(id)?.filter(|record| record.said_key.is_some()) else { return Ok(()) };
    match call(desk, &record, said, now_ms)? {
        Ok(call) => _ = desk.calls.begin(Box::new(MakeCall { id: id.to_owned(), call }), now_ms),
        Err(error) => _ = life::tell(desk, id, Event::NotMade { error: unusable(&error) }, now_ms)?,
    }
    Ok(())
}

fn call(desk: &Desk, record: &Record, said: Vec<u8>, now_ms: u64) -> Result<CoreResult<BoxedCall<Made>>> {
    let Some(engine) = desk.engines()?.named(&record.engine) else {
        return Ok(Err(Wrong::invalid("engine", "it is not configured any more")));
    };
    let Some(task) = Task::named(&record.task) else { return Ok(Err(Wrong::invalid("task", "this version does not know it"))) };
    let asked = desk.store.asked(&record.id)?.unwrap_or_default();
    let fields = Value::parse(asked.input.as_deref().unwrap_or_default().as_bytes()).unwrap_or_default();
    let making = |input| Making {
        task,
        input,
        said,
        job_id: record.id.clone(),
        created_ms: record.created_ms,
        completed_ms: now_ms,
        expires_ms: record.retained_until_ms,
    };
    Ok(engine.check(task, &fields).and_then(|input| engine.make(making(input))))
}

/// A result on its way.
struct MakeCall {
    id: String,
    call: BoxedCall<Made>,
}

impl InFlight for MakeCall {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::Make(&self.id)
    }

    fn step(&mut self, desk: &Desk, happened: Happened) -> Result<Next> {
        let now = desk.now();
        match self.call.step(happened, now) {
            Step::Send(request) => Ok(Next::Send(request)),
            Step::Sleep(ms) => Ok(Next::Sleep(ms)),
            Step::Report(_) => Ok(Next::Sleep(0)),
            Step::Done(Made { result, missing }) => {
                let told = Told { id: self.id.clone(), of: Of::Made(missing), body: result.into_bytes() };
                Ok(Next::Store(Box::new(told)))
            }
            // It is made again when its time comes.
            Step::Fail(error) if error.is_retryable() => Ok(Next::Over),
            Step::Fail(error) => {
                life::tell(desk, &self.id, Event::NotMade { error: unusable(&error) }, now.ms)?;
                Ok(Next::Over)
            }
        }
    }
}

impl fmt::Debug for MakeCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MakeCall").field("id", &self.id).finish_non_exhaustive()
    }
}
