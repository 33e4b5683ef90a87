//! The grant that a session comes by its next token with: a JWT again and again, or a code once and then one refresh token
//! after another.

use super::token_request::refusal;
use super::{CodeLogin, JwtLogin, RefreshLogin, RefreshToken};
use crate::endpoint::Site;
use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse};
use crate::json::Value;
use crate::secret::Secret;
use alloc::borrow::ToOwned;

/// A session that a user signed in to.
#[derive(Debug, Clone)]
pub enum Pkce {
    /// It begins with the code that the user came back with.
    Code(CodeLogin),
    /// It goes on with a refresh token.
    Refresh(RefreshLogin),
}

/// What the next token is asked for with.
#[derive(Debug, Clone)]
pub(super) enum Grant {
    Jwt(JwtLogin),
    Pkce(Pkce),
}

impl Grant {
    pub(super) fn request(&self, site: &Site) -> HttpRequest {
        match self {
            Self::Jwt(login) => login.request(site),
            Self::Pkce(Pkce::Code(login)) => login.request(site),
            Self::Pkce(Pkce::Refresh(login)) => login.request(site),
        }
    }

    /// The app, and the secrets of the login itself.
    fn parts(&self) -> (&str, Option<&Secret>, [Option<&Secret>; 2]) {
        match self {
            Self::Jwt(JwtLogin { client_id, client_secret, jwt }) => (client_id, client_secret.as_ref(), [Some(jwt), None]),
            Self::Pkce(Pkce::Code(CodeLogin { client_id, client_secret, code, verifier, .. })) => {
                (client_id, client_secret.as_ref(), [Some(code), Some(verifier)])
            }
            Self::Pkce(Pkce::Refresh(RefreshLogin { client_id, client_secret, refresh })) => {
                (client_id, client_secret.as_ref(), [Some(&refresh.token), None])
            }
        }
    }

    /// The secrets of the login itself.
    pub(super) fn secrets(&self) -> [Option<&Secret>; 2] {
        self.parts().2
    }

    pub(super) fn app(&self) -> (&str, Option<&Secret>) {
        let (client_id, client_secret, _) = self.parts();
        (client_id, client_secret)
    }

    /// Whether the next token kills the one in hand: a refresh does, a login does not.
    pub(super) fn kills_the_old_token(&self) -> bool {
        matches!(self, Self::Pkce(_))
    }

    pub(super) fn refresh_token(&self) -> Option<&RefreshToken> {
        if let Self::Pkce(Pkce::Refresh(login)) = self { Some(&login.refresh) } else { None }
    }

    /// What an answer without success means, and whether this grant is used up.
    pub(super) fn refusal(&self, response: &HttpResponse, now_ms: u64) -> (Error, bool) {
        let (_, client_secret, [one, other]) = self.parts();
        let error = refusal(response, now_ms, &[client_secret, one, other]);
        let is_grant = || Value::parse(&response.body).is_some_and(|body| body.get("error").text() == Some("invalid_grant"));
        let is_end = matches!(error, Error::LoginRefused { .. }) && self.kills_the_old_token() && is_grant();
        // A session that was signed in to is over: its user does not know of a refresh and has to sign in again.
        if is_end && self.refresh_token().is_some() { (Error::TokenRejected, true) } else { (error, is_end) }
    }

    /// The grant for the token after this one; none where RingCentral gave no refresh token.
    pub(super) fn next(&self, response: &HttpResponse, now_ms: u64) -> Option<Self> {
        if let Self::Jwt(_) = self {
            return Some(self.clone());
        }
        let (client_id, client_secret) = self.app();
        let refresh = RefreshToken::read(response, now_ms)?;
        Some(Self::Pkce(Pkce::Refresh(RefreshLogin {
            client_id: client_id.to_owned(),
            client_secret: client_secret.cloned(),
            refresh,
        })))
    }
}
