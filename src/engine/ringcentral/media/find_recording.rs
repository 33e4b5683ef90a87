//! A job's recording by its id, which may not be there yet: RingCentral has it some time after its call.

use super::read_recording::{ReadRecording, Recorded, is_not_there_yet};
use crate::call::{Io, Wait, WaitsFor};
use crate::engine::RecordingId;
use crate::engine::ringcentral::client::Client;
use crate::error::{Error, Result};
use alloc::string::String;

/// A recording of this age is there, or never will be. How old one is is not known, but it is no younger than the question for it; so
/// this counts from there, over every restart.
const PATIENCE_MS: u64 = 600_000;
/// The first pause; each one is twice as long as the one before, for each look takes a slot from those who submit.
const FIRST_PAUSE_MS: u64 = 5_000;
const IN_VAIN: &str =
    "ten minutes after the job was asked for it is still not there: check its id, and whether this user may see it";

/// The recording, once it is there; somebody asked for it at that time, or just now.
pub(in crate::engine::ringcentral) async fn find_recording(
    client: &Client,
    io: &Io,
    id: RecordingId,
    asked_ms: Option<u64>,
) -> Result<Recorded> {
    let recording = ReadRecording::for_job(id);
    let until_ms = asked_ms.unwrap_or(io.now().ms).saturating_add(PATIENCE_MS);
    let mut pause_ms = FIRST_PAUSE_MS;
    loop {
        let error = match client.exchange(io, &recording).await {
            Err(error) if is_not_there_yet(&error) => error,
            outcome => return outcome,
        };
        let now_ms = io.now().ms;
        if now_ms >= until_ms {
            return Err(in_vain(error));
        }
        let left_ms = until_ms - now_ms;
        io.wait(Wait::until(WaitsFor::Media, until_ms), pause_ms.min(left_ms)).await;
        pause_ms *= 2;
    }
}

fn in_vain(error: Error) -> Error {
    match error {
        Error::Refused { asked, status, ringcentral, .. } => Error::Refused { asked, status, ringcentral, advice: IN_VAIN },
        Error::InvalidField { field, reason } => Error::InvalidField { field, reason: add(reason) },
        other => other,
    }
}

fn add(mut reason: String) -> String {
    reason.push_str("; ");
    reason.push_str(IN_VAIN);
    reason
}
