//! One authorised request to RingCentral, from the token to the response.

use super::{Authorise, Client};
use crate::call::{Call, Event, Now, Report, Step, pause_ms};
use crate::endpoint::{Needs, Site};
use crate::engine::ringcentral::auth::Token;
use crate::engine::ringcentral::refusal::from_response;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::{Slot, Ticket};
use crate::secret::Secret;

/// So often a request is sent at most when the answers say that another try may help.
const MAX_TRIES: u32 = 5;

/// Makes the request of an endpoint.
type Build<'a> = &'a dyn Fn(&Site, &Secret) -> Result<HttpRequest>;

/// The way of one request: token, slot, sending, answer; dropping it gives up its place in the queue.
#[derive(Debug)]
pub(crate) struct Exchange {
    client: Client,
    needs: Needs,
    stage: Stage,
    ticket: Option<Ticket>,
    tries: u32,
}

#[derive(Debug)]
enum Stage {
    Authorising(Authorise),
    Reported(Secret),
    Sent(Secret),
}

impl Exchange {
    pub(crate) fn new(client: Client, needs: Needs) -> Self {
        let stage = authorising(&client, &needs);
        Self { client, needs, stage, ticket: None, tries: 0 }
    }

    /// Takes what happened; `build` makes the request once there is a token.
    pub(crate) fn step(&mut self, event: Event, now: Now, build: Build<'_>) -> Step<HttpResponse> {
        let outcome = match &mut self.stage {
            Stage::Authorising(authorise) => match authorise.step(event, now).done() {
                Ok(token) => self.authorised(token, now, build),
                Err(step) => return step,
            },
            Stage::Reported(token) => {
                let token = token.clone();
                self.send(token, build)
            }
            Stage::Sent(token) => {
                let token = token.clone();
                match event {
                    Event::Response(response) => self.answered(&token, response, now),
                    _ => self.lost(Error::Network, now),
                }
            }
        };
        outcome.unwrap_or_else(Step::Fail)
    }

    /// The token is asked for again at each turn of the queue: the wait may be longer than its life.
    fn authorised(&mut self, token: Token, now: Now, build: Build<'_>) -> Result<Step<HttpResponse>> {
        let slot = {
            let mut shared = self.client.shared();
            let ticket =
                *self.ticket.get_or_insert_with(|| shared.pacer.join(self.needs.group, self.needs.rank, self.needs.slots));
            shared.pacer.ask(ticket, now.ms)
        };
        if let Slot::Wait(ms) = slot {
            return Ok(Step::Sleep(ms));
        }
        self.ticket = None;
        if self.needs.repeatable {
            return self.send(token.access, build);
        }
        self.stage = Stage::Reported(token.access);
        Ok(Step::Report(Report::Sending))
    }

    fn send(&mut self, token: Secret, build: Build<'_>) -> Result<Step<HttpResponse>> {
        let request = build(self.client.site(), &token)?.header("accept", "application/json").bearer(&token);
        self.tries += 1;
        self.stage = Stage::Sent(token);
        Ok(Step::Send(request))
    }

    fn answered(&mut self, token: &Secret, response: HttpResponse, now: Now) -> Result<Step<HttpResponse>> {
        self.client.shared().pacer.observe(self.needs.group, &response, now.ms);
        if response.is_success() {
            return Ok(Step::Done(response));
        }
        match from_response(&response, now.ms).without(token) {
            error @ Error::TokenRejected => {
                self.client.shared().session.rejected(token, now.ms)?;
                self.refused(error)
            }
            error @ Error::RateLimited { .. } => self.refused(error),
            error @ Error::Unavailable { .. } => self.lost(error, now),
            error => Err(error),
        }
    }

    /// Certainly not done: even what must not be sent twice may be sent again.
    fn refused(&mut self, error: Error) -> Result<Step<HttpResponse>> {
        let report = if self.needs.repeatable { Step::Sleep(0) } else { Step::Report(Report::Refused) };
        self.again(error, report)
    }

    /// Done or not, nobody knows.
    fn lost(&mut self, error: Error, now: Now) -> Result<Step<HttpResponse>> {
        if !self.needs.repeatable {
            return Err(Error::SubmitUnconfirmed);
        }
        self.again(error, Step::Sleep(pause_ms(self.tries, now.random)))
    }

    fn again(&mut self, error: Error, step: Step<HttpResponse>) -> Result<Step<HttpResponse>> {
        if self.tries >= MAX_TRIES {
            return Err(error);
        }
        self.stage = authorising(&self.client, &self.needs);
        Ok(step)
    }
}

fn authorising(client: &Client, needs: &Needs) -> Stage {
    Stage::Authorising(Authorise::new(client.clone(), needs.permissions).for_content(needs.fetched_with_our_token))
}

impl Drop for Exchange {
    fn drop(&mut self) {
        if let Some(ticket) = self.ticket {
            self.client.shared().pacer.leave(ticket);
        }
    }
}
