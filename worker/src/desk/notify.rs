//! Whoever is to be told of a job's end is told, as Standard Webhooks has it: signed, again and again, and never at the cost of a job.
//! What is told is the Job, or what RingCentral would tell: the result in its envelope.

use super::delivery::PLACE;
use super::notices::{pauses_s, place};
use super::seal::open;
use super::send::{in_time, send_within};
use super::store::{Due, NoticeFate as Fate};
use super::{Desk, life, log, read_back};
use crate::clock::Clock;
use crate::envelope;
use crate::job::Job;
use crate::limits::{MAX_NOTICES_AT_ONCE, NOTICE_PATIENCE_MS};
use crate::random;
use ringcentral_ai::call::{Event, Now};
use ringcentral_ai::http::{HttpRequest, HttpResponse, Method};
use ringcentral_ai::pace::retry_after_ms;
use ringcentral_ai::signing::sign_notice;
use std::cell::RefCell;
use worker::{Error, Result};

/// A result that is not to be had yet is asked for again after so long: KV forgets a miss within a minute.
const NOT_YET_MS: u64 = 65_000;
/// A pause is longer by up to one part in so many, so that what failed together does not come again together.
const JITTER_PART: u64 = 5;
/// The receiver wants no more.
const GONE: u16 = 410;

/// The receivers to whom something is under way, as they may be seen.
#[derive(Debug, Default)]
pub(super) struct UnderWay(RefCell<Vec<String>>);

impl UnderWay {
    /// Nothing is: those who sent it are gone.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

/// The next notice that is to be sent, and for which there is room. It is put off first: a try of which nothing is heard has failed.
pub(super) fn next(desk: &Desk, now_ms: u64) -> Result<Option<Due>> {
    let mut under_way = desk.notices.0.borrow_mut();
    if under_way.len() >= MAX_NOTICES_AT_ONCE {
        return Ok(None);
    }
    let Some(mut due) = desk.store.next_notice(&under_way, now_ms)? else { return Ok(None) };
    due.tries = due.tries.saturating_add(1);
    let lost_ms = now_ms.saturating_add(desk.clock.stretched(NOTICE_PATIENCE_MS));
    desk.store.try_notice(&due.job_id, lost_ms.saturating_add(pause_ms(&due, random::number()).unwrap_or_default()))?;
    under_way.push(due.shown.clone());
    Ok(Some(due))
}

/// When the next one is due for which there is room.
pub(super) fn next_due_ms(desk: &Desk) -> Result<Option<u64>> {
    let under_way = desk.notices.0.borrow();
    if under_way.len() >= MAX_NOTICES_AT_ONCE { Ok(None) } else { desk.store.next_notice_ms(&under_way) }
}

/// Sends a notice, and writes down what became of it.
pub(super) async fn send(desk: &Desk, due: Due) -> Result<()> {
    // One that cannot be sent has failed like one that nobody answers: it is not tried for ever.
    let tried = deliver(desk, &due).await.unwrap_or_else(|error| {
        log::trouble("notice", &error);
        Tried::Sent(None)
    });
    desk.notices.0.borrow_mut().retain(|shown| *shown != due.shown);
    let Tried::Sent(answer) = tried else {
        return desk.store.untry_notice(&due, desk.now_ms().saturating_add(desk.clock.stretched(NOT_YET_MS)));
    };
    let status = answer.as_ref().map(|answer| answer.status);
    let fate = fate(&due, answer.as_ref(), desk.now());
    log::notice(fate.name(), &due.job_id, status);
    desk.store.settle_notice(&due, status, fate)
}

/// What came of a try.
enum Tried {
    /// The receiver's answer; none where there was none.
    Sent(Option<HttpResponse>),
    /// Nothing: the result is not to be had yet.
    NotYet,
}

/// Sends it. An address that no key opens any more has nobody who answers.
async fn deliver(desk: &Desk, due: &Due) -> Result<Tried> {
    let body = if due.is_envelope { envelope_of(desk, due).await? } else { life::job(desk, &due.job_id)?.map(Job::write) };
    let Some(body) = body else { return Ok(Tried::NotYet) };
    let keys = &desk.config()?.keys;
    let address = open(keys, &place(&due.job_id), &due.sealed);
    let address =
        address.ok_or_else(|| Error::from("the address of a notice cannot be opened: its key is none of SIGNING_KEYS"))?;
    let id = ["msg_", &due.job_id, "_", &due.event].concat();
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
    // By this the answer to the submit can be told too, as with RingCentral.
    let request = if due.is_envelope { request.header("rcrequestid", due.job_id.as_str()) } else { request };
    Ok(Tried::Sent(if let Event::Response(response) = send_within(request, NOTICE_PATIENCE_MS).await {
        Some(response)
    } else {
        None
    }))
}

/// What RingCentral would tell; none where it is not to be had now.
async fn envelope_of(desk: &Desk, due: &Due) -> Result<Option<String>> {
    let Some(found) = read_back::of_job(desk, &due.job_id, false)? else { return Ok(None) };
    let Some(Ok(written)) = in_time(envelope::written(&desk.env, found, PLACE)).await else { return Ok(None) };
    Ok(Some(String::from_utf8(written).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())))
}

/// What becomes of a notice that was sent.
fn fate(due: &Due, answer: Option<&HttpResponse>, now: Now) -> Fate {
    match answer.map(|answer| answer.status) {
        Some(200..300) => return Fate::Delivered,
        Some(GONE) => return Fate::Failed,
        _ => {}
    }
    let asked_ms = answer.and_then(|answer| retry_after_ms(answer, now.ms)).unwrap_or_default();
    pause_ms(due, now.random).map_or(Fate::Failed, |pause_ms| Fate::Waiting(now.ms.saturating_add(pause_ms.max(asked_ms))))
}

/// The pause after a try; none after the last.
fn pause_ms(due: &Due, random: u64) -> Option<u64> {
    let pause_ms = pauses_s(due.is_envelope).get((due.tries as usize).checked_sub(1)?)? * 1_000;
    Some(pause_ms + random % (pause_ms / JITTER_PART))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Now = Now { ms: 0, random: 77 };

    fn due(tries: u32) -> Due {
        let (job_id, event) = ("7".into(), "succeeded_1".into());
        Due { job_id, sealed: Vec::new(), shown: String::new(), event, tries, is_envelope: false }
    }

    #[test]
    fn what_is_not_taken_is_tried_again_but_not_where_it_is_unwanted_and_not_for_ever() {
        let of = |tries, status, headers: &[(&str, &str)]| {
            let headers = headers.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
            fate(&due(tries), Some(&HttpResponse { status, headers, body: Vec::new() }), NOW)
        };
        assert_eq!([200, 204, 299].map(|status| of(1, status, &[])), [Fate::Delivered; 3]);
        assert_eq!((of(1, 410, &[]), of(10, 500, &[]), fate(&due(10), None, NOW)), (Fate::Failed, Fate::Failed, Fate::Failed));
        for status in [199, 301, 307, 400, 404, 429, 500, 503] {
            assert!(matches!(of(1, status, &[]), Fate::Waiting(5_000..6_000)), "{status}");
        }
        assert!(matches!(fate(&due(2), None, NOW), Fate::Waiting(300_000..360_000)));
        let asked = |seconds| of(1, 503, &[("Retry-After", seconds)]);
        assert_eq!((asked("60"), asked("86400")), (Fate::Waiting(60_000), Fate::Waiting(900_000)), "a day is no pause");
        assert!(matches!(asked("1"), Fate::Waiting(5_000..6_000)));
    }

    #[test]
    fn ten_tries_in_three_days_with_growing_pauses() {
        let pauses: Vec<u64> = (1..=10).map_while(|tries| pause_ms(&due(tries), 0)).collect();
        assert_eq!(pauses.iter().map(|ms| ms / 1_000).collect::<Vec<_>>(), pauses_s(false));
        assert_eq!([0, 10, u32::MAX].map(|tries| pause_ms(&due(tries), 0)), [None; 3]);
        for random in [1, 999, u64::MAX] {
            let pause_ms = pause_ms(&due(1), random).unwrap();
            assert!((5_000..6_000).contains(&pause_ms), "{pause_ms}");
        }
    }

    #[test]
    fn an_envelope_is_sent_again_five_times() {
        let envelope = |tries| Due { is_envelope: true, ..due(tries) };
        let pauses: Vec<u64> = (1..=10).map_while(|tries| pause_ms(&envelope(tries), 0)).collect();
        assert_eq!(pauses.iter().map(|ms| ms / 1_000).collect::<Vec<_>>(), pauses_s(true));
        assert_eq!(fate(&envelope(6), None, NOW), Fate::Failed);
    }
}
