//! A session that a user signs in to, for JavaScript, which keeps it, renews it for all its tabs and gives each its tokens.
//!
//! A session is JSON: `{clientId, accessToken, expiresAt?, renewAt?, scope?, refreshToken?, refreshExpiresAt?}`, times in milliseconds
//! since 1970.

use super::clock::now;
use super::drive::{Give, start};
use super::how::How;
use super::ringcentral::{RingCentral, access};
use crate::browser::arguments::arguments;
use crate::browser::fault::Result;
use crate::call::Operation;
use crate::engine::ringcentral::auth::{CodeLogin, Credentials, Pkce, RefreshLogin, RefreshToken, Token, code_of, login_url};
use crate::engine::ringcentral::client::{Client, TokenUse};
use crate::error::Error;
use crate::json::{Object, Value};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::string::String;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

const ACCESS_TOKEN: &str = "accessToken";
const REFRESH_TOKEN: &str = "refreshToken";

#[wasm_bindgen]
impl RingCentral {
    /// Where the user signs in. Whoever begins that makes the challenge, by the platform's SHA-256, and keeps its verifier.
    #[wasm_bindgen(js_name = beginLogin)]
    pub fn begin_login(&self, client_id: &str, redirect_uri: &str, state: &str, challenge: &str) -> Result<String> {
        for (field, text) in [("clientId", client_id), ("redirectUri", redirect_uri)] {
            if text.trim().is_empty() {
                return Err(Error::invalid(field, "it must be there, as in the app's settings at RingCentral").into());
            }
        }
        Ok(login_url(self.0.site(), client_id, redirect_uri, state, challenge))
    }

    /// The end of that, by the address that the user came back to: the session. `begun` is `{clientId, redirectUri, state, verifier}`.
    #[wasm_bindgen(js_name = finishLogin)]
    pub fn finish_login(&self, begun: &str, came_back_to: &str, how: &How) -> Result<Promise> {
        let begun = arguments(begun)?;
        let code = code_of(came_back_to, &text(&begun, "state"))?;
        let login = CodeLogin {
            client_id: text(&begun, "clientId"),
            client_secret: None,
            redirect_uri: text(&begun, "redirectUri"),
            code,
            verifier: secret(&begun, "verifier"),
        };
        let client_id = login.client_id.clone();
        Ok(start(session(self.0.with_session(Credentials::Pkce(Pkce::Code(login))), client_id), Give::Object, how, None))
    }

    /// The session that takes the place of this one, whose tokens end with it.
    pub fn renew(&self, kept: &str, how: &How) -> Result<Promise> {
        let kept = arguments(kept)?;
        Ok(start(session(self.0.with_session(refresh(&kept, REFRESH_TOKEN)), text(&kept, "clientId")), Give::Object, how, None))
    }

    /// Ends a session at RingCentral.
    #[wasm_bindgen(js_name = endSession)]
    pub fn end_session(&self, kept: &str, how: &How) -> Result<Promise> {
        let kept = arguments(kept)?;
        self.0.session().end(Error::TokenRejected);
        let is_kept = [REFRESH_TOKEN, ACCESS_TOKEN].into_iter().find(|name| kept.get(name).text().is_some());
        // Either of its tokens ends it; one that nobody keeps any more has been ended by another tab.
        let call = is_kept.map(|name| self.0.with_session(refresh(&kept, name)).revoke());
        let call = call.unwrap_or_else(|| Operation::new("no session", |_| async { Ok(()) }));
        Ok(start(call.map(|()| Ok(Object::new().write())), Give::Object, how, None))
    }

    /// Takes up the token of a session, or one that somebody supplies: `{accessToken, expiresAt?}` will do.
    pub fn supply(&self, kept: &str) -> Result<()> {
        let kept = arguments(kept)?;
        let at = |name: &str| kept.get(name).whole();
        self.0.session().restore(Token {
            access: access(&kept)?,
            expires_at_ms: at("expiresAt"),
            renew_at_ms: at("renewAt").or(at("expiresAt")),
            scope: kept.text_of("scope"),
        });
        Ok(())
    }

    /// Whether it is time for another.
    #[wasm_bindgen(js_name = needsToken)]
    pub fn needs_token(&self) -> bool {
        self.0.session().needs_token(now().ms)
    }
}

fn text(object: &Value<'_>, name: &str) -> String {
    object.get(name).text().unwrap_or_default().to_owned()
}

fn secret(object: &Value<'_>, name: &str) -> Secret {
    Secret::new(object.get(name).text().unwrap_or_default())
}

fn refresh(kept: &Value<'_>, token: &str) -> Credentials {
    let expires_at_ms = kept.get("refreshExpiresAt").whole().unwrap_or(u64::MAX);
    let refresh = RefreshToken { token: secret(kept, token), expires_at_ms };
    Credentials::Pkce(Pkce::Refresh(RefreshLogin { client_id: text(kept, "clientId"), client_secret: None, refresh }))
}

/// The session that a login leads to.
fn session(client: Client, client_id: String) -> Operation<String> {
    client.token(TokenUse::Header).map(move |token| {
        // Both tokens go to JavaScript, which keeps them where its caller says.
        let kept = Object::new().text("clientId", &client_id).text(ACCESS_TOKEN, token.access.expose());
        let kept = kept.optional_number("expiresAt", token.expires_at_ms).optional_number("renewAt", token.renew_at_ms);
        let kept = kept.optional_text("scope", token.scope.as_deref());
        let session = client.session();
        let Some(refresh) = session.refresh_token() else { return Ok(kept.write()) };
        // The refresh token too.
        Ok(kept.text(REFRESH_TOKEN, refresh.token.expose()).number("refreshExpiresAt", refresh.expires_at_ms).write())
    })
}
