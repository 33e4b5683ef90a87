//! One authorised request to RingCentral, from the token to the response.

use super::{Client, TokenUse, authorise};
use crate::call::{Io, Report, Retry, Turn};
use crate::endpoint::{Needs, Site};
use crate::engine::ringcentral::refusal::from_response;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::Slot;
use crate::secret::Secret;

/// Makes the request of an endpoint.
type Build<'a> = dyn Fn(&Site, &Secret) -> Result<HttpRequest> + 'a;

/// The response of a success. Not generic: what differs between endpoints comes in as `needs` and `build`.
pub(super) async fn exchange(client: &Client, io: &Io, needs: Needs, build: &Build<'_>) -> Result<HttpResponse> {
    let mut retry = Retry::default();
    loop {
        let token = token_in_turn(client, io, &needs).await?;
        let request = build(client.site(), &token)?.header("accept", "application/json").bearer(&token);
        if !needs.repeatable {
            io.report(Report::Sending).await;
        }
        let error = match client.send(io, needs.group, request).await {
            Ok(response) if response.is_success() => return Ok(response),
            Ok(response) => from_response(&response).without(&token),
            Err(error) => error,
        };
        match error {
            Error::TokenRejected | Error::RateLimited { .. } => {
                if error == Error::TokenRejected {
                    client.session().rejected(&token, io.now().ms)?;
                }
                retry.count(error)?;
                // Certainly not done: even what must not be sent twice may be sent again.
                if !needs.repeatable {
                    io.report(Report::Refused).await;
                }
            }
            // Done or not, nobody knows.
            Error::Network | Error::Unavailable { .. } if !needs.repeatable => return Err(Error::SubmitUnconfirmed),
            error => io.sleep(retry.after(error, io.now())?).await,
        }
    }
}

/// A token in hand when it is our turn: it is asked for again after each wait, which may be longer than its life.
async fn token_in_turn(client: &Client, io: &Io, needs: &Needs) -> Result<Secret> {
    // More than one slot: RingCentral fetches media with our token.
    let goes = if needs.slots > 1 { TokenUse::Submitted } else { TokenUse::Header };
    let mut turn = None;
    loop {
        let token = authorise(client, io, needs.permissions, goes).await?;
        let turn = turn.get_or_insert_with(|| Turn::join(&client.pacer, needs.group, needs.rank, needs.slots));
        match turn.ask(io.now().ms) {
            Slot::Go => return Ok(token.access),
            Slot::Wait(ms) => io.sleep(ms).await,
        }
    }
}
