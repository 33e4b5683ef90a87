//! Whoever is to be told of a job's end is told, as Standard Webhooks has it: the Job, signed.

use super::notices::{pause_ms, place};
use super::seal::open;
use super::send::send_within;
use super::store::{Due, NoticeFate as Fate};
use super::{Desk, life, log};
use crate::clock::Clock;
use crate::limits::NOTICE_PATIENCE_MS;
use crate::random;
use ringcentral_ai::call::Event;
use ringcentral_ai::http::{HttpRequest, HttpResponse, Method};
use ringcentral_ai::pace::retry_after_ms;
use ringcentral_ai::signing::sign_notice;
use worker::{Error, Result};

/// The receiver wants no more.
const GONE: u16 = 410;

/// Sends a notice, and writes down what became of it.
pub(super) async fn send(desk: &Desk, due: Due) -> Result<()> {
    let outcome = deliver(desk, &due).await;
    desk.notices.end(&due.shown);
    let answer = outcome?;
    let status = answer.as_ref().map(|answer| answer.status);
    let fate = fate(&due, answer.as_ref(), desk.now_ms());
    log::notice(fate.name(), &due.job_id, status);
    desk.store.settle_notice(&due, status, fate)
}

/// The receiver's answer; none where there was none. An address that no key opens any more has nobody who answers.
async fn deliver(desk: &Desk, due: &Due) -> Result<Option<HttpResponse>> {
    let Some(job) = life::job(desk, &due.job_id)? else { return Ok(None) };
    let keys = &desk.config()?.keys;
    let address = open(keys, &place(&due.job_id), &due.sealed);
    let address =
        address.ok_or_else(|| Error::from("the address of a notice cannot be opened: its key is none of SIGNING_KEYS"))?;
    let (id, body) = (["msg_", &due.job_id, "_", &due.event].concat(), job.write());
    // Receivers live by the world's time, whatever the Worker's clock shows.
    let timestamp_s = Clock::REAL.now_ms() / 1_000;
    // The address is where the notice goes.
    let request = HttpRequest::new(Method::Post, address.expose().to_owned())
        .header("user-agent", concat!("ringcentral-ai/", env!("CARGO_PKG_VERSION")))
        .header("webhook-signature", sign_notice(keys, &id, timestamp_s, &body))
        .header("webhook-timestamp", timestamp_s.to_string())
        .header("webhook-id", id)
        .json(body)
        .reading_only(0);
    Ok(if let Event::Response(response) = send_within(request, NOTICE_PATIENCE_MS).await { Some(response) } else { None })
}

/// What becomes of a notice that was sent.
fn fate(due: &Due, answer: Option<&HttpResponse>, now_ms: u64) -> Fate {
    match answer.map(|answer| answer.status) {
        Some(200..300) => return Fate::Delivered,
        Some(GONE) => return Fate::Failed,
        _ => {}
    }
    let asked_ms = answer.and_then(|answer| retry_after_ms(answer, now_ms)).unwrap_or_default();
    let pause_ms = pause_ms(due.tries, random::number());
    pause_ms.map_or(Fate::Failed, |pause_ms| Fate::Waiting(now_ms.saturating_add(pause_ms.max(asked_ms))))
}
