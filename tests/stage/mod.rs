//! What the rounds stand on: a sandbox of their own, the loop that drives any call over real HTTP, a place for callbacks.
#![allow(clippy::unwrap_used, clippy::expect_used, dead_code, missing_docs, unreachable_pub)] // every test uses a part of this

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use reqwest::{Client as Http, Method, redirect};
use ringcentral_ai::call::{Call, Event, Now, Report, Step};
use ringcentral_ai::endpoint::{Endpoint, Site};
use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin};
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::engine::ringcentral::media::{ListRecordings, Recording};
use ringcentral_ai::error::Error;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::secret::{Secret, SecretUrl};
use ringcentral_sandbox::clock::Clock;
use ringcentral_sandbox::library::Library;
use ringcentral_sandbox::{Options, start};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

pub const MEDIA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/sandbox/media");
/// Nothing here takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

type Delivered = Arc<Mutex<HashMap<String, Vec<Vec<u8>>>>>;

/// A sandbox that listens, and a server of our own beside it.
pub struct Stage {
    pub base: String,
    /// Where callbacks go, and where media is that is not RingCentral's.
    pub own: String,
    pub http: Http,
    delivered: Delivered,
    sent: RefCell<Vec<String>>,
    reports: RefCell<Vec<Report>>,
}

impl Stage {
    pub async fn new() -> Self {
        Self::with_media(None).await
    }

    /// The same with a folder of recordings beside those that the sandbox ships.
    pub async fn with_media(media: Option<PathBuf>) -> Self {
        let options =
            Options { media, port: 0, speed: 100.0, limit_factor: 1_000, refresh_grace: Duration::ZERO, ..Options::default() };
        let base = start(options).await.unwrap().base_url();
        let delivered = Delivered::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = format!("http://{}", listener.local_addr().unwrap());
        let routes = Router::new().route("/hook/{name}", post(deliver)).route("/media/{name}", get(served));
        let app = routes.with_state(Arc::clone(&delivered));
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        let http = Http::builder().no_proxy().redirect(redirect::Policy::none()).timeout(PATIENCE).build().unwrap();
        Self { base, own, http, delivered, sent: RefCell::default(), reports: RefCell::default() }
    }

    pub fn site(&self) -> Site {
        Site::new(&self.base, &[]).unwrap()
    }

    /// A client that logs in to an app by JWT.
    pub fn client(&self, client_id: &str) -> Client {
        self.client_with(client_id, "sandbox-secret", "sandbox-jwt")
    }

    pub fn client_with(&self, client_id: &str, secret: &str, jwt: &str) -> Client {
        let login = JwtLogin { client_id: client_id.into(), client_secret: Some(Secret::new(secret)), jwt: Secret::new(jwt) };
        Client::new(self.site(), Credentials::Jwt(login))
    }

    /// Drives a call to its end.
    pub async fn run<C: Call>(&self, call: C) -> Result<C::Output, Error> {
        timeout(PATIENCE, self.drive(call)).await.expect("the call has no end")
    }

    /// This is all that a shell has to do.
    async fn drive<C: Call>(&self, mut call: C) -> Result<C::Output, Error> {
        let mut event = Event::Go;
        loop {
            event = match call.step(event, Now { ms: Clock::default().now_ms(), random: 11 }) {
                Step::Send(request) => self.send(&request).await.map_or(Event::Lost, Event::Response),
                Step::Sleep(ms) => {
                    sleep(Duration::from_millis(ms)).await;
                    Event::Go
                }
                Step::Report(report) => {
                    self.reports.borrow_mut().push(report);
                    Event::Go
                }
                Step::Done(output) => return Ok(output),
                Step::Fail(error) => return Err(error),
            };
        }
    }

    /// Asks one endpoint.
    pub async fn ask<E: Endpoint + 'static>(&self, client: &Client, endpoint: E) -> Result<E::Output, Error> {
        self.run(client.call(endpoint)).await
    }

    async fn send(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let url = request.url.expose();
        let path = url.strip_prefix(&self.base).unwrap_or(url).split('?').next().unwrap_or_default();
        self.sent.borrow_mut().push(format!("{} {path}", request.method.as_str()));
        let mut builder = self.http.request(Method::from_bytes(request.method.as_str().as_bytes()).unwrap(), url);
        for (name, value) in &request.headers {
            builder = builder.header(*name, value.expose());
        }
        if let Some(body) = &request.body {
            builder = builder.body(body.expose().to_owned());
        }
        let response = builder.send().await.ok()?;
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Some(HttpResponse {
            status: response.status().as_u16(),
            headers: response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: response.bytes().await.ok()?.to_vec(),
        })
    }

    /// Method and path of what was sent since the last time that somebody asked; logins aside.
    pub fn sent(&self) -> Vec<String> {
        let mut sent = self.sent.take();
        sent.retain(|line| !line.ends_with("/restapi/oauth/token"));
        sent
    }

    /// What the calls reported since the last time that somebody asked.
    pub fn reports(&self) -> Vec<Report> {
        self.reports.take()
    }

    /// All recordings of a list, page by page.
    pub async fn list(&self, client: &Client, query: &[(&str, &str)]) -> Result<Vec<Recording>, Error> {
        let mut query: Vec<_> = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut items = Vec::new();
        for _ in 0..50 {
            let page = self.ask(client, ListRecordings::parse(&query)?).await?;
            items.extend(page.items);
            let Some(cursor) = page.next_cursor else { return Ok(items) };
            query = vec![("cursor".to_owned(), cursor)];
        }
        panic!("the list has no end");
    }

    /// Where the callback of that name goes.
    pub fn webhook(&self, name: &str) -> SecretUrl {
        SecretUrl::hiding_query(format!("{}/hook/{name}?a=1&b=2", self.own))
    }

    /// Makes room for another callback of that name.
    pub fn forget(&self, name: &str) {
        self.delivered.lock().unwrap().remove(name);
    }

    /// The callback of that name, once it is there.
    pub async fn callback(&self, name: &str) -> Vec<u8> {
        let waiting = async {
            loop {
                if let Some(bodies) = self.delivered.lock().unwrap().get(name) {
                    assert_eq!(bodies.len(), 1, "{name} was delivered more than once");
                    return bodies[0].clone();
                }
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(PATIENCE, waiting).await.unwrap()
    }
}

/// The id of a call's recording that the sandbox ships; to list the calls, it would have to hear all of them.
pub fn recording_id(name: &str) -> String {
    let library = Library::load(None).unwrap();
    library.calls().find(|recording| recording.name == name).unwrap().id.clone()
}

async fn deliver(State(delivered): State<Delivered>, Path(name): Path<String>, body: Bytes) -> StatusCode {
    delivered.lock().unwrap().entry(name).or_default().push(body.to_vec());
    StatusCode::OK
}

/// A file of the sandbox's, as if it lay somewhere else; `noise.wav` is no sound.
async fn served(Path(name): Path<String>) -> Result<Vec<u8>, StatusCode> {
    if name == "noise.wav" {
        return Ok(b"RIFF, but no sound".repeat(100));
    }
    std::fs::read(format!("{MEDIA}/{name}")).map_err(|_| StatusCode::NOT_FOUND)
}
