//! A job's recording by its id, which may not be there yet: RingCentral has it some time after its call.

use super::Content;
use super::read_recording::{ReadRecording, Recorded};
use crate::call::{Io, Operation, Report, Wait, WaitsFor};
use crate::engine::Media;
use crate::engine::ringcentral::client::Client;
use crate::engine::ringcentral::refusal::is_gateways;
use crate::error::{Error, Result};
use alloc::string::String;

/// A recording of this age is there, or never will be. How old one is is not known, but it is no younger than the question for it; so
/// this counts from there, over every restart.
const PATIENCE_MS: u64 = 600_000;
/// The first pause; each one is twice as long as the one before, for each look takes a slot from those who submit.
const FIRST_PAUSE_MS: u64 = 5_000;
const IN_VAIN: &str =
    "ten minutes after the job was asked for it is still not there: check its id, and whether this user may see it";

/// How long something of RingCentral's is waited for that is not there yet.
#[derive(Debug)]
pub(in crate::engine::ringcentral) struct Patience {
    until_ms: u64,
    pause_ms: u64,
}

impl Patience {
    /// With what somebody asked for at that time, or just now.
    pub(in crate::engine::ringcentral) fn new(asked_ms: Option<u64>, io: &Io) -> Self {
        let until_ms = asked_ms.unwrap_or(io.now().ms).saturating_add(PATIENCE_MS);
        Self { until_ms, pause_ms: FIRST_PAUSE_MS }
    }

    /// With nothing that is not there.
    pub(in crate::engine::ringcentral) const fn none() -> Self {
        Self { until_ms: 0, pause_ms: FIRST_PAUSE_MS }
    }

    /// Waits until it is worth another look; false when it is not any more.
    pub(in crate::engine::ringcentral) async fn wait(&mut self, io: &Io) -> bool {
        let left_ms = self.until_ms.saturating_sub(io.now().ms);
        if left_ms > 0 {
            io.wait(Wait::until(WaitsFor::Media, self.until_ms), self.pause_ms.min(left_ms)).await;
            self.pause_ms *= 2;
        }
        left_ms > 0
    }
}

/// The recording, once it is there.
async fn find_recording(client: &Client, io: &Io, recording: ReadRecording, patience: &mut Patience) -> Result<Recorded> {
    loop {
        let error = match client.exchange(io, &recording).await {
            Ok(Ok(recorded)) => return Ok(recorded),
            Ok(Err(error)) => error,
            Err(error) if is_missing(&error) => error,
            Err(error) => return Err(error),
        };
        if !patience.wait(io).await {
            return Err(in_vain(error));
        }
    }
}

/// Where a job's media is, with its type where RingCentral has told that; a recording's once it is there.
pub(in crate::engine::ringcentral) async fn find_content(
    client: &Client,
    io: &Io,
    media: Media,
    patience: &mut Patience,
) -> Result<(Content, Option<String>)> {
    match media {
        Media::Recording(id) => {
            let recorded = find_recording(client, io, ReadRecording::for_job(id), patience).await?;
            Ok((Content::of_recording(client.site(), &recorded.content_uri)?, recorded.content_type))
        }
        Media::Address(address) => Ok((Content::of_media(client.site(), address)?, None)),
        // Whoever has it opens it without asking RingCentral.
        Media::Guarded(..) | Media::Upload(_) => Err(Error::invalid("media", "it is not with RingCentral")),
    }
}

/// The call that finds out where media is that another engine is to fetch through us, and reports it as [`Report::Found`]. A slot is
/// kept for whoever comes for a recording.
#[must_use]
pub fn locating(client: Client, media: Media, asked_ms: Option<u64>) -> Operation<()> {
    Operation::new("search for media", move |io| async move {
        let content = match media {
            Media::Recording(id) => {
                let mut patience = Patience::new(asked_ms, &io);
                let recorded = find_recording(&client, &io, ReadRecording::for_stranger(id), &mut patience).await?;
                Content::of_recording(client.site(), &recorded.content_uri)?
            }
            Media::Address(address) => Content::of_media(client.site(), address)?,
            Media::Guarded(..) | Media::Upload(_) => return Ok(()),
        };
        io.report(Report::Found(content.place())).await;
        Ok(())
    })
}

/// Whether the recording is not there, and it is no server that has no recordings at all.
fn is_missing(error: &Error) -> bool {
    let Error::Refused { status: 404, ringcentral, .. } = error else { return false };
    !ringcentral.iter().any(|said| is_gateways(&said.error_code))
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
