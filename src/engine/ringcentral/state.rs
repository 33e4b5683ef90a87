//! What a session has learned, as one text that outlives a restart: the token, for RingCentral keeps about five sessions a
//! user, the penalties, so that nothing is sent inside one, and what of a window is used, so that none begins.

use super::auth::{Credentials, Token};
use super::client::Client;
use crate::endpoint::Site;
use crate::json::{Object, Value};
use crate::pace::{Learned, Pacer};
use crate::secret::Secret;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

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
    // Each part goes in behind its own length: no two lists of parts look the same.
    let hash = parts
        .iter()
        .fold(Sha256::new(), |hash, part| hash.chain_update(part.len().to_string()).chain_update(":").chain_update(part));
    Some(Base64UrlUnpadded::encode_string(&hash.finalize()))
}

/// The state as a text; none where nothing has been learned.
pub(super) fn write(client: &Client, fingerprint: &str) -> Option<Secret> {
    let (session, pacer) = (client.session(), client.pacer());
    let learned = pacer.learned();
    if session.token().is_none() && learned == Pacer::default().learned() {
        return None;
    }
    let each = |numbers: fn(&Learned) -> u64| learned.iter().map(move |group| numbers(group).to_string());
    let lists = |slots: fn(&Learned) -> &Vec<u64>| {
        learned.iter().map(move |group| {
            let numbers: Vec<String> = slots(group).iter().map(ToString::to_string).collect();
            ["[", &numbers.join(","), "]"].concat()
        })
    };
    let mut state = Object::new()
        .text("of", fingerprint)
        .list("limits", each(|group| group.limit))
        .list("windowsMs", each(|group| group.window_ms))
        .list("blockedUntilMs", each(|group| group.blocked_until_ms))
        .list("takenMs", lists(|group| &group.taken_ms))
        .list("keptMs", lists(|group| &group.kept_ms));
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
    let Some(state) = Value::parse(state.expose().as_bytes()) else { return };
    if state.get("of").text() != Some(fingerprint) {
        return;
    }
    let [limits, windows, blocked, taken, kept] =
        ["limits", "windowsMs", "blockedUntilMs", "takenMs", "keptMs"].map(|name| state.get(name).entries());
    let number = |numbers: &[Value<'_>], group: usize| numbers.get(group).and_then(Value::whole).unwrap_or_default();
    let slots = |lists: &[Value<'_>], group: usize| -> Vec<u64> {
        lists.get(group).map(|list| list.entries().iter().filter_map(Value::whole).collect()).unwrap_or_default()
    };
    client.pacer().restore(core::array::from_fn(|group| Learned {
        limit: number(limits, group),
        window_ms: number(windows, group),
        blocked_until_ms: number(blocked, group),
        taken_ms: slots(taken, group),
        kept_ms: slots(kept, group),
    }));
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
