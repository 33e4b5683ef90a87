//! The way to a token: the one in hand, somebody else's login under way, or a login of our own.

use super::Client;
use crate::call::{Call, Event, Now, Step, pause_ms};
use crate::engine::ringcentral::auth::{Login, Token, Want};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::{Group, Rank, Slot, Ticket};

/// So often a login is tried when no answer comes, or one that another try may help.
const MAX_TRIES: u32 = 5;

/// A token that carries some permissions; dropping it gives up a login it had begun.
#[derive(Debug)]
pub struct Authorise {
    client: Client,
    permissions: &'static [&'static str],
    hold: Hold,
    stage: Stage,
    tries: u32,
}

/// How long the token that is given must not be killed by a refresh.
#[derive(Debug, Clone, Copy)]
enum Hold {
    Not,
    /// It goes into the content URI of a job that is submitted now.
    Submitted,
    /// It goes into a content URI that somebody else may use until it ends.
    GivenOut,
}

#[derive(Debug)]
enum Stage {
    Asking,
    Slot(Login, HttpRequest, Ticket),
    LoggingIn(Login),
}

impl Authorise {
    /// The way to a token with these permissions, not begun yet.
    #[must_use]
    pub fn new(client: Client, permissions: &'static [&'static str]) -> Self {
        Self { client, permissions, hold: Hold::Not, stage: Stage::Asking, tries: 0 }
    }

    /// The same, for a token that goes into a job's content URI or not: such a one is held while RingCentral may fetch it.
    #[must_use]
    pub fn for_content(mut self, is_for_content: bool) -> Self {
        self.hold = if is_for_content { Hold::Submitted } else { Hold::Not };
        self
    }

    /// The same, for a token that goes into a content URI which is given out: nobody knows when it will be used, so it is held
    /// to its end.
    #[must_use]
    pub fn to_be_given_out(mut self) -> Self {
        self.hold = Hold::GivenOut;
        self
    }

    fn ask(&mut self, now: Now) -> Result<Step<Token>> {
        let want = self.client.shared().session.want(self.client.site(), self.permissions, now.ms)?;
        match want {
            Want::Token(token) => {
                match self.hold {
                    Hold::Not => {}
                    Hold::Submitted => self.client.shared().session.hold(now.ms),
                    Hold::GivenOut => self.client.shared().session.hold_to_its_end(),
                }
                Ok(Step::Done(token))
            }
            Want::Wait(ms) => Ok(Step::Sleep(ms)),
            Want::Login(login, request) => {
                let ticket = self.client.shared().pacer.join(Group::Auth, Rank::Submit, 1);
                self.slot(login, request, ticket, now)
            }
        }
    }

    fn slot(&mut self, login: Login, request: HttpRequest, ticket: Ticket, now: Now) -> Result<Step<Token>> {
        let slot = self.client.shared().pacer.ask(ticket, now.ms);
        if let Slot::Wait(ms) = slot {
            self.stage = Stage::Slot(login, request, ticket);
            return Ok(Step::Sleep(ms));
        }
        let is_ours = self.client.shared().session.leaves(login, now.ms);
        if !is_ours {
            return self.ask(now);
        }
        self.stage = Stage::LoggingIn(login);
        Ok(Step::Send(request))
    }

    fn logged_in(&mut self, login: Login, response: &HttpResponse, now: Now) -> Result<Step<Token>> {
        let outcome = {
            let mut shared = self.client.shared();
            shared.pacer.observe(Group::Auth, response, now.ms);
            shared.session.logged_in(login, response, now.ms)
        };
        match outcome {
            Ok(()) => self.ask(now),
            Err(error) if error.is_retryable() => self.again(error, now),
            Err(error) => Err(error),
        }
    }

    fn again(&mut self, error: Error, now: Now) -> Result<Step<Token>> {
        self.tries += 1;
        if self.tries >= MAX_TRIES { Err(error) } else { Ok(Step::Sleep(pause_ms(self.tries, now.random))) }
    }

    fn lost(&mut self, login: Login, now: Now) -> Result<Step<Token>> {
        self.client.shared().session.release(login);
        self.again(Error::Network, now)
    }
}

impl Call for Authorise {
    type Output = Token;

    fn step(&mut self, event: Event, now: Now) -> Step<Token> {
        let outcome = match (core::mem::replace(&mut self.stage, Stage::Asking), event) {
            (Stage::LoggingIn(login), Event::Response(response)) => self.logged_in(login, &response, now),
            (Stage::LoggingIn(login), _) => self.lost(login, now),
            (Stage::Slot(login, request, ticket), _) => self.slot(login, request, ticket, now),
            (Stage::Asking, _) => self.ask(now),
        };
        outcome.unwrap_or_else(Step::Fail)
    }
}

impl Drop for Authorise {
    fn drop(&mut self) {
        let mut shared = self.client.shared();
        if let Stage::Slot(_, _, ticket) = &self.stage {
            shared.pacer.leave(*ticket);
        }
        if let Stage::Slot(login, ..) | Stage::LoggingIn(login) = &self.stage {
            shared.session.release(*login);
        }
    }
}
