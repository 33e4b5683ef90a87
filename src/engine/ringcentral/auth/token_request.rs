//! What every request to RingCentral's OAuth endpoints has in common: a form, and who the app is.

use crate::endpoint::Site;
use crate::engine::ringcentral::refusal::{from_response, said};
use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse, Method, base64, encode, form_encode};
use crate::json::Value;
use crate::secret::Secret;
use alloc::string::String;

/// What a login is answered with.
const WHAT: &str = "an access token";
/// Where nothing more is known.
const LOGIN_ADVICE: &str = "check client id, secret and JWT";
const GRANT_TYPE_MISSING: &str = "the app does not allow this way to log in: add the grant type (JWT, or authorization code) to it in RingCentral's developer console";

/// A form posted for an app: its secret goes into a header; without one the client id goes into the form.
pub(super) fn post(site: &Site, path: &str, app: (&str, Option<&Secret>), mut form: String) -> HttpRequest {
    let (client_id, client_secret) = app;
    let mut request = HttpRequest::new(Method::Post, site.at(path))
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(secret) = client_secret {
        // The client secret goes into the Basic header of the request.
        request = request.header("authorization", basic(client_id, secret.expose()));
    } else {
        form.push_str("&client_id=");
        form.push_str(&encode(client_id));
    }
    request.body = Some(Secret::new(form));
    request
}

/// An app's credentials in a header, each encoded as in a form before they are joined (RFC 6749, section 2.3.1): either may hold
/// the colon that parts them.
fn basic(client_id: &str, client_secret: &str) -> String {
    let credentials = [&form_encode(client_id), ":", &form_encode(client_secret)].concat();
    ["Basic ", &base64(credentials.as_bytes())].concat()
}

/// A request for a token.
pub(super) fn token_request(site: &Site, app: (&str, Option<&Secret>), form: String) -> HttpRequest {
    post(site, "/restapi/oauth/token", app, form)
}

/// What an answer without success means: a refusal, unless it is about the rate or the server, or no answer of RingCentral's; the
/// secrets masked in it.
pub(super) fn refusal(response: &HttpResponse, now_ms: u64, secrets: &[Option<&Secret>]) -> Error {
    match from_response("the login", response, now_ms) {
        limited @ (Error::RateLimited { .. } | Error::PauseTooLong { .. } | Error::Unavailable { .. }) => limited,
        redirected @ Error::Refused { status: 300..400, .. } => redirected,
        _ => match response.object(WHAT) {
            Ok(body) => refused(secrets, &body),
            Err(error) => error,
        },
    }
}

/// A refusal in RingCentral's words; JSON without them is none.
fn refused(secrets: &[Option<&Secret>], body: &Value<'_>) -> Error {
    let ringcentral = said(body);
    if ringcentral.is_empty() {
        return Error::UnexpectedAnswer { what: WHAT };
    }
    without(secrets, Error::LoginRefused { ringcentral, advice: advice(body) })
}

/// An error with the secrets masked in it.
pub(crate) fn without(secrets: &[Option<&Secret>], error: Error) -> Error {
    secrets.iter().copied().flatten().fold(error, Error::without)
}

/// What to do about a refused login, by OAuth's word for it (RFC 6749, section 5.2), else by RingCentral's code.
fn advice(body: &Value<'_>) -> &'static str {
    let is_said = |code: &str| body.get("errors").entries().iter().any(|said| said.get("errorCode").text() == Some(code));
    match body.get("error").text().unwrap_or_default() {
        "unauthorized_client" | "unsupported_grant_type" => GRANT_TYPE_MISSING,
        _ if is_said("OAU-250") || is_said("OAU-251") => GRANT_TYPE_MISSING,
        "invalid_client" => "check client id and client secret, and that the app belongs to this server",
        "invalid_grant" => {
            "a JWT must be made for this app and server, and neither be expired nor revoked; a code works once, for a minute: sign in again"
        }
        "invalid_scope" | "insufficient_scope" => "the app lacks a permission: add it in RingCentral's developer console",
        _ => LOGIN_ADVICE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{pairs, unbase64};
    use proptest::prelude::*;

    fn decoded(header: &str) -> String {
        String::from_utf8(unbase64(header.strip_prefix("Basic ").unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn the_credentials_of_the_standard_give_its_header() {
        // RFC 6749, section 2.3.1.
        let header = basic("s6BhdRkqt3", "7Fjfp0ZBr1KtDRbnfVdmIw");
        assert_eq!(header, "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3");
    }

    #[test]
    fn what_credentials_are_made_of_is_encoded_as_in_a_form() {
        // The text of RFC 6749, appendix B.
        assert_eq!(decoded(&basic(" %&+£€", "")), "+%25%26%2B%C2%A3%E2%82%AC:");
        assert_eq!(decoded(&basic("a:b", "c:d+e%f g")), "a%3Ab:c%3Ad%2Be%25f+g");
        assert_eq!(decoded(&basic("my-app_1.x*", "pässwörd~")), "my-app_1.x*:p%C3%A4ssw%C3%B6rd%7E");
        // As RingCentral issues them, they stand as they are.
        assert_eq!(basic("Aladdin", "open_sesame-1"), "Basic QWxhZGRpbjpvcGVuX3Nlc2FtZS0x");
    }

    proptest! {
        #[test]
        fn any_credentials_come_back(id in ".*", secret in ".*") {
            let header = decoded(&basic(&id, &secret));
            let (left, right) = header.split_once(':').unwrap();
            let read = |text: &str| pairs(&format!("x={text}")).next().unwrap().1;
            prop_assert_eq!((read(left), read(right)), (id, secret));
        }
    }
}
