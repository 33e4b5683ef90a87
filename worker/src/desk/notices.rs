//! Who is to be told of a job's end, and when: again and again for three days, and never at the cost of a job.

use super::Desk;
use super::seal::{NONCE_BYTES, open, seal};
use super::store::Due;
use crate::limits::{MAX_NOTICES_AT_ONCE, NOTICE_PATIENCE_MS};
use crate::random;
use ringcentral_ai::http::Url;
use ringcentral_ai::json::Object;
use ringcentral_ai::lifecycle::Record;
use ringcentral_ai::secret::Secret;
use std::cell::RefCell;
use worker::Result;

/// The pauses after each try, in seconds; after the last try it is given up.
const PAUSES_S: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// A pause is longer by up to one part in so many, so that what failed together does not come again together.
const JITTER_PART: u64 = 5;

/// The receivers to whom something is under way, as they may be seen.
#[derive(Debug, Default)]
pub(super) struct UnderWay(RefCell<Vec<String>>);

impl UnderWay {
    /// What was sent there has come to its end.
    pub(super) fn end(&self, shown: &str) {
        self.0.borrow_mut().retain(|other| other != shown);
    }

    /// Nothing is: those who sent it are gone.
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
    }
}

/// Writes down who is told of a job's end; the address is sealed for that job.
pub(super) fn keep(desk: &Desk, job_id: &str, address: &Secret) -> Result<()> {
    // Of the address goes on what may be seen.
    let shown = Url::parse(address.expose(), "notify.url").map(|url| [&url.origin(), url.path()].concat()).unwrap_or_default();
    let sealed = seal(&desk.config()?.keys, &place(job_id), address, random::bytes::<NONCE_BYTES>());
    desk.store.put_notice(job_id, sealed.ok_or("an address could not be sealed")?, &shown)
}

/// Has the same receiver told of another job's end.
pub(super) fn keep_as_for(desk: &Desk, of: &str, job_id: &str) -> Result<()> {
    let Some((sealed, _)) = desk.store.receiver(of)? else { return Ok(()) };
    let address = open(&desk.config()?.keys, &place(of), &sealed);
    address.map_or(Ok(()), |address| keep(desk, job_id, &address))
}

/// A job has ended, or ends otherwise than it had: whoever is told is told now.
pub(super) fn arm(desk: &Desk, record: &Record, now_ms: u64) -> Result<()> {
    let event = [record.state.name(), "_", &record.attempt.to_string()].concat();
    desk.store.arm_notice(&record.id, event, now_ms)
}

/// How a job's notice stands, JSON, as it is shown; none where nobody is told.
pub(super) fn shown(desk: &Desk, job_id: &str) -> Result<Option<String>> {
    let Some(standing) = desk.store.notice(job_id)? else { return Ok(None) };
    let shown = Object::new().text("url", &standing.url).text("status", &standing.state);
    Ok(Some(shown.number("attempts", standing.tries.into()).optional_number("lastStatus", standing.answered).write()))
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

/// The pause after so many tries; none after the last.
pub(super) fn pause_ms(tries: u32, random: u64) -> Option<u64> {
    let pause_ms = PAUSES_S.get((tries as usize).checked_sub(1)?)? * 1_000;
    Some(pause_ms + random % (pause_ms / JITTER_PART))
}

/// What an address is sealed for.
pub(super) fn place(job_id: &str) -> String {
    ["notice ", job_id].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

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
