//! The session as a pure state machine: one login for all who wait, another token in good time.
//!
//! By JWT that is a new login, never a refresh: the old token lives on. A session that a user signed in to has to refresh,
//! which kills the old token at once; so it does not while RingCentral may still fetch a content URI with that token in it,
//! and nobody is given the old token once a refresh is under way. Its refresh token works once; where the answer to a
//! refresh was lost, RingCentral takes the same one again for an hour, as long as the new token has not been used.

use super::grant::Grant;
use super::revoke::Revocation;
use super::want::{Login, Want};
use super::{Credentials, RefreshToken, Token, scope};
use crate::endpoint::Site;
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// Who waits for somebody else's login asks again after this.
const LOGIN_POLL_MS: u64 = 50;
/// A login without an answer is given up after this, and the next who wants a token tries.
const LOGIN_LEASE_MS: u64 = 60_000;
/// A refused login is remembered so long: asking again at once would only use up the Auth group.
const REFUSAL_KEPT_MS: u64 = 30_000;
/// A token that RingCentral rejects before its time is replaced at most once in so long. It ends the oldest session of a user and
/// app when a sixth is opened: two programs that log in at once would end each other's for ever.
const EARLY_LOGIN_PAUSE_MS: u64 = 60_000;
/// RingCentral's FAQ: a job takes half an hour at most, so its media is fetched within that.
const CONTENT_HELD_MS: u64 = 1_800_000;

/// One user's session with RingCentral.
#[derive(Debug, Clone)]
pub struct Session {
    /// The app's id and secret, which a token of another program comes without.
    app: Option<(String, Option<Secret>)>,
    grant: Option<Grant>,
    token: Option<Token>,
    /// The token before: RingCentral may still speak of it.
    former: Option<Secret>,
    under_way: Option<UnderWay>,
    last_login: u64,
    refused: Option<(Error, u64)>,
    early_login_at_ms: Option<u64>,
    held_until_ms: u64,
}

#[derive(Debug, Clone)]
struct UnderWay {
    login: Login,
    until_ms: u64,
}

impl Session {
    /// A session that has done nothing yet.
    #[must_use]
    pub fn new(credentials: Credentials) -> Self {
        let (grant, token) = match credentials {
            Credentials::Jwt(login) => (Some(Grant::Jwt(login)), None),
            Credentials::Pkce(pkce) => (Some(Grant::Pkce(pkce)), None),
            Credentials::Token(token) => (None, Some(token)),
            Credentials::Supplied => (None, None),
        };
        let app = grant.as_ref().map(Grant::app).map(|(id, secret)| (id.to_owned(), secret.cloned()));
        Self {
            app,
            grant,
            token,
            former: None,
            under_way: None,
            last_login: 0,
            refused: None,
            early_login_at_ms: None,
            held_until_ms: 0,
        }
    }

    /// The token in hand, for whoever has to keep it over a restart.
    #[must_use]
    pub fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    /// The refresh token in hand, for whoever has to keep it over a restart.
    #[must_use]
    pub fn refresh_token(&self) -> Option<&RefreshToken> {
        self.grant.as_ref().and_then(Grant::refresh_token)
    }

    /// What RingCentral may repeat in its words and nobody is to see.
    pub(crate) fn secrets(&self) -> [Option<&Secret>; 5] {
        let app = self.app.as_ref().and_then(|(_, secret)| secret.as_ref());
        let [one, other] = self.grant.as_ref().map_or([None; 2], Grant::secrets);
        [app, one, other, self.token.as_ref().map(|token| &token.access), self.former.as_ref()]
    }

    /// Until when there is no login, where there is no token either; the present where one may begin.
    #[must_use]
    pub(crate) fn held_until_ms(&self, now_ms: u64) -> Option<u64> {
        let is_in_hand = self.token.as_ref().is_some_and(|token| token.is_alive(now_ms));
        (!is_in_hand).then(|| self.refused.as_ref().map_or(now_ms, |(_, until_ms)| *until_ms))
    }

    /// Takes up a token that was kept, or that somebody supplies.
    pub fn restore(&mut self, token: Token) {
        self.former = self.token.replace(token).map(|former| former.access).or(self.former.take());
        self.held_until_ms = 0;
    }

    /// Whether it is time for whoever supplies the tokens to give another.
    #[must_use]
    pub fn needs_token(&self, now_ms: u64) -> bool {
        self.is_due(true, self.token.as_ref().filter(|token| token.is_alive(now_ms)), now_ms)
    }

    /// A token that carries the permissions, or what to do to get one.
    ///
    /// # Errors
    /// The login was refused, the given token is dead, or a permission is missing.
    pub(crate) fn want(&mut self, site: &Site, permissions: &[&'static str], now_ms: u64) -> Result<Want> {
        let alive = self.token.clone().filter(|token| token.is_alive(now_ms));
        let refused = self.refused.as_ref().filter(|(_, until_ms)| now_ms < *until_ms).map(|(error, _)| error);
        if let Some(grant) = self.grant.as_ref().filter(|grant| self.is_due(grant.kills_the_old_token(), alive.as_ref(), now_ms))
        {
            let is_under_way = self.under_way.as_ref().is_some_and(|other| now_ms < other.until_ms);
            match (&alive, is_under_way, refused) {
                (Some(_), _, Some(_)) => {}
                (Some(_), true, _) if !grant.kills_the_old_token() => {}
                (None, _, Some(error)) => return Err(error.clone()),
                (_, true, None) => return Ok(Want::Wait(LOGIN_POLL_MS)),
                (_, false, None) if grant.refresh_token().is_some_and(|refresh| refresh.expires_at_ms <= now_ms) => {}
                (_, false, None) => {
                    let request = grant.request(site);
                    self.last_login += 1;
                    let login = Login(self.last_login);
                    self.under_way = Some(UnderWay { login, until_ms: now_ms + LOGIN_LEASE_MS });
                    return Ok(Want::Login(login, request));
                }
            }
        }
        let token = alive.ok_or_else(|| refused.cloned().unwrap_or(Error::TokenRejected))?;
        scope::check(token.scope.as_deref(), permissions)?;
        Ok(Want::Token(token))
    }

    /// Whether it is time for another token: not while one is held that the next would kill.
    fn is_due(&self, kills_the_old: bool, alive: Option<&Token>, now_ms: u64) -> bool {
        let is_held = kills_the_old && now_ms < self.held_until_ms;
        alive.is_none_or(|token| token.is_due(now_ms) && !is_held)
    }

    /// The token in hand goes into a content URI: as long as that may be fetched, nothing kills it before its time.
    pub(crate) fn hold(&mut self, now_ms: u64) {
        self.held_until_ms = self.held_until_ms.max(now_ms.saturating_add(CONTENT_HELD_MS));
    }

    /// The same for a content URI that may be used as long as the token in it lives.
    pub(crate) fn hold_to_its_end(&mut self) {
        let end = self.token.as_ref().and_then(|token| token.expires_at_ms);
        self.held_until_ms = self.held_until_ms.max(end.unwrap_or_default());
    }

    /// A login's request is about to leave; false when somebody else has taken over meanwhile.
    pub(crate) fn leaves(&mut self, login: Login, now_ms: u64) -> bool {
        let Some(own) = self.under_way.as_mut().filter(|other| other.login == login) else { return false };
        own.until_ms = now_ms + LOGIN_LEASE_MS;
        if self.grant.as_ref().is_some_and(Grant::kills_the_old_token) {
            self.token = None; // From here on it may be dead, whatever becomes of the answer.
        }
        true
    }

    /// Takes the answer to a login: the token, or why there is none; everybody who waits learns it too.
    ///
    /// # Errors
    /// [`Error::LoginRefused`], [`Error::TokenRejected`] where a session is over, or the server was not to be had.
    pub(crate) fn logged_in(&mut self, login: Login, response: &HttpResponse, now_ms: u64) -> Result<()> {
        if !self.release(login) {
            return Ok(()); // Somebody else has taken over: what they are told counts.
        }
        let Some(grant) = &self.grant else { return Ok(()) };
        if !response.is_success() {
            let (error, is_end) = grant.refusal(response, now_ms);
            if is_end {
                self.end(error.clone());
            } else if matches!(error, Error::LoginRefused { .. }) {
                self.refused = Some((error.clone(), now_ms + REFUSAL_KEPT_MS));
            }
            return Err(error);
        }
        let token = Token::read(response, now_ms)?;
        self.grant = grant.next(response, now_ms);
        self.restore(token);
        self.refused = None;
        Ok(())
    }

    /// Gives a login up, so that the next who wants a token can try; false when it was not under way any more.
    pub(crate) fn release(&mut self, login: Login) -> bool {
        self.under_way.take_if(|other| other.login == login).is_some()
    }

    /// Learns that RingCentral does not accept a token: it is dropped, and another is got.
    ///
    /// # Errors
    /// [`Error::TokenRejected`] for one that was handed to us, [`Error::SessionEnded`] where one was replaced early not long ago.
    pub(crate) fn rejected(&mut self, access: &Secret, now_ms: u64) -> Result<()> {
        self.former = Some(access.clone());
        if self.token.as_ref().is_none_or(|token| token.access != *access) {
            return Ok(()); // Another one is in hand already.
        }
        if self.grant.is_none() {
            return Err(Error::TokenRejected);
        }
        self.token = None;
        let next_at_ms = self.early_login_at_ms.map_or(0, |at| at.saturating_add(EARLY_LOGIN_PAUSE_MS));
        if now_ms < next_at_ms {
            let error = Error::SessionEnded { retry_after_s: (next_at_ms - now_ms).div_ceil(1_000) };
            self.early_login_at_ms = Some(next_at_ms);
            self.refused = Some((error.clone(), next_at_ms));
            return Err(error);
        }
        self.early_login_at_ms = Some(now_ms);
        Ok(())
    }

    /// Ends the session here; what ends it at RingCentral too, where there is something to end.
    ///
    /// # Errors
    /// [`Error::InvalidField`] for a token that another program holds.
    pub(crate) fn revoke(&mut self) -> Result<Option<Revocation>> {
        let Some((client_id, client_secret)) = self.app.clone() else {
            return Err(Error::invalid("accessToken", "it belongs to another program, which has to revoke it"));
        };
        let access = self.token.as_ref().map(|token| &token.access);
        let token = self.refresh_token().map(|refresh| &refresh.token).or(access).cloned();
        self.end(Error::TokenRejected);
        Ok(token.map(|token| Revocation { client_id, client_secret, token }))
    }

    pub(crate) fn end(&mut self, error: Error) {
        (self.grant, self.token, self.under_way, self.refused) = (None, None, None, Some((error, u64::MAX)));
    }
}
