//! A job's whole way to RingCentral: its recording is looked up where it is named by id, its encoding is found where nobody named
//! it, then it is submitted.

use super::{SubmitJob, encoding_of, with_encoding};
use crate::call::{Io, Operation};
use crate::engine::ringcentral::client::Client;
use crate::engine::ringcentral::media::{Content, Encoding, FindEncoding, find_recording};
use crate::engine::{Accepted, Job, Media};
use crate::error::Result;

/// The call that submits a job.
#[must_use]
pub fn submission(client: Client, job: Job) -> Operation<Accepted> {
    Operation::new("submission", |io| submit(client, io, job))
}

async fn submit(client: Client, io: Io, job: Job) -> Result<Accepted> {
    let Job { task, input, media, webhook, asked_ms } = job;
    task.check_media(media.is_some(), "media")?;
    let (content, found) = match media {
        Some(Media::Recording(id)) => {
            // The permissions of the whole way are checked before its first request.
            let recorded = find_recording(&client, &io, id, asked_ms).await?;
            let found = recorded.content_type.as_deref().and_then(Encoding::of_content_type);
            (Some(Content::new(client.site(), recorded.content_uri)?), found)
        }
        Some(Media::Address(address)) => {
            let content = Content::new(client.site(), address.clone())?;
            let is_to_be_found = encoding_of(&input).is_none() && content.is_granted();
            let found = if is_to_be_found { Some(client.exchange(&io, &FindEncoding::new(address)).await?) } else { None };
            (Some(content), found)
        }
        None => (None, None),
    };
    let input = with_encoding(input, found);
    client.exchange(&io, &SubmitJob { task, input, content, webhook }).await
}
