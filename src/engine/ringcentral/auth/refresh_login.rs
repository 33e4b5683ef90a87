//! POST /restapi/oauth/token, refresh grant: <https://developers.ringcentral.com/guide/authentication/refresh-tokens>.

use super::token_request::token_request;
use crate::endpoint::Site;
use crate::http::{HttpRequest, HttpResponse, encode};
use crate::json::Value;
use crate::secret::Secret;
use alloc::string::String;

/// RingCentral's own default, in seconds, where a response names no life.
const DEFAULT_LIFE_S: u64 = 604_800;
/// No refresh token is believed to live longer than a year.
const MAX_LIFE_S: u64 = 31_536_000;

/// A token that gets another access token, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The token itself.
    pub token: Secret,
    /// When it ends, milliseconds since 1970.
    pub expires_at_ms: u64,
}

/// Another access token in place of the one in hand, which dies at once.
#[derive(Debug, Clone)]
pub struct RefreshLogin {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret; an app that runs in a page has none.
    pub client_secret: Option<Secret>,
    /// What the last login gave.
    pub refresh: RefreshToken,
}

impl RefreshToken {
    /// Reads RingCentral's answer to a login; none where the app is not given any.
    #[must_use]
    pub fn read(response: &HttpResponse, now_ms: u64) -> Option<Self> {
        let body = Value::parse(&response.body)?;
        let token = body.text_of("refresh_token").filter(|token| !token.is_empty())?;
        let life_s = body.get("refresh_token_expires_in").whole().unwrap_or(DEFAULT_LIFE_S).min(MAX_LIFE_S);
        Some(Self { token: Secret::new(token), expires_at_ms: now_ms + life_s * 1_000 })
    }
}

impl RefreshLogin {
    /// The request; it is counted in the group Auth.
    #[must_use]
    pub fn request(&self, site: &Site) -> HttpRequest {
        // The refresh token goes into the form of the token request.
        let form = ["grant_type=refresh_token&refresh_token=", &encode(self.refresh.token.expose())].concat();
        token_request(site, (&self.client_id, self.client_secret.as_ref()), form)
    }
}
