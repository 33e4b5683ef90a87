//! The end of a session: here at once, then at RingCentral.

use super::Client;
use crate::call::{Io, Turn, WaitsFor};
use crate::error::Result;
use crate::pace::{Group, Rank};

/// Ends a session; stepped no further than its first request, it has ended here alone.
pub(super) async fn revoke(client: Client, io: Io) -> Result<()> {
    let Some(revocation) = client.session().revoke()? else { return Ok(()) };
    let mut retry = io.retry();
    loop {
        // Assumption: it is counted like the other OAuth requests.
        Turn::join(&client.pacer, Group::Auth, Rank::Submit, 1, 0).come(&io, WaitsFor::Turn).await;
        let error = match client.heard(Group::Auth, &io, io.send(revocation.request(client.site())).await) {
            // 401: the token is dead already, which is what was wanted.
            Ok(response) if response.is_success() || response.status == 401 => return Ok(()),
            Ok(response) => revocation.refusal(&response, io.now().ms),
            Err(error) => error,
        };
        io.sleep(retry.after(error, io.now())?).await;
    }
}
