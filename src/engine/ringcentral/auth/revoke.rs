//! POST /restapi/oauth/revoke: ends a session at RingCentral, all its tokens with it.
//! <https://developers.ringcentral.com/api-reference/OAuth-and-OIDC/revokeToken>

use super::token_request::{post, without};
use crate::endpoint::Site;
use crate::engine::ringcentral::refusal::from_response;
use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse, encode};
use crate::secret::Secret;
use alloc::string::String;

/// The end of a session that has ended here already.
#[derive(Debug)]
pub(crate) struct Revocation {
    pub(super) client_id: String,
    pub(super) client_secret: Option<Secret>,
    /// Either of the session's tokens will do.
    pub(super) token: Secret,
}

impl Revocation {
    /// The request that ends it at RingCentral too.
    pub(crate) fn request(&self, site: &Site) -> HttpRequest {
        // The token goes into the form of the request that kills it.
        let form = ["token=", &encode(self.token.expose())].concat();
        post(site, "/restapi/oauth/revoke", (&self.client_id, self.client_secret.as_ref()), form)
    }

    /// What an answer without success means: a refusal in RingCentral's words, unless it is about the rate or the server.
    pub(crate) fn refusal(&self, response: &HttpResponse, now_ms: u64) -> Error {
        let error = from_response("the end of the session", response, now_ms);
        without(&[Some(&self.token), self.client_secret.as_ref()], error)
    }
}
