//! What an unfinished job waits for and until when, as far as the Desk knows: read off when the job is shown, and stored nowhere. A Desk
//! that was restarted knows the penalties still, and of the others when they are tried again.

use super::Desk;
use crate::job::Waiting;
use ringcentral_ai::call::{Wait, WaitsFor};
use ringcentral_ai::lifecycle::{Record, State};
use worker::Result;

/// The names of the API; what a call waits for, and what a job does that has been sent.
const CONFIRMATION: &str = "confirmation";
const RESULT: &str = "result";

/// What a job waits for; none for one that has finished.
pub(super) fn waiting(desk: &Desk, record: &Record) -> Result<Option<Waiting>> {
    let due = |what| Some(Waiting { what, until_ms: Some(record.due_ms) });
    Ok(match record.state {
        State::Queued => Some(shown(queued(desk, record)?)),
        State::Unconfirmed => due(CONFIRMATION),
        State::Submitted | State::Reserved => due(RESULT),
        State::Succeeded | State::Failed | State::Expired => None,
    })
}

/// Its call knows best; one that has none yet waits for what holds its engine, for another try, or for its turn.
fn queued(desk: &Desk, record: &Record) -> Result<Wait> {
    if let Some(wait) = desk.calls.wait_of(&record.id) {
        return Ok(wait);
    }
    let now_ms = desk.now_ms();
    let held = desk.engines()?.named(&record.engine).and_then(|engine| engine.held(now_ms));
    let put_off = (record.due_ms > now_ms).then_some(Wait::until(WaitsFor::Answer, record.due_ms));
    Ok(held.or(put_off).unwrap_or(Wait { what: WaitsFor::Turn, until_ms: None }))
}

fn shown(wait: Wait) -> Waiting {
    let what = match wait.what {
        WaitsFor::Turn => "turn",
        WaitsFor::RateLimit => "rate_limit",
        WaitsFor::Login => "login",
        WaitsFor::Answer => "ringcentral",
        WaitsFor::Media => "recording",
    };
    Waiting { what, until_ms: wait.until_ms }
}
