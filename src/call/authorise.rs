//! The way to a token: the one in hand, somebody else's login under way, or a login of our own.

use super::{Call, Client, Event, Now, Step, pause_ms};
use crate::auth::{Login, Token, Want};
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
    is_for_content: bool,
    stage: Stage,
    tries: u32,
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
        Self { client, permissions, is_for_content: false, stage: Stage::Asking, tries: 0 }
    }

    /// The same, for a token that goes into a content URI or not: such a one is held while RingCentral may fetch it.
    #[must_use]
    pub fn for_content(mut self, is_for_content: bool) -> Self {
        self.is_for_content = is_for_content;
        self
    }

    fn ask(&mut self, now: Now) -> Result<Step<Token>> {
        let want = self.client.shared().session.want(self.client.site(), self.permissions, now.ms)?;
        match want {
            Want::Token(token) => {
                if self.is_for_content {
                    self.client.shared().session.hold(now.ms);
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
        let outcome = match (std::mem::replace(&mut self.stage, Stage::Asking), event) {
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
