//! A job's whole way to RingCentral: its recording is looked up where it is named by id, its encoding is found where nobody named
//! it, then it is submitted.

use super::{Accepted, JobInput, SubmitJob};
use crate::call::{Io, Operation};
use crate::engine::Source;
use crate::engine::Task;
use crate::engine::ringcentral::client::Client;
use crate::engine::ringcentral::media::{Content, Encoding, FindEncoding, ReadRecording};
use crate::error::Result;
use crate::secret::SecretUrl;

/// What is to be submitted.
#[derive(Debug, Clone)]
pub struct Order {
    /// Which job.
    pub task: Task,
    /// Its fields.
    pub input: JobInput,
    /// Its media; the two text tasks have none.
    pub source: Option<Source>,
    /// Where the result is to be sent.
    pub webhook: SecretUrl,
}

/// The call that submits it.
#[must_use]
pub fn submission(client: Client, order: Order) -> Operation<Accepted> {
    Operation::new("submission", |io| submit(client, io, order))
}

async fn submit(client: Client, io: Io, order: Order) -> Result<Accepted> {
    let Order { task, input, source, webhook } = order;
    task.check_media(source.is_some(), "media")?;
    let (content, found) = match source {
        Some(Source::Recording(id)) => {
            // The permissions of the whole way are checked before its first request.
            let recorded = client.exchange(&io, &ReadRecording::for_job(&id)?).await?;
            let content = Content::new(client.site(), &recorded.content_uri)?;
            (Some(content), recorded.content_type.as_deref().and_then(Encoding::of_content_type))
        }
        Some(Source::Address(address)) => {
            let content = Content::new(client.site(), &address)?;
            let is_to_be_found = input.encoding().is_none() && content.is_granted();
            let found = if is_to_be_found { Some(client.exchange(&io, &FindEncoding::new(&address)).await?) } else { None };
            (Some(content), found)
        }
        None => (None, None),
    };
    let input = match found {
        Some(encoding) => input.with_encoding(encoding),
        None => input,
    };
    client.exchange(&io, &SubmitJob { task, input, content, webhook }).await
}
