//! POST /restapi/oauth/token, JWT grant: <https://developers.ringcentral.com/guide/authentication/jwt-flow>.

use super::token_request::{refusal, token_request};
use crate::endpoint::Site;
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, encode};
use crate::secret::Secret;
use alloc::string::String;

/// The grant type of a JWT login.
const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// A login with a JWT credential, for servers.
#[derive(Debug, Clone)]
pub struct JwtLogin {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret; without one the client id goes into the body.
    pub client_secret: Option<Secret>,
    /// The JWT credential.
    pub jwt: Secret,
}

impl JwtLogin {
    /// The request; it is counted in the group Auth.
    #[must_use]
    pub fn request(&self, site: &Site) -> HttpRequest {
        // The JWT goes into the form of the token request, over a protected line.
        let form = ["grant_type=", &encode(GRANT_TYPE), "&assertion=", &encode(self.jwt.expose().trim())].concat();
        token_request(site, (&self.client_id, self.client_secret.as_ref()), form)
    }

    /// What an answer without success means: a refusal, unless it is about the rate or the server.
    #[must_use]
    pub fn refusal(&self, response: &HttpResponse, now_ms: u64) -> Error {
        refusal(response, now_ms, &[Some(&self.jwt), self.client_secret.as_ref()])
    }

    /// Checks that nothing is missing.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming what is.
    pub fn check(&self) -> Result<()> {
        let empty = [("clientId", self.client_id.is_empty()), ("jwt", self.jwt.is_empty())];
        match empty.iter().find(|(_, is_empty)| *is_empty) {
            Some((field, _)) => Err(Error::invalid(*field, "it is missing")),
            None => Ok(()),
        }
    }
}
