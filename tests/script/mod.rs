//! A script that plays the platform: it steps calls with a virtual clock and answers their requests.
#![allow(clippy::unwrap_used, clippy::unnecessary_wraps, dead_code, missing_docs, unreachable_pub)] // answers are what `Script::run` takes

use ringcentral_ai::call::{Call, Event, Now, Report, Step};
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin};
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::error::Error;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::secret::Secret;

pub const TOKEN: &str = r#"{"access_token":"S3CRET-token-1","expires_in":3600,"scope":"AI ReadCallLog ReadCallRecording"}"#;

/// The clock and what has happened so far.
#[derive(Default)]
pub struct Script {
    pub now_ms: u64,
    pub reports: Vec<Report>,
    /// Method, path and query of each request, with the time it was sent at.
    pub sent: Vec<(u64, String)>,
    pub requests: Vec<HttpRequest>,
}

/// What a call stopped at.
#[derive(Debug)]
pub enum Stop<T> {
    Sends(HttpRequest),
    Done(T),
    Failed(Error),
}

impl Script {
    /// Steps a call to its next request or its end; sleeps pass at once.
    pub fn go<C: Call>(&mut self, call: &mut C, mut event: Event) -> Stop<C::Output> {
        for _ in 0..10_000 {
            match call.step(event, Now { ms: self.now_ms, random: 7 }) {
                Step::Send(request) => {
                    let url = request.url.expose();
                    let path = url.splitn(4, '/').nth(3).unwrap_or_default();
                    self.sent.push((self.now_ms, format!("{} /{path}", request.method.as_str())));
                    self.requests.push(request.clone());
                    return Stop::Sends(request);
                }
                Step::Sleep(ms) => self.now_ms += ms,
                Step::Report(report) => self.reports.push(report),
                Step::Done(output) => return Stop::Done(output),
                Step::Fail(error) => return Stop::Failed(error),
            }
            event = Event::Go;
        }
        panic!("the call sleeps for ever");
    }

    /// Runs a call to its end; `answer` plays the server and may lose a request.
    pub fn run<C: Call>(
        &mut self,
        call: &mut C,
        mut answer: impl FnMut(&HttpRequest, u64) -> Option<HttpResponse>,
    ) -> Result<C::Output, Error> {
        let mut event = Event::Go;
        loop {
            match self.go(call, event) {
                Stop::Sends(request) => event = answer(&request, self.now_ms).map_or(Event::Lost, Event::Response),
                Stop::Done(output) => return Ok(output),
                Stop::Failed(error) => return Err(error),
            }
        }
    }

    /// The paths of the requests, in their order.
    pub fn paths(&self) -> Vec<&str> {
        self.sent.iter().map(|(_, path)| path.split('?').next().unwrap()).collect()
    }
}

pub fn client() -> Client {
    let login =
        JwtLogin { client_id: "id".into(), client_secret: Some(Secret::new("S3CRET-secret")), jwt: Secret::new("S3CRET-jwt") };
    Client::new(Site::new(Site::SERVER, &[]).unwrap(), Credentials::Jwt(login))
}

pub fn response(status: u16, body: &str) -> HttpResponse {
    HttpResponse { status, headers: Vec::new(), body: body.into() }
}

pub fn limited(retry_after: &str) -> HttpResponse {
    HttpResponse { status: 429, headers: vec![("Retry-After".into(), retry_after.into())], body: Vec::new() }
}

pub fn is_login(request: &HttpRequest) -> bool {
    request.url.expose().ends_with("/restapi/oauth/token")
}

/// Answers logins with a token and everything else with the given response.
pub fn with_login(request: &HttpRequest, other: HttpResponse) -> Option<HttpResponse> {
    Some(if is_login(request) { response(200, TOKEN) } else { other })
}
