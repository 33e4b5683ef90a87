//! GET a content address on a media host, for somebody who sends the request and has the answer: what is fetched through us.

use super::{Patience, find_content};
use crate::call::{Io, Lost, Operation, Report};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::Media;
use crate::engine::ringcentral::client::Client;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::pace::{Group, Rank};
use crate::secret::{Secret, SecretUrl};
use alloc::borrow::ToOwned;

/// The call that fetches media: for a job's engine by [`Rank::Relay`], for whom a slot is kept. It reports the address as [`Report::Found`] before the request for that, which whoever steps it may
/// have sent by somebody else: the answer's head is enough for an event.
#[must_use]
pub fn fetching(client: Client, media: Media, rank: Rank) -> Operation<()> {
    Operation::new("fetch of media", move |io| fetch(client, io, media, rank))
}

async fn fetch(client: Client, io: Io, media: Media, rank: Rank) -> Result<()> {
    let (content, _) = find_content(&client, &io, media, &mut Patience::none()).await?;
    let request = FetchContent { address: content.bare(), rank };
    io.report(Report::Found(content.place())).await;
    if content.is_granted() {
        return client.exchange(&io, &request).await;
    }
    io.send(request.get()).await.map(|_| ()).map_err(|Lost| Error::Network)
}

/// A request for content.
#[derive(Debug)]
struct FetchContent {
    address: SecretUrl,
    rank: Rank,
}

impl FetchContent {
    fn get(&self) -> HttpRequest {
        // The address goes into a request to the host that it names.
        HttpRequest::new(Method::Get, self.address.expose().to_owned())
    }
}

impl Endpoint for FetchContent {
    type Output = ();

    fn needs(&self) -> Needs {
        Needs { takes_any_answer: true, ..Needs::repeatable("the media", Group::Heavy, self.rank, &[]) }
    }

    fn request(&self, _site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(self.get())
    }

    fn read(&self, _response: &HttpResponse) -> Result<()> {
        Ok(())
    }
}
