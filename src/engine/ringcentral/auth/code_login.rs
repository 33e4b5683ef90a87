//! POST /restapi/oauth/token, authorization code grant with PKCE.
//! <https://developers.ringcentral.com/guide/authentication/auth-code-pkce-flow>

use super::token_request::token_request;
use crate::endpoint::Site;
use crate::http::{HttpRequest, encode};
use crate::secret::Secret;
use alloc::string::String;

/// The end of a login that began in the user's browser.
#[derive(Debug, Clone)]
pub struct CodeLogin {
    /// The app's client id.
    pub client_id: String,
    /// The app's client secret; an app that runs in a page has none.
    pub client_secret: Option<Secret>,
    /// The address that the code came to, exactly as the login was begun with.
    pub redirect_uri: String,
    /// The code; it lives for a minute and works once.
    pub code: Secret,
    /// The verifier whose hash the login was begun with.
    pub verifier: Secret,
}

impl CodeLogin {
    /// The request; it is counted in the group Auth.
    #[must_use]
    pub fn request(&self, site: &Site) -> HttpRequest {
        let form = [
            "grant_type=authorization_code&code=",
            // The code and its verifier go into the form of the token request.
            &encode(self.code.expose()),
            "&redirect_uri=",
            &encode(&self.redirect_uri),
            "&code_verifier=",
            &encode(self.verifier.expose()),
        ];
        token_request(site, (&self.client_id, self.client_secret.as_ref()), form.concat())
    }
}
