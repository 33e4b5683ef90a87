//! Who is to be told of a job's end, and how that stands.

use super::Desk;
use super::seal::{NONCE_BYTES, open, seal};
use crate::question::Receiver;
use crate::random;
use ringcentral_ai::http::Url;
use ringcentral_ai::json::Object;
use ringcentral_ai::lifecycle::Record;
use ringcentral_ai::secret::Secret;
use worker::Result;

/// The pauses after each try, in seconds; after the last try it is given up.
const PAUSES_S: [u64; 9] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
/// The same for an envelope. Assumption: RingCentral sends one again "up to five times with an exponential backoff", of which no number
/// is known.
const ENVELOPE_PAUSES_S: [u64; 5] = [5, 60, 300, 1_800, 7_200];

/// Writes down who is told of a job's end; the address is sealed for that job.
pub(super) fn keep(desk: &Desk, job_id: &str, Receiver { url, is_envelope }: Receiver) -> Result<()> {
    let shown = Url::parse(&url, "notify.url").map(|url| [&url.origin(), url.path()].concat()).unwrap_or_default();
    let sealed = seal(&desk.config()?.keys, &place(job_id), &Secret::new(url), random::bytes::<NONCE_BYTES>());
    desk.store.put_notice(job_id, sealed.ok_or("an address could not be sealed")?, &shown, is_envelope)
}

/// Has the same receiver told of another job's end.
pub(super) fn keep_as_for(desk: &Desk, of: &str, job_id: &str) -> Result<()> {
    let Some((sealed, is_envelope)) = desk.store.receiver(of)? else { return Ok(()) };
    let address = open(&desk.config()?.keys, &place(of), &sealed);
    // The address is sealed again.
    address.map_or(Ok(()), |address| keep(desk, job_id, Receiver { url: address.expose().to_owned(), is_envelope }))
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
    let shown = shown.number("attempts", standing.tries.into()).number("of", pauses_s(standing.is_envelope).len() as u64 + 1);
    Ok(Some(shown.optional_number("lastStatus", standing.answered).write()))
}

/// What an address is sealed for.
pub(super) fn place(job_id: &str) -> String {
    ["notice ", job_id].concat()
}

/// The pauses after each try of a notice, in seconds.
pub(super) const fn pauses_s(is_envelope: bool) -> &'static [u64] {
    if is_envelope { &ENVELOPE_PAUSES_S } else { &PAUSES_S }
}
