//! The end of a session: here at once, then at RingCentral.

use super::Client;
use crate::call::{Call, Event, Now, Step, pause_ms};
use crate::engine::ringcentral::refusal::from_response;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::{Group, Rank, Slot, Ticket};
use alloc::vec::Vec;

/// So often it is sent when no answer comes, or one that another try may help.
const MAX_TRIES: u32 = 5;

/// Ends a session; every later call of it fails. Stepped no further, it has ended here alone.
#[derive(Debug)]
pub struct Revoke {
    client: Client,
    /// What is to be sent, once the session has ended here.
    request: Option<HttpRequest>,
    ticket: Option<Ticket>,
    has_begun: bool,
    tries: u32,
}

impl Revoke {
    /// The end of this client's session, not begun yet.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client, request: None, ticket: None, has_begun: false, tries: 0 }
    }

    fn send(&mut self, now: Now) -> Result<Step<()>> {
        if !core::mem::replace(&mut self.has_begun, true) {
            self.request = self.client.shared().session.revoke(self.client.site())?;
        }
        let Some(request) = self.request.clone() else { return Ok(Step::Done(())) };
        let slot = {
            let mut shared = self.client.shared();
            // Assumption: it is counted like the other OAuth requests.
            let ticket = *self.ticket.get_or_insert_with(|| shared.pacer.join(Group::Auth, Rank::Submit, 1));
            shared.pacer.ask(ticket, now.ms)
        };
        if let Slot::Wait(ms) = slot {
            return Ok(Step::Sleep(ms));
        }
        self.ticket = None;
        self.tries += 1;
        Ok(Step::Send(request))
    }

    fn answered(&mut self, response: &HttpResponse, now: Now) -> Result<Step<()>> {
        self.client.shared().pacer.observe(Group::Auth, response, now.ms);
        if response.is_success() {
            return Ok(Step::Done(()));
        }
        match from_response(response, now.ms) {
            error if error.is_retryable() => self.again(error, now),
            // The token is dead already, which is what was wanted.
            Error::TokenRejected => Ok(Step::Done(())),
            _ => Err(Error::LoginRefused { ringcentral: Vec::new() }),
        }
    }

    fn again(&mut self, error: Error, now: Now) -> Result<Step<()>> {
        if self.tries >= MAX_TRIES { Err(error) } else { Ok(Step::Sleep(pause_ms(self.tries, now.random))) }
    }
}

impl Call for Revoke {
    type Output = ();

    fn step(&mut self, event: Event, now: Now) -> Step<()> {
        let outcome = match event {
            Event::Go => self.send(now),
            Event::Response(response) => self.answered(&response, now),
            Event::Lost => self.again(Error::Network, now),
        };
        outcome.unwrap_or_else(Step::Fail)
    }
}

impl Drop for Revoke {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.client.shared().pacer.leave(ticket);
        }
    }
}
