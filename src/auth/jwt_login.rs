//! POST /restapi/oauth/token, JWT grant: <https://developers.ringcentral.com/guide/authentication/jwt-flow>.

use crate::error::{Error, Result, from_response};
use crate::http::{HttpRequest, HttpResponse, Method, Site, encode};
use crate::secret::Secret;
use base64::{Engine, engine::general_purpose::STANDARD};

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
        let mut form = ["grant_type=", &encode(GRANT_TYPE), "&assertion=", &encode(self.jwt.expose().trim())].concat();
        let mut request = HttpRequest::new(Method::Post, site.at("/restapi/oauth/token"))
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded");
        if let Some(secret) = &self.client_secret {
            // The client secret goes into the Basic header of the token request.
            let pair = [self.client_id.as_str(), ":", secret.expose()].concat();
            request = request.header("authorization", ["Basic ", &STANDARD.encode(pair)].concat());
        } else {
            form.push_str("&client_id=");
            form.push_str(&encode(&self.client_id));
        }
        request.body = Some(Secret::new(form));
        request
    }

    /// What an answer without success means: a refusal, unless it is about the rate or the server.
    #[must_use]
    pub fn refusal(&self, response: &HttpResponse) -> Error {
        match from_response(response) {
            limited @ (Error::RateLimited { .. } | Error::Unavailable { .. }) => limited,
            Error::Refused { ringcentral, .. } => self.masked(Error::LoginRefused { ringcentral }),
            _ => Error::LoginRefused { ringcentral: Vec::new() },
        }
    }

    fn masked(&self, error: Error) -> Error {
        let error = error.without(&self.jwt);
        self.client_secret.iter().fold(error, Error::without)
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
