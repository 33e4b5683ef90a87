//! What every request to RingCentral's OAuth endpoints has in common: a form, and who the app is.

use crate::endpoint::Site;
use crate::engine::ringcentral::refusal::from_response;
use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse, Method, encode};
use crate::secret::Secret;
use alloc::string::String;
use alloc::vec::Vec;
use base64::{Engine, engine::general_purpose::STANDARD};

/// A form posted for an app: its secret goes into a header; without one the client id goes into the form.
pub(super) fn post(site: &Site, path: &str, app: (&str, Option<&Secret>), mut form: String) -> HttpRequest {
    let (client_id, client_secret) = app;
    let mut request = HttpRequest::new(Method::Post, site.at(path))
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded");
    if let Some(secret) = client_secret {
        // The client secret goes into the Basic header of the request.
        let pair = [client_id, ":", secret.expose()].concat();
        request = request.header("authorization", ["Basic ", &STANDARD.encode(pair)].concat());
    } else {
        form.push_str("&client_id=");
        form.push_str(&encode(client_id));
    }
    request.body = Some(Secret::new(form));
    request
}

/// A request for a token.
pub(super) fn token_request(site: &Site, app: (&str, Option<&Secret>), form: String) -> HttpRequest {
    post(site, "/restapi/oauth/token", app, form)
}

/// What an answer without success means: a refusal, unless it is about the rate or the server; the secrets masked in it.
pub(super) fn refusal(response: &HttpResponse, now_ms: u64, secrets: &[Option<&Secret>]) -> Error {
    match from_response(response, now_ms) {
        limited @ (Error::RateLimited { .. } | Error::Unavailable { .. }) => limited,
        Error::Refused { ringcentral, .. } => {
            secrets.iter().copied().flatten().fold(Error::LoginRefused { ringcentral }, Error::without)
        }
        _ => Error::LoginRefused { ringcentral: Vec::new() },
    }
}
