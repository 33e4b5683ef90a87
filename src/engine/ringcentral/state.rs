//! What a session has learned, as one text that outlives a restart: the token, for RingCentral keeps about five sessions a
//! user, the penalties, so that nothing is sent inside one, and what of a window is used, so that none begins.

use super::auth::{Credentials, Token};
use super::client::Client;
use crate::endpoint::Site;
use crate::engine::learned;
use crate::json::Object;
use crate::pace::Pacer;
use crate::secret::Secret;
use alloc::string::String;

/// What the credentials are known by: a token belongs to those that it was got with. A session that a user signed in to has
/// nothing that stays the same and is the user's alone: it has no state to be restored.
pub(super) fn fingerprint(site: &Site, credentials: &Credentials) -> Option<String> {
    let server = site.at("");
    // The credentials go into a hash, which is all that is kept of them.
    let parts = match credentials {
        Credentials::Jwt(login) => {
            let secret = login.client_secret.as_ref().map_or("", Secret::expose);
            [server.as_str(), &login.client_id, secret, login.jwt.expose()]
        }
        Credentials::Pkce(_) | Credentials::Supplied => return None,
        // So does the token.
        Credentials::Token(token) => [server.as_str(), "", "", token.access.expose()],
    };
    Some(learned::fingerprint(&parts))
}

/// The state as a text; none where nothing has been learned.
pub(super) fn write(client: &Client, fingerprint: &str) -> Option<Secret> {
    let (session, pacer) = (client.session(), client.pacer());
    let learned = pacer.learned();
    if session.token().is_none() && learned == Pacer::default().learned() {
        return None;
    }
    let mut state = learned::write(fingerprint, &learned);
    if let Some(token) = session.token() {
        // The token goes into a text that is a secret itself.
        let written = Object::new().text("access", token.access.expose());
        let written = written.optional_number("expiresAtMs", token.expires_at_ms);
        let written = written.optional_number("renewAtMs", token.renew_at_ms);
        state = state.json("token", &written.optional_text("scope", token.scope.as_deref()).write());
    }
    Some(Secret::new(state.write()))
}

/// Takes up a state that was written for the same credentials.
pub(super) fn restore(client: &Client, fingerprint: &str, state: &Secret) {
    // The text is what was written before; its parts go back where they came from.
    let Some(state) = learned::own(state.expose(), fingerprint) else { return };
    client.pacer().restore(learned::read(&state));
    let kept_token = state.get("token");
    if let Some(access) = kept_token.get("access").text() {
        client.session().restore(Token {
            access: Secret::new(access),
            expires_at_ms: kept_token.get("expiresAtMs").whole(),
            renew_at_ms: kept_token.get("renewAtMs").whole(),
            scope: kept_token.text_of("scope"),
        });
    }
}
