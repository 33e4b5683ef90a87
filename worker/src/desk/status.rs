//! A job's engine is asked how the job stands; what it says goes the way of a delivery.

use super::delivery::{Of, Told, said};
use super::in_flight::{InFlight, Next, Purpose};
use super::{Desk, life};
use crate::limits::MAX_ROWS_AT_ONCE;
use crate::question::TakeNews;
use ringcentral_ai::call::{Event as Happened, Step};
use ringcentral_ai::engine::{BoxedCall, Outcome};
use ringcentral_ai::lifecycle::Event;
use std::fmt;
use worker::Result;

/// A question for a job's status under way.
struct StatusCall {
    id: String,
    engine: String,
    engine_job_id: String,
    call: BoxedCall<String>,
}

/// Begins to ask; what cannot be asked counts as not answered.
pub(super) fn begin(desk: &Desk, id: &str, engine_job_id: &str, now_ms: u64) -> Result<()> {
    let Some(record) = desk.store.record(id)? else { return Ok(()) };
    match desk.engines()?.named(&record.engine).map(|engine| engine.status(engine_job_id)) {
        Some(Ok(call)) => {
            let (id, engine_job_id) = (id.to_owned(), engine_job_id.to_owned());
            desk.calls.begin(Box::new(StatusCall { id, engine: record.engine, engine_job_id, call }), now_ms);
        }
        _ => {
            life::tell(desk, id, Event::StatusFailed, now_ms)?;
        }
    }
    Ok(())
}

/// There is something new: the jobs that wait for it are asked for at once.
pub(super) fn take_news(desk: &Desk, news: &TakeNews, now_ms: u64) -> Result<()> {
    for id in desk.store.waiting(&news.engine, &news.engine_job_id, MAX_ROWS_AT_ONCE)? {
        life::tell(desk, &id, Event::News, now_ms)?;
    }
    Ok(())
}

impl InFlight for StatusCall {
    fn purpose(&self) -> Purpose<'_> {
        Purpose::Status(&self.id)
    }

    fn step(&mut self, desk: &Desk, happened: Happened) -> Result<Next> {
        let now = desk.now();
        let engine = desk.engines()?.named(&self.engine);
        let event = match self.call.step(happened, now) {
            Step::Send(request) => return Ok(Next::Send(request)),
            Step::Sleep(ms) => return Ok(Next::Sleep(ms)),
            Step::Report(_) => return Ok(Next::Sleep(0)),
            Step::Done(body) => match engine.map(|engine| engine.read(body.as_bytes())) {
                Some(Ok(delivery)) if matches!(delivery.outcome, Outcome::Running | Outcome::Ended) => {
                    Event::StatusSaid(said(desk, &self.id, delivery, None)?)
                }
                Some(Ok(delivery)) => {
                    return Ok(Next::Store(Box::new(Told {
                        id: self.id.clone(),
                        of: Of::Said(delivery),
                        body: body.into_bytes(),
                    })));
                }
                _ => Event::StatusFailed,
            },
            Step::Fail(error) if engine.is_some_and(|engine| engine.denies(&error)) => {
                Event::StatusDenied { engine_job_id: self.engine_job_id.clone() }
            }
            Step::Fail(_) => Event::StatusFailed,
        };
        life::tell(desk, &self.id, event, now.ms)?;
        Ok(Next::Over)
    }
}

impl fmt::Debug for StatusCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StatusCall").field("id", &self.id).finish_non_exhaustive()
    }
}
