//! A job's whole way to RingCentral: its recording is looked up where it is named by id, its encoding is found where nobody named
//! it, then it is submitted.

use super::{SubmitJob, encoding_of, told, untold, with_encoding};
use crate::call::{Io, Operation, Report};
use crate::engine::ringcentral::client::Client;
use crate::engine::ringcentral::media::{Content, Encoding, FindEncoding, Patience, find_content};
use crate::engine::{Accepted, Input, Job, Media};
use crate::error::{Error, Result};
use crate::secret::{MASK, SecretUrl};

/// The call that submits a job.
#[must_use]
pub fn submission(client: Client, job: Job) -> Operation<Accepted> {
    Operation::new("submission", |io| submit(client, io, job))
}

async fn submit(client: Client, io: Io, job: Job) -> Result<Accepted> {
    let Job { task, mut input, media, relay, webhook, asked_ms } = job;
    task.check_media(media.is_some(), "media")?;
    // What a caller names by its address is there, or is not.
    let is_recording = matches!(media, Some(Media::Recording(_)));
    let mut patience = if is_recording { Patience::new(asked_ms, &io) } else { Patience::none() };
    let mut content = None;
    if media.as_ref().is_some_and(Media::needs_relay) {
        const UNREACHED: &str = "RingCentral fetches it through the Worker alone, which must be on the internet";
        let relay = relay.ok_or_else(|| Error::invalid("media", UNREACHED))?;
        content = Some(relayed(&relay, encoding_of(&input), false));
        return client.exchange(&io, &SubmitJob { task, input, content, webhook }).await;
    }
    if let Some(media) = media {
        // The permissions of a recording's whole way are checked before its first request.
        let (found, content_type) = find_content(&client, &io, media, &mut patience).await?;
        input = with_encoding(input, content_type.as_deref().and_then(Encoding::of_content_type));
        if found.is_granted() && encoding_of(&input).is_none() {
            input = completed(&client, &io, input, &found, patience).await?;
        }
        content = Some(found);
    }
    if let (Some(found), Some(relay)) = (content.as_mut().filter(|content| content.is_granted()), relay) {
        io.report(Report::Found(found.place())).await;
        *found = relayed(&relay, encoding_of(&input), true);
    }
    client.exchange(&io, &SubmitJob { task, input, content, webhook }).await
}

/// The content as RingCentral fetches it through us, under a name that tells its encoding.
fn relayed(relay: &SecretUrl, encoding: Option<Encoding>, needs_token: bool) -> Content {
    let ending = encoding.and_then(Encoding::extension).map(|extension| [".", extension].concat());
    // The address goes into the job that RingCentral is asked to do.
    let whole = [relay.expose(), &ending.unwrap_or_default()].concat();
    let shown = relay.shown().find(MASK).unwrap_or(whole.len());
    Content::through(SecretUrl::masked_from(whole, shown), needs_token)
}

/// The input with the encoding that one look at the content shows; whoever steps the call is told, so that no later try looks again.
/// A recording's content may be there later than its description.
async fn completed(client: &Client, io: &Io, input: Input, content: &Content, mut patience: Patience) -> Result<Input> {
    let again = || FindEncoding::new(content.bare()).look(client, io);
    let mut look = again().await?;
    while look.status == Some(404) && patience.wait(io).await {
        look = again().await?;
    }
    let input = told(input, &look.seen);
    if encoding_of(&input).is_none() {
        return Err(look.unknown(&untold()));
    }
    io.report(Report::Completed(input.write())).await;
    Ok(input)
}
