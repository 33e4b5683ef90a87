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
        Self { client, permissions, stage: Stage::Asking, tries: 0 }
    }

    fn ask(&mut self, now: Now) -> Result<Step<Token>> {
        let want = self.client.shared().session.want(self.client.site(), self.permissions, now.ms)?;
        Ok(match want {
            Want::Token(token) => Step::Done(token),
            Want::Wait(ms) => Step::Sleep(ms),
            Want::Login(login, request) => {
                let ticket = self.client.shared().pacer.join(Group::Auth, Rank::Submit, 1);
                self.slot(login, request, ticket, now)
            }
        })
    }

    fn slot(&mut self, login: Login, request: HttpRequest, ticket: Ticket, now: Now) -> Step<Token> {
        let slot = self.client.shared().pacer.ask(ticket, now.ms);
        match slot {
            Slot::Wait(ms) => {
                self.stage = Stage::Slot(login, request, ticket);
                Step::Sleep(ms)
            }
            Slot::Go => {
                self.stage = Stage::LoggingIn(login);
                Step::Send(request)
            }
        }
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
            (Stage::Slot(login, request, ticket), _) => Ok(self.slot(login, request, ticket, now)),
            (Stage::Asking, _) => self.ask(now),
        };
        outcome.unwrap_or_else(Step::Fail)
    }
}

impl Drop for Authorise {
    fn drop(&mut self) {
        let mut shared = self.client.shared();
        match &self.stage {
            Stage::Slot(login, _, ticket) => {
                shared.pacer.leave(*ticket);
                shared.session.release(*login);
            }
            Stage::LoggingIn(login) => shared.session.release(*login),
            Stage::Asking => {}
        }
    }
}
