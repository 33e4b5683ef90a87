//! What an unfinished job waits for and until when, as far as the Desk knows: read off when the job is shown, and stored nowhere. A Desk
//! that was restarted knows the penalties still, and of the others when they are tried again.

use super::Desk;
use crate::job::{TURN, Waiting};
use ringcentral_ai::call::{Wait, WaitsFor};
use ringcentral_ai::lifecycle::{Record, State};
use worker::Result;

/// The names of the API; what a call waits for, and what a job does that has been sent.
const CONFIRMATION: &str = "confirmation";
const RESULT: &str = "result";
const MAKING: &str = "making";

/// What a job waits for; none for one that has finished.
pub(super) fn waiting(desk: &Desk, record: &Record) -> Result<Option<Waiting>> {
    let due = |what| Some(Waiting { what, place: None, until_ms: Some(record.due_ms) });
    Ok(match record.state {
        State::Queued => Some(queued(desk, record)?),
        State::Unconfirmed => due(CONFIRMATION),
        State::Submitted if record.said_key.is_some() => due(MAKING),
        State::Submitted | State::Reserved => due(RESULT),
        State::Succeeded | State::Failed | State::Expired => None,
    })
}

/// Its call knows best; one that has none yet waits for what holds its engine, for another try, or for its turn.
fn queued(desk: &Desk, record: &Record) -> Result<Waiting> {
    let now_ms = desk.now_ms();
    let engine = desk.engines()?.named(&record.engine);
    let wait = desk.calls.wait_of(&record.id).or_else(|| engine.and_then(|engine| engine.held(now_ms)));
    let put_off = (record.due_ms > now_ms).then_some(Wait::until(WaitsFor::Answer, record.due_ms));
    let wait = wait.or(put_off).unwrap_or(Wait { what: WaitsFor::Turn, until_ms: None });
    if wait.what != WaitsFor::Turn {
        return Ok(shown(wait));
    }
    let ahead = desk.store.queued_before(&record.engine, &record.id)?;
    let expected_ms = || engine.map(|engine| engine.expected_ms(ahead, now_ms));
    Ok(Waiting { place: Some(ahead.saturating_add(1)), until_ms: wait.until_ms.or_else(expected_ms), ..shown(wait) })
}

fn shown(wait: Wait) -> Waiting {
    let what = match wait.what {
        WaitsFor::Turn => TURN,
        WaitsFor::RateLimit => "rate_limit",
        WaitsFor::Login => "login",
        WaitsFor::Answer => "ringcentral",
        WaitsFor::Media => "recording",
    };
    Waiting { what, place: None, until_ms: wait.until_ms }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edge::openapi_tests::document;

    #[test]
    fn the_apis_description_names_all_that_a_job_waits_for() {
        let of_calls = [WaitsFor::Turn, WaitsFor::RateLimit, WaitsFor::Login, WaitsFor::Answer, WaitsFor::Media];
        let names =
            of_calls.map(|what| shown(Wait { what, until_ms: None }).what).into_iter().chain([CONFIRMATION, RESULT, MAKING]);
        assert_eq!(document().values("WaitsFor"), names.map(str::to_owned).collect());
    }
}
