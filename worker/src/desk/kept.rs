//! What outlives the object's memory of RingCentral: the token (sealed), for RingCentral keeps about five sessions a user,
//! and the penalties, so that nothing is sent inside one after a restart.

use super::Desk;
use super::seal::{NONCE_BYTES, open, seal};
use crate::config::Config;
use crate::random;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, Token};
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::Purpose;
use serde::{Deserialize, Serialize};
use worker::Result;

const TOKEN: &str = "token";
const PENALTIES: &str = "penalties";

/// What was written down last.
#[derive(Debug, Default)]
pub(super) struct Kept {
    token: Option<Token>,
    blocked_until_ms: [u64; 4],
}

/// A token as it is sealed.
#[derive(Serialize, Deserialize)]
struct Written {
    access: String,
    expires_at_ms: Option<u64>,
    renew_at_ms: Option<u64>,
    scope: Option<String>,
}

/// Hands a new client what an earlier one had.
pub(super) fn restore(desk: &Desk, config: &Config, client: &Client) -> Result<()> {
    let mut kept = Kept::default();
    if let Some(sealed) = value(desk, TOKEN)? {
        kept.token = open(&config.keys, &place(config), &sealed).and_then(|text| parse(&text));
    }
    if let Some(bytes) = value(desk, PENALTIES)? {
        kept.blocked_until_ms = serde_json::from_slice(&bytes).unwrap_or_default();
    }
    client.pacer().restore(kept.blocked_until_ms);
    if let Some(token) = &kept.token {
        client.session().restore(token.clone());
    }
    *desk.kept.borrow_mut() = kept;
    Ok(())
}

/// Writes down what has changed since the last time.
pub(super) fn keep(desk: &Desk, config: &Config, client: &Client) -> Result<()> {
    let token = client.session().token().cloned();
    let blocked_until_ms = client.pacer().blocked_until_ms();
    let mut kept = desk.kept.borrow_mut();
    if kept.blocked_until_ms != blocked_until_ms {
        write(desk, PENALTIES, serde_json::to_vec(&blocked_until_ms)?)?;
        kept.blocked_until_ms = blocked_until_ms;
    }
    if kept.token != token {
        let sealed =
            token.as_ref().and_then(|token| seal(&config.keys, &place(config), &text(token), random::bytes::<NONCE_BYTES>()));
        match sealed {
            Some(sealed) => write(desk, TOKEN, sealed)?,
            None => desk.store.write("DELETE FROM kept WHERE name = ?", vec![TOKEN.into()])?,
        }
        kept.token = token;
    }
    Ok(())
}

/// A token belongs to the credentials that it was got with: with other ones it does not open.
fn place(config: &Config) -> String {
    let server = config.site.at("");
    // The credentials go into a keyed hash that is compared and never shown.
    let parts = match &config.credentials {
        Credentials::Jwt(login) => {
            let secret = login.client_secret.as_ref().map_or("", Secret::expose);
            [server.as_str(), login.client_id.as_str(), secret, login.jwt.expose()]
        }
        Credentials::Pkce(_) => [server.as_str(), "", "", ""], // Nobody signs in to a Worker.
        // So does the token.
        Credentials::Token(token) => [server.as_str(), "", "", token.access.expose()],
    };
    config.keys.sign(Purpose::Seal, &parts)
}

fn text(token: &Token) -> Secret {
    let written = Written {
        // The token goes into the text that is sealed.
        access: token.access.expose().to_owned(),
        expires_at_ms: token.expires_at_ms,
        renew_at_ms: token.renew_at_ms,
        scope: token.scope.clone(),
    };
    Secret::new(serde_json::to_string(&written).unwrap_or_default())
}

fn parse(text: &Secret) -> Option<Token> {
    // The text is the token that was sealed.
    let Written { access, expires_at_ms, renew_at_ms, scope } = serde_json::from_str(text.expose()).ok()?;
    Some(Token { access: Secret::new(access), expires_at_ms, renew_at_ms, scope })
}

fn value(desk: &Desk, name: &str) -> Result<Option<Vec<u8>>> {
    #[derive(Deserialize)]
    struct Value {
        #[serde(with = "serde_bytes")]
        value: Vec<u8>,
    }
    let found = desk.store.first::<Value>("SELECT value FROM kept WHERE name = ?", vec![name.into()])?;
    Ok(found.map(|row| row.value))
}

fn write(desk: &Desk, name: &str, value: Vec<u8>) -> Result<()> {
    desk.store.write("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", vec![name.into(), value.into()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_comes_back_as_it_was() {
        let token = Token { access: Secret::new("T"), expires_at_ms: Some(7), renew_at_ms: Some(5), scope: Some("AI".into()) };
        assert_eq!(parse(&text(&token)), Some(token));
        assert_eq!(parse(&text(&Token::foreign(Secret::new("T")))), Some(Token::foreign(Secret::new("T"))));
        assert_eq!(parse(&Secret::new("{}")), None);
    }
}
