//! `POST /restapi/oauth/token`: one function per grant type.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::json;

use crate::errors::{Refusal, json_response};
use crate::oauth::apps::{App, JWT, OWNER_ID};
use crate::oauth::sessions::{Grant, Lives, RefreshError};
use crate::query::Query;
use crate::server::Sandbox;

const ACCESS_TTL_S: std::ops::RangeInclusive<u64> = 600..=3600;
const DEFAULT_REFRESH_TTL_S: u64 = 604_800;
/// Assumption: no lower limit is documented; a refresh token never lives shorter than the shortest access token.
const REFRESH_TTL_S: std::ops::RangeInclusive<u64> = 600..=2_592_000;

/// Answers a token request of an app that has proved itself.
///
/// # Errors
/// `unsupported_grant_type`, `invalid_grant` or `invalid_request`.
pub fn issue(sandbox: &Sandbox, app: &'static App, form: &Query) -> Result<Response, Refusal> {
    let lives = Lives {
        access_s: ttl(form, "access_token_ttl", *ACCESS_TTL_S.end(), ACCESS_TTL_S)?,
        refresh_s: ttl(form, "refresh_token_ttl", DEFAULT_REFRESH_TTL_S, REFRESH_TTL_S)?,
    };
    let grant = match form.get("grant_type") {
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer" | "partner_jwt") => by_jwt(sandbox, app, form, lives),
        Some("authorization_code") => by_code(sandbox, app, form, lives),
        Some("refresh_token") => by_refresh_token(sandbox, app, form, lives),
        Some(_) => Err(Refusal::oauth("unsupported_grant_type", "OAU-250", "Unsupported grant type")),
        None => Err(missing("grant_type")),
    }?;
    Ok(answer(sandbox, app, form, &grant))
}

fn by_jwt(sandbox: &Sandbox, app: &'static App, form: &Query, lives: Lives) -> Result<Grant, Refusal> {
    match form.get("assertion") {
        Some(JWT) => Ok(sandbox.sessions().open(app, lives, &mut sandbox.random(), sandbox.now_ms())),
        // Assumption: the code for a JWT that RingCentral cannot accept is unknown; this one is "unparsable token".
        Some(_) => Err(Refusal::oauth("invalid_grant", "OAU-149", "Invalid JWT assertion")),
        None => Err(missing("assertion")),
    }
}

fn by_code(sandbox: &Sandbox, app: &'static App, form: &Query, lives: Lives) -> Result<Grant, Refusal> {
    let now_ms = sandbox.now_ms();
    sandbox.codes().trade(app, form, now_ms)?;
    Ok(sandbox.sessions().open(app, lives, &mut sandbox.random(), now_ms))
}

fn by_refresh_token(sandbox: &Sandbox, app: &'static App, form: &Query, lives: Lives) -> Result<Grant, Refusal> {
    let token = form.get("refresh_token").ok_or_else(|| missing("refresh_token"))?;
    let grant = sandbox.sessions().refresh(app, token, lives, &mut sandbox.random(), sandbox.now_ms());
    grant.map_err(|error| match error {
        RefreshError::Expired => Refusal::oauth("invalid_grant", "OAU-210", "Token expired"),
        RefreshError::Unknown => Refusal::oauth("invalid_grant", "OAU-213", "Token not found"),
    })
}

fn answer(sandbox: &Sandbox, app: &App, form: &Query, grant: &Grant) -> Response {
    let endpoint_id = form.get("endpoint_id").map(str::to_owned);
    let body = json!({
        "access_token": grant.access,
        "token_type": "bearer",
        "expires_in": grant.lives.access_s,
        "refresh_token": grant.refresh,
        "refresh_token_expires_in": grant.lives.refresh_s,
        "scope": app.scope(),
        "owner_id": OWNER_ID,
        "endpoint_id": endpoint_id.unwrap_or_else(|| sandbox.random().token()),
        "session_id": grant.session_id,
    });
    let mut response = json_response(StatusCode::OK, &body);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A time to live, moved into its range: clients send -1 and mean "whatever you think".
fn ttl(form: &Query, name: &str, default_s: u64, range_s: std::ops::RangeInclusive<u64>) -> Result<u64, Refusal> {
    let Some(text) = form.get(name) else { return Ok(default_s) };
    let number: i64 = text.parse().map_err(|_| invalid(name))?;
    Ok(u64::try_from(number).unwrap_or(0).clamp(*range_s.start(), *range_s.end()))
}

fn missing(name: &str) -> Refusal {
    Refusal::oauth("invalid_request", "CMN-101", &format!("Parameter [{name}] is missing"))
}

fn invalid(name: &str) -> Refusal {
    Refusal::oauth("invalid_request", "CMN-101", &format!("Parameter [{name}] value is invalid"))
}
