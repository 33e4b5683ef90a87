//! Whoever is to be told of a job's end is told, as Standard Webhooks has it: signed, again and again for three days, and never at the
//! cost of a job.

use super::notices::place;
use super::seal::open;
use super::send::send_within;
use super::store::{Due, NoticeFate as Fate};
use super::{Desk, life, log};
use crate::clock::Clock;
use crate::limits::{MAX_NOTICES_AT_ONCE, NOTICE_PATIENCE_MS};
use crate::random;
use ringcentral_ai::call::{Event, Now};
use ringcentral_ai::http::{HttpRequest, HttpResponse, Method};
use ringcentral_ai::pace::retry_after_ms;
use ringcentral_ai::signing::sign_notice;
use std::cell::RefCell;
use worker::{Error, Result};

/// The pauses after each try, in seconds; after the last try it is given up.
const PAUSES_S: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
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
    desk.store.try_notice(&due.job_id, lost_ms.saturating_add(pause_ms(due.tries, random::number()).unwrap_or_default()))?;
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
    let answer = deliver(desk, &due).await.unwrap_or_else(|error| {
        log::trouble("notice", &error);
        None
    });
    desk.notices.0.borrow_mut().retain(|shown| *shown != due.shown);
    let status = answer.as_ref().map(|answer| answer.status);
    let fate = fate(&due, answer.as_ref(), desk.now());
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
fn fate(due: &Due, answer: Option<&HttpResponse>, now: Now) -> Fate {
    match answer.map(|answer| answer.status) {
        Some(200..300) => return Fate::Delivered,
        Some(GONE) => return Fate::Failed,
        _ => {}
    }
    let asked_ms = answer.and_then(|answer| retry_after_ms(answer, now.ms)).unwrap_or_default();
    let pause_ms = pause_ms(due.tries, now.random);
    pause_ms.map_or(Fate::Failed, |pause_ms| Fate::Waiting(now.ms.saturating_add(pause_ms.max(asked_ms))))
}

/// The pause after so many tries; none after the last.
fn pause_ms(tries: u32, random: u64) -> Option<u64> {
    let pause_ms = PAUSES_S.get((tries as usize).checked_sub(1)?)? * 1_000;
    Some(pause_ms + random % (pause_ms / JITTER_PART))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Now = Now { ms: 0, random: 77 };

    fn due(tries: u32) -> Due {
        Due { job_id: "7".into(), sealed: Vec::new(), shown: String::new(), event: "succeeded_1".into(), tries }
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
        let pauses: Vec<u64> = (1..=10).map_while(|tries| pause_ms(tries, 0)).collect();
        assert_eq!(pauses.iter().map(|ms| ms / 1_000).collect::<Vec<_>>(), PAUSES_S);
        assert_eq!((pause_ms(0, 0), pause_ms(10, 0), pause_ms(u32::MAX, 0)), (None, None, None));
        for random in [1, 999, u64::MAX] {
            let pause_ms = pause_ms(1, random).unwrap();
            assert!((5_000..6_000).contains(&pause_ms), "{pause_ms}");
        }
    }
}
