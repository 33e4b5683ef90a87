//! One authorised request to RingCentral, from the token to what its response holds.

use super::asked::Asked;
use super::{Client, TokenUse, authorise};
use crate::call::{Io, Report, Turn, Wait, WaitsFor};
use crate::endpoint::Needs;
use crate::engine::ringcentral::auth::without;
use crate::engine::ringcentral::refusal::from_response;
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::pace::Slot;
use crate::secret::Secret;
use alloc::rc::Rc;

/// Ends when the response of a success has been read. Not generic: what differs between endpoints comes in as `needs` and `asked`.
///
/// What passes is asked for again a few times. Of what must not be sent twice a status of 4xx says that it was not done, which lets
/// it be sent again: RingCentral or something in between has refused it, did not get all of it (408, RFC 9110 section 15.5.9), or
/// would not risk it so early (425, RFC 8470 section 5.2). After a 5xx, a success that is not RingCentral's, or no answer, nobody
/// knows.
pub(super) async fn exchange(client: Client, io: Io, needs: Needs, asked: Rc<dyn Asked + '_>) -> Result<()> {
    let goes = if needs.fetched_with_our_token { TokenUse::Submitted } else { TokenUse::Header };
    let (mut retry, mut turn) = (io.retry(), None);
    loop {
        // Asked for again after each wait, which may be longer than the life of a token.
        let token = authorise(&client, &io, needs.permissions, goes).await?.access;
        let join = || Turn::join(&client.pacer, needs.group, needs.rank, needs.slots, needs.keeps);
        if let Slot::Wait(ms) = turn.get_or_insert_with(join).try_take(io.now().ms) {
            let turn = Wait::until(WaitsFor::Turn, io.now().ms.saturating_add(ms));
            io.wait(client.held(needs.group, io.now().ms).unwrap_or(turn), ms).await;
            continue;
        }
        turn = None;
        let request = asked.request(client.site(), &token)?.header("accept", "application/json").bearer(&token);
        if !needs.repeatable {
            io.report(Report::Sending).await;
        }
        let answer = client.heard(needs.group, &io, io.send(request).await);
        // A redirect is not followed.
        let is_not_taken = answer.as_ref().is_ok_and(|response| matches!(response.status, 300..500));
        let Err(error) = answer.and_then(|response| read(&client, &*asked, &needs, &response, &token, io.now().ms)) else {
            return Ok(());
        };
        if matches!(error, Error::TokenRejected) {
            client.session().rejected(&token, io.now().ms)?;
        }
        if !needs.repeatable && !is_not_taken {
            return Err(Error::SubmitUnconfirmed);
        }
        let pause_ms = match error {
            // The queue, or another login, is the pause.
            Error::TokenRejected | Error::RateLimited { .. } => retry.count(error).map(|()| 0)?,
            Error::Network if needs.takes_any_answer => return Err(error),
            error => retry.after(error, io.now())?,
        };
        if !needs.repeatable {
            io.report(Report::Refused).await;
        }
        io.wait_for(WaitsFor::Answer, pause_ms).await;
    }
}

/// Reads a response, whatever it is.
fn read(client: &Client, asked: &dyn Asked, needs: &Needs, response: &HttpResponse, token: &Secret, now_ms: u64) -> Result<()> {
    if response.is_success() {
        return asked.read(response);
    }
    let error = from_response(needs.asked, response, now_ms).without(token);
    let error = without(&client.session().secrets(), error);
    let is_about_us = matches!(error, Error::TokenRejected | Error::PermissionMissing { .. }) || response.status == 429;
    if needs.takes_any_answer && !is_about_us { asked.read(response) } else { Err(error) }
}
