//! One authorised request to RingCentral, from the token to the response.

use super::{Client, TokenUse, authorise};
use crate::call::{Io, Report, Retry, Turn};
use crate::endpoint::{Needs, Site};
use crate::engine::ringcentral::refusal::from_response;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::Slot;
use crate::secret::Secret;
use alloc::boxed::Box;

/// Makes the request of an endpoint.
pub(super) type Build<'a> = dyn Fn(&Site, &Secret) -> Result<HttpRequest> + 'a;

/// The response of a success. Not generic: what differs between endpoints comes in as `needs` and `build`.
pub(super) async fn exchange(client: Client, io: Io, needs: Needs, build: Box<Build<'_>>) -> Result<HttpResponse> {
    let goes = if needs.fetched_with_our_token { TokenUse::Submitted } else { TokenUse::Header };
    let (mut retry, mut turn) = (Retry::default(), None);
    loop {
        // Asked for again after each wait, which may be longer than the life of a token.
        let token = authorise(&client, &io, needs.permissions, goes).await?.access;
        let join = || Turn::join(&client.pacer, needs.group, needs.rank, needs.slots);
        if let Slot::Wait(ms) = turn.get_or_insert_with(join).try_take(io.now().ms) {
            io.sleep(ms).await;
            continue;
        }
        turn = None;
        let request = build(client.site(), &token)?.header("accept", "application/json").bearer(&token);
        if !needs.repeatable {
            io.report(Report::Sending).await;
        }
        let error = match client.heard(needs.group, &io, io.send(request).await) {
            Ok(response) if response.is_success() => return Ok(response),
            Ok(response) => {
                let error = from_response(needs.asked, &response, io.now().ms).without(&token);
                let may_pass =
                    matches!(error, Error::TokenRejected | Error::RateLimited { .. } | Error::PermissionMissing { .. });
                if needs.takes_any_answer && !may_pass {
                    return Ok(response);
                }
                error
            }
            Err(error) if needs.takes_any_answer => return Err(error),
            Err(error) => error,
        };
        if matches!(error, Error::TokenRejected) {
            client.session().rejected(&token, io.now().ms)?;
        }
        match error {
            // Certainly not done: even what must not be sent twice may be sent again.
            Error::TokenRejected | Error::RateLimited { .. } => {
                retry.count(error)?;
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
