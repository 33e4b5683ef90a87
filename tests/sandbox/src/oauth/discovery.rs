//! `GET /.well-known/openid-configuration`: where OAuth's endpoints are and what they take.
//!
//! Assumption: what is not served is not named, although RingCentral's answer has it: there is no ID token here, so no
//! `jwks_uri`, no `userinfo_endpoint` and none of their algorithms.

use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;

use crate::errors::json_response;
use crate::server::base_url;

/// Answers anyone, as often as they ask: RingCentral does not count it.
pub async fn configuration(headers: HeaderMap) -> Response {
    let base_url = base_url(&headers);
    let body = json!({
        "issuer": base_url,
        "authorization_endpoint": format!("{base_url}/restapi/oauth/authorize"),
        "token_endpoint": format!("{base_url}/restapi/oauth/token"),
        "revocation_endpoint": format!("{base_url}/restapi/oauth/revoke"),
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
        "code_challenge_methods_supported": ["plain", "S256"],
    });
    json_response(StatusCode::OK, &body)
}
