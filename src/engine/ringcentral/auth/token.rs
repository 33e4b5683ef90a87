//! An access token with its life and its scope.

use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::secret::Secret;
use alloc::string::String;

/// A token is replaced when this share of its life, in percent, is over.
const RENEW_AT_PERCENT: u64 = 80;
/// RingCentral's own default, in seconds, where a response names no life.
const DEFAULT_LIFE_S: u64 = 3_600;
/// No token is believed to live shorter than this: a life of no time would be a login for each request.
const MIN_LIFE_S: u64 = 60;
/// No token is believed to live longer than a year.
const MAX_LIFE_S: u64 = 31_536_000;

/// An access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The token itself.
    pub access: Secret,
    /// When it ends; unknown for a token that another program holds.
    pub expires_at_ms: Option<u64>,
    /// When it is time for another one.
    pub renew_at_ms: Option<u64>,
    /// The permissions it carries, parted by spaces, where RingCentral named them.
    pub scope: Option<String>,
}

impl Token {
    /// A token that another program holds: nothing is known of it.
    #[must_use]
    pub fn foreign(access: Secret) -> Self {
        Self { access, expires_at_ms: None, renew_at_ms: None, scope: None }
    }

    /// Reads RingCentral's answer to a login.
    ///
    /// # Errors
    /// [`Error::UnexpectedAnswer`] when it holds no token.
    pub fn read(response: &HttpResponse, now_ms: u64) -> Result<Self> {
        const WHAT: &str = "an access token";
        let body = response.object(WHAT)?;
        // A token with other characters could not stand in a header.
        let is_token = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_graphic());
        let access = body.get("access_token").text().filter(is_token).ok_or(Error::UnexpectedAnswer { what: WHAT })?;
        let life_ms = body.get("expires_in").whole().unwrap_or(DEFAULT_LIFE_S).clamp(MIN_LIFE_S, MAX_LIFE_S) * 1_000;
        Ok(Self {
            access: Secret::new(access),
            expires_at_ms: Some(now_ms + life_ms),
            renew_at_ms: Some(now_ms + life_ms / 100 * RENEW_AT_PERCENT),
            scope: body.text_of("scope"),
        })
    }

    /// Whether it may still be used.
    #[must_use]
    pub fn is_alive(&self, now_ms: u64) -> bool {
        self.expires_at_ms.is_none_or(|at| now_ms < at)
    }

    /// Whether another one should be got, although this one may still be alive.
    #[must_use]
    pub fn is_due(&self, now_ms: u64) -> bool {
        self.renew_at_ms.is_some_and(|at| now_ms >= at)
    }
}
