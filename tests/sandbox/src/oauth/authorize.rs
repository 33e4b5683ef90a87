//! `GET /restapi/oauth/authorize`: a sign-in page, and back to the app with a code.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::errors::Refusal;
use crate::oauth::apps::App;
use crate::query::Query;
use crate::server::Sandbox;

/// A code lives this long, and works once.
const CODE_S: u64 = 60;

/// The codes that nobody has traded yet.
#[derive(Debug, Default)]
pub struct Codes(HashMap<String, Code>);

/// What a code was given for.
#[derive(Debug)]
pub struct Code {
    app: &'static App,
    redirect_uri: String,
    challenge: Option<Challenge>,
    ends_ms: u64,
}

/// What the verifier of PKCE must lead to.
#[derive(Debug)]
enum Challenge {
    Plain(String),
    S256(String),
}

impl Codes {
    /// Trades a code; whatever comes of it, the code is used up.
    ///
    /// # Errors
    /// `invalid_grant`.
    pub fn trade(&mut self, app: &App, form: &Query, now_ms: u64) -> Result<(), Refusal> {
        // Assumption: RingCentral's code for a bad authorization code is not known.
        let refuse = |message: &str| Refusal::oauth("invalid_grant", "OAU-211", message);
        let code = form.get("code").and_then(|code| self.0.remove(code)).filter(|code| now_ms < code.ends_ms);
        let code = code.ok_or_else(|| refuse("Authorization code is invalid or expired"))?;
        if code.app != app || form.get("redirect_uri") != Some(&code.redirect_uri) {
            return Err(refuse("Authorization code was given to another client or redirect URI"));
        }
        let verifier = form.get("code_verifier");
        let proved = code.challenge.is_none_or(|challenge| verifier.is_some_and(|verifier| challenge.is_met_by(verifier)));
        if proved { Ok(()) } else { Err(refuse("Code verifier does not match the code challenge")) }
    }
}

impl Challenge {
    fn read(query: &Query) -> Result<Option<Self>, &'static str> {
        let Some(challenge) = query.get("code_challenge").map(str::to_owned) else { return Ok(None) };
        match query.get("code_challenge_method") {
            None | Some("plain") => Ok(Some(Self::Plain(challenge))),
            Some("S256") => Ok(Some(Self::S256(challenge))),
            Some(_) => Err("code_challenge_method"),
        }
    }

    fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::Plain(challenge) => challenge == verifier,
            Self::S256(challenge) => *challenge == URL_SAFE_NO_PAD.encode(Sha256::digest(verifier)),
        }
    }
}

/// Shows the sign-in page; `prompt=none` goes back without one, as somebody is always signed in here.
///
/// # Errors
/// 400 where there is no app or no address to go back to.
pub async fn ask(State(sandbox): State<Arc<Sandbox>>, uri: Uri) -> Result<Response, Refusal> {
    let query = Query::of(&uri);
    let (app, redirect_uri) = destination(&query)?;
    if query.get("prompt") == Some("none") {
        return Ok(back(&sandbox, app, redirect_uri, &query));
    }
    Ok(Html(page(app)).into_response())
}

/// The button of the sign-in page.
///
/// # Errors
/// 400 as for [`ask`].
pub async fn sign_in(State(sandbox): State<Arc<Sandbox>>, uri: Uri) -> Result<Response, Refusal> {
    let query = Query::of(&uri);
    let (app, redirect_uri) = destination(&query)?;
    Ok(back(&sandbox, app, redirect_uri, &query))
}

/// Assumption: every http address counts as registered for every app.
fn destination(query: &Query) -> Result<(&'static App, reqwest::Url), Refusal> {
    let invalid = |name: &str| Refusal::oauth("invalid_request", "CMN-101", &format!("Parameter [{name}] value is invalid"));
    let app = query.get("client_id").and_then(App::find).ok_or_else(|| invalid("client_id"))?;
    let redirect_uri = query.get("redirect_uri").and_then(|text| reqwest::Url::parse(text).ok());
    let redirect_uri = redirect_uri.filter(|uri| ["http", "https"].contains(&uri.scheme()));
    Ok((app, redirect_uri.ok_or_else(|| invalid("redirect_uri"))?))
}

fn back(sandbox: &Sandbox, app: &'static App, mut redirect_uri: reqwest::Url, query: &Query) -> Response {
    let answer = match code(sandbox, app, query) {
        Ok(code) => [("code", code), ("expires_in", CODE_S.to_string())],
        Err((error, name)) => {
            [("error", error.to_owned()), ("error_description", format!("Parameter [{name}] value is invalid"))]
        }
    };
    let state = query.get("state").map(|state| ("state", state.to_owned()));
    redirect_uri.query_pairs_mut().extend_pairs(answer.into_iter().chain(state));
    (StatusCode::FOUND, [(header::LOCATION, redirect_uri.to_string()), (header::CACHE_CONTROL, "no-store".to_owned())])
        .into_response()
}

/// A new code, or the error and the parameter that is to blame.
fn code(sandbox: &Sandbox, app: &'static App, query: &Query) -> Result<String, (&'static str, &'static str)> {
    if query.get("response_type") != Some("code") {
        return Err(("unsupported_response_type", "response_type"));
    }
    let challenge = Challenge::read(query).map_err(|name| ("invalid_request", name))?;
    if challenge.is_none() && app.secret.is_none() {
        // Assumption: an app without a secret has nothing else to prove itself by.
        return Err(("invalid_request", "code_challenge"));
    }
    let redirect_uri = query.get("redirect_uri").unwrap_or_default().to_owned();
    let (code, now_ms) = (sandbox.random().token(), sandbox.now_ms());
    let mut codes = sandbox.codes();
    codes.0.retain(|_, old| now_ms < old.ends_ms);
    codes.0.insert(code.clone(), Code { app, redirect_uri, challenge, ends_ms: now_ms + CODE_S * 1000 });
    Ok(code)
}

fn page(app: &App) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Sign in</title>\
         <body style=\"font:16px system-ui;max-width:24rem;margin:4rem auto\"><h1>RingCentral sandbox</h1>\
         <p><b>{}</b> asks to sign in for the sandbox's one user.</p>\
         <form method=post><button>Sign in</button></form></body></html>",
        app.client_id
    )
}
