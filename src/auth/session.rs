//! The session as a pure state machine: one login for all who wait, a new one in good time, never a refresh.

use super::{JwtLogin, Token, scope};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Site};
use crate::secret::Secret;

/// Who waits for somebody else's login asks again after this.
const LOGIN_POLL_MS: u64 = 50;
/// A login without an answer is given up after this, and the next who wants a token tries.
const LOGIN_LEASE_MS: u64 = 60_000;
/// A refused login is remembered so long: asking again at once would only use up the Auth group.
const REFUSAL_KEPT_MS: u64 = 30_000;
/// A token that RingCentral rejects before its time is replaced at most once in so long.
const EARLY_LOGIN_PAUSE_MS: u64 = 600_000;

/// What a session is made from.
#[derive(Debug, Clone)]
pub enum Credentials {
    /// A JWT credential: the session logs in by itself.
    Jwt(JwtLogin),
    /// A token that another program holds and replaces.
    Token(Token),
}

/// One user's session with RingCentral.
#[derive(Debug, Clone)]
pub struct Session {
    login: Option<JwtLogin>,
    token: Option<Token>,
    under_way: Option<UnderWay>,
    last_login: u64,
    refused: Option<(Error, u64)>,
    early_login_at_ms: Option<u64>,
}

#[derive(Debug, Clone)]
struct UnderWay {
    login: Login,
    until_ms: u64,
}

/// Who logs in: the number of one login.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Login(u64);

/// The answer to who wants a token.
#[derive(Debug)]
pub(crate) enum Want {
    /// Here it is.
    Token(Token),
    /// Log in with this request and tell the session how it went.
    Login(Login, HttpRequest),
    /// Somebody logs in: ask again in so many milliseconds.
    Wait(u64),
}

impl Session {
    /// A session that has done nothing yet.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        let (login, token) = match credentials {
            Credentials::Jwt(login) => (Some(login), None),
            Credentials::Token(token) => (None, Some(token)),
        };
        Self { login, token, under_way: None, last_login: 0, refused: None, early_login_at_ms: None }
    }

    /// The token in hand, for whoever has to keep it over a restart.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// Takes up a token that was kept.
    pub fn restore(&mut self, token: Token) {
        self.token = Some(token);
    }

    /// A token that carries the permissions, or what to do to get one.
    ///
    /// # Errors
    /// The login was refused, the given token is dead, or a permission is missing.
    pub(crate) fn want(&mut self, site: &Site, permissions: &[&'static str], now_ms: u64) -> Result<Want> {
        let alive = self.token.clone().filter(|token| token.is_alive(now_ms));
        let is_due = alive.as_ref().is_none_or(|token| token.is_due(now_ms));
        if let (true, Some(jwt)) = (is_due, &self.login) {
            let held = self.under_way.as_ref().is_some_and(|other| now_ms < other.until_ms);
            let refused = self.refused.as_ref().filter(|(_, until_ms)| now_ms < *until_ms);
            match (&alive, held, refused) {
                (Some(_), true, _) | (Some(_), _, Some(_)) => {}
                (None, _, Some((error, _))) => return Err(error.clone()),
                (None, true, None) => return Ok(Want::Wait(LOGIN_POLL_MS)),
                (_, false, None) => {
                    let request = jwt.request(site);
                    self.last_login += 1;
                    let login = Login(self.last_login);
                    self.under_way = Some(UnderWay { login, until_ms: now_ms + LOGIN_LEASE_MS });
                    return Ok(Want::Login(login, request));
                }
            }
        }
        let token = alive.ok_or(Error::TokenRejected)?;
        scope::check(token.scope.as_deref(), permissions)?;
        Ok(Want::Token(token))
    }

    /// Takes the answer to a login: the token, or why there is none; everybody who waits learns it too.
    ///
    /// # Errors
    /// [`Error::LoginRefused`], or the server was not to be had.
    pub(crate) fn logged_in(&mut self, login: Login, response: &HttpResponse, now_ms: u64) -> Result<()> {
        self.release(login);
        let Some(jwt) = &self.login else { return Ok(()) };
        if !response.is_success() {
            let error = jwt.refusal(response);
            if matches!(error, Error::LoginRefused { .. }) {
                self.refused = Some((error.clone(), now_ms + REFUSAL_KEPT_MS));
            }
            return Err(error);
        }
        self.token = Some(Token::read(response, now_ms)?);
        self.refused = None;
        Ok(())
    }

    /// Gives a login up, so that the next who wants a token can try.
    pub(crate) fn release(&mut self, login: Login) {
        if self.under_way.as_ref().is_some_and(|other| other.login == login) {
            self.under_way = None;
        }
    }

    /// Learns that RingCentral does not accept a token: it is dropped, where another can be had.
    ///
    /// # Errors
    /// [`Error::TokenRejected`] when no other can: it was handed to us, or one was replaced early not long ago.
    pub(crate) fn rejected(&mut self, access: &Secret, now_ms: u64) -> Result<()> {
        if self.token.as_ref().is_none_or(|token| token.access != *access) {
            return Ok(()); // Another one is in hand already.
        }
        let too_soon = self.early_login_at_ms.is_some_and(|at| now_ms < at.saturating_add(EARLY_LOGIN_PAUSE_MS));
        if self.login.is_none() || too_soon {
            return Err(Error::TokenRejected);
        }
        self.early_login_at_ms = Some(now_ms);
        self.token = None;
        Ok(())
    }
}
