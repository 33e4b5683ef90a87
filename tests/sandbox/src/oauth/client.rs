//! Which app is asking for a token: Basic authentication, or `client_id` in the form.

use axum::http::{HeaderMap, header};
use base64::{Engine, engine::general_purpose::STANDARD};
use percent_encoding::percent_decode_str;

use crate::errors::Refusal;
use crate::oauth::apps::App;
use crate::query::Query;

/// The client id that a request claims, to count it by; proves nothing.
#[must_use]
pub fn claimed_id(headers: &HeaderMap, form: &Query) -> String {
    basic(headers).map(|(id, _)| id).or_else(|| form.get("client_id").map(str::to_owned)).unwrap_or_default()
}

/// Finds the app and checks its secret. Clients send both Basic and `client_id`; then they must agree.
///
/// # Errors
/// `invalid_client`. Assumption: a wrong secret reads like a missing one, whose body is attested.
pub fn authenticate(headers: &HeaderMap, form: &Query) -> Result<&'static App, Refusal> {
    let refusal = || Refusal::oauth("invalid_client", "OAU-123", "Client authentication is required");
    let app = App::find(&claimed_id(headers, form)).ok_or_else(refusal)?;
    let same_in_form = form.get("client_id").is_none_or(|id| id == app.client_id);
    let secret = basic(headers).map(|(_, secret)| secret).or_else(|| form.get("client_secret").map(str::to_owned));
    let proved = app.secret.is_none_or(|expected| secret.as_deref() == Some(expected));
    if same_in_form && proved { Ok(app) } else { Err(refusal()) }
}

/// The client id and the secret of a Basic header, each encoded as in a form before they were joined (RFC 6749, section 2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.trim().split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((form_decoded(id)?, form_decoded(secret)?))
}

fn form_decoded(text: &str) -> Option<String> {
    let spaced = text.replace('+', " ");
    percent_decode_str(&spaced).decode_utf8().ok().map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(credentials: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, credentials.parse().unwrap());
        headers
    }

    // base64 of sandbox-client:sandbox-secret
    const RIGHT: &str = "basic c2FuZGJveC1jbGllbnQ6c2FuZGJveC1zZWNyZXQ=";

    #[test]
    fn basic_and_the_form_may_both_name_the_app() {
        let form = Query::parse(b"client_id=sandbox-client");
        assert_eq!(authenticate(&headers(RIGHT), &form).unwrap().client_id, "sandbox-client");
        assert!(authenticate(&headers(RIGHT), &Query::parse(b"client_id=sandbox-public")).is_err());
    }

    #[test]
    fn id_and_secret_are_decoded_as_in_a_form_once_they_are_parted() {
        let read = |joined: &str| basic(&headers(&format!("Basic {}", STANDARD.encode(joined))));
        let odd = ("my:app".to_owned(), "a:b+c%d e&é%3A".to_owned());
        assert_eq!(read("my%3Aapp:a%3Ab%2Bc%25d+e%26%C3%A9%253A"), Some(odd));
        let plain = ("sandbox-client".to_owned(), "sandbox-secret".to_owned());
        assert_eq!(read("sandbox-client:sandbox-secret"), Some(plain));
        assert_eq!(read("my%3Aapp"), None);
    }

    #[test]
    fn only_a_public_app_needs_no_secret() {
        let nothing = HeaderMap::new();
        assert!(authenticate(&nothing, &Query::parse(b"client_id=sandbox-public")).is_ok());
        assert!(authenticate(&nothing, &Query::parse(b"client_id=sandbox-client")).is_err());
        assert!(authenticate(&nothing, &Query::default()).is_err());
        assert!(authenticate(&headers("Basic c2FuZGJveC1jbGllbnQ6d3Jvbmc="), &Query::default()).is_err());
    }
}
