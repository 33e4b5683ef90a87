//! POST /restapi/oauth/revoke: ends a session at RingCentral, all its tokens with it.
//! <https://developers.ringcentral.com/api-reference/OAuth-and-OIDC/revokeToken>

use super::token_request::post;
use crate::endpoint::Site;
use crate::http::{HttpRequest, encode};
use crate::secret::Secret;

/// The request that ends the session of a token; either of its tokens will do.
pub(super) fn revoke(site: &Site, app: (&str, Option<&Secret>), token: &Secret) -> HttpRequest {
    // The token goes into the form of the request that kills it.
    post(site, "/restapi/oauth/revoke", app, ["token=", &encode(token.expose())].concat())
}
