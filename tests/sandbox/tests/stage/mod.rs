//! What the tests stand on: a sandbox of their own, a client, an inbox for callbacks, a server for bad media.
#![allow(dead_code, clippy::missing_panics_doc, reason = "every test file uses a part of this")]

use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::routing::any;
use reqwest::{Client, Method, RequestBuilder, Response};
use ringcentral_sandbox::{Options, start};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::time::{sleep, timeout};

pub const JWT_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
pub const CALL_LOG: &str = "/restapi/v1.0/account/~/extension/~/call-log";
pub const SPEECH_TO_TEXT: &str = "/ai/audio/v1/async/speech-to-text";
pub const DIARIZE: &str = "/ai/audio/v1/async/speaker-diarize";
pub const IDENTIFY: &str = "/ai/audio/v1/async/speaker-identify";
pub const PUNCTUATE: &str = "/ai/text/v1/async/punctuate";
pub const SUMMARIZE: &str = "/ai/text/v1/async/summarize";
pub const ENROLLMENTS: &str = "/ai/audio/v1/enrollments";
pub const ANALYZE: &str = "/ai/insights/v1/async/analyze-interaction";

/// A running sandbox and a client that has logged in.
pub struct Stage {
    pub base: String,
    pub http: Client,
    pub token: String,
}

/// Options that make everything quick and nothing limited.
pub fn quick() -> Options {
    Options { port: 0, speed: 50.0, limit_factor: 20, ..Options::default() }
}

impl Stage {
    pub async fn new(options: Options) -> Self {
        let base = start(options).await.unwrap().base_url();
        let mut stage = Self { base, http: Client::builder().no_proxy().build().unwrap(), token: String::new() };
        stage.sign_in("sandbox-client").await;
        stage
    }

    pub async fn login(&self, client_id: &str) -> Value {
        let (status, body) = self.token_request(client_id, &[("grant_type", JWT_GRANT), ("assertion", "sandbox-jwt")]).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Goes on as another app.
    pub async fn sign_in(&mut self, client_id: &str) {
        let login = self.login(client_id).await;
        login["access_token"].as_str().unwrap().clone_into(&mut self.token);
    }

    pub async fn token_request(&self, client_id: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let request = self.http.post(format!("{}/restapi/oauth/token", self.base));
        let request = if client_id == "sandbox-public" {
            let mut form = form.to_vec();
            form.push(("client_id", client_id));
            request.form(&form)
        } else {
            request.basic_auth(client_id, Some("sandbox-secret")).form(form)
        };
        read(request.send().await.unwrap()).await
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let uri = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.http.request(method, uri).header("authorization", format!("bearer {}", self.token))
    }

    pub async fn get(&self, path: &str) -> (u16, Value) {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    /// The content URI of a shipped recording, with an access token.
    pub async fn content_uri(&self, duration_s: u64) -> String {
        let (_, log) = self.get(&format!("{CALL_LOG}?recordingType=All")).await;
        let records = log["records"].as_array().unwrap();
        let record = records.iter().find(|record| record["duration"] == duration_s).expect("the shipped recording");
        format!("{}?access_token={}", record["recording"]["contentUri"].as_str().unwrap(), self.token)
    }

    pub async fn submit(&self, path: &str, webhook: Option<&str>, input: &Value) -> (u16, Value) {
        let webhook = webhook.map(|uri| format!("?{}", encoded("webhook", uri))).unwrap_or_default();
        let request = self.request(Method::POST, &format!("{path}{webhook}")).header("content-type", "application/json");
        read(request.body(input.to_string()).send().await.unwrap()).await
    }

    /// Submits a job on audio without a webhook and asks until it is finished.
    pub async fn run(&self, path: &str, content_uri: &str, fields: &Value) -> Value {
        let mut input = json!({"contentUri": content_uri, "encoding": "Wav", "languageCode": "en-US"});
        for (name, value) in fields.as_object().unwrap() {
            input[name] = value.clone();
        }
        self.finish(path, &input).await
    }

    /// Submits a job without a webhook and asks until it is finished.
    pub async fn finish(&self, path: &str, input: &Value) -> Value {
        let (status, answer) = self.submit(path, None, input).await;
        assert_eq!(status, 202, "{answer}");
        let status = format!("/ai/status/v1/jobs/{}", answer["jobId"].as_str().unwrap());
        assert_eq!(self.get(&status).await.1["status"], "InProgress");
        for _ in 0..400 {
            let envelope = self.get(&status).await.1;
            if envelope["status"] != "InProgress" {
                return envelope;
            }
            sleep(Duration::from_millis(100)).await;
        }
        panic!("the job never ended");
    }
}

/// A shipped file.
pub fn shipped(name: &str) -> Vec<u8> {
    fs::read(format!("{}/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// What the words file beside a shipped recording says: speaker, word as written, start and end, in the order of time.
pub fn known_words(name: &str) -> Vec<(String, String, f64, f64)> {
    let known: Value = serde_json::from_slice(&shipped(&format!("{name}.words.json"))).unwrap();
    let turns = known["utterances"].as_array().unwrap();
    let words = turns.iter().flat_map(|turn| turn["words"].as_array().unwrap().iter().map(move |word| (turn, word)));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let time = |value: &Value| value.as_f64().unwrap();
    let words =
        words.map(|(turn, word)| (text(&turn["speakerId"]), text(&word["text"]), time(&word["start"]), time(&word["end"])));
    let mut words: Vec<_> = words.collect();
    words.sort_by(|a, b| a.2.total_cmp(&b.2));
    words
}

pub fn encoded(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

/// One callback as it arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    pub method: Method,
    pub uri: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Receives callbacks and answers them as told, then with 200.
#[derive(Clone, Default)]
pub struct Inbox {
    arrived: Arc<Mutex<Vec<Arrived>>>,
    answers: Arc<Mutex<Vec<u16>>>,
}

impl Inbox {
    pub async fn open(answers: &[u16]) -> (Self, String) {
        let inbox = Self::default();
        *inbox.answers.lock().unwrap() = answers.iter().rev().copied().collect();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hook", listener.local_addr().unwrap());
        let app = Router::new().route("/hook", any(Self::receive)).with_state(inbox.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (inbox, address)
    }

    #[allow(clippy::unused_async, reason = "axum's handlers are asynchronous")]
    async fn receive(
        State(inbox): State<Self>,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        body: Bytes,
    ) -> (StatusCode, HeaderMap) {
        let token = headers.get("validation-token").cloned();
        inbox.arrived.lock().unwrap().push(Arrived { method, uri: uri.to_string(), headers, body });
        let status = inbox.answers.lock().unwrap().pop().unwrap_or(200);
        let echo = token.map(|token| (HeaderName::from_static("validation-token"), token));
        (StatusCode::from_u16(status).unwrap(), echo.into_iter().collect())
    }

    pub fn arrived(&self) -> Vec<Arrived> {
        self.arrived.lock().unwrap().clone()
    }

    pub async fn wait_for(&self, count: usize) -> Vec<Arrived> {
        let waiting = async {
            while self.arrived().len() < count {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(Duration::from_secs(20), waiting).await.expect("the callbacks");
        self.arrived()
    }
}

/// What a raw server does after its answer.
#[derive(Clone, Copy)]
pub enum Then {
    Close,
    Hold,
    Repeat(&'static [u8]),
}

/// Serves these bytes, raw, to every connection.
pub async fn raw_server(answer: impl Into<Vec<u8>>, then: Then) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/media", listener.local_addr().unwrap());
    let answer = answer.into();
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = socket.read(&mut request).await;
                let mut open = socket.write_all(&answer).await.is_ok();
                while open {
                    open = match then {
                        Then::Close => false,
                        Then::Hold => socket.read(&mut request).await.is_ok_and(|read| read > 0),
                        Then::Repeat(bytes) => socket.write_all(bytes).await.is_ok(),
                    };
                }
            });
        }
    });
    address
}

/// Serves a file whole.
pub async fn file_server(file: &[u8]) -> String {
    let mut answer = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", file.len()).into_bytes();
    answer.extend_from_slice(file);
    raw_server(answer, Then::Close).await
}

/// A 16-bit WAV made of a function of time, one value per channel.
pub fn wav(rate: u32, channels: u16, seconds: f64, sample: impl Fn(f64, u16) -> f64) -> Vec<u8> {
    let frames = (seconds * f64::from(rate)).round();
    let mut data = Vec::new();
    let mut frame = 0.0;
    while frame < frames {
        for channel in 0..channels {
            #[allow(clippy::cast_possible_truncation, reason = "a sample is made to fit")]
            let value = (sample(frame / f64::from(rate), channel).clamp(-1.0, 1.0) * 32767.0) as i16;
            data.extend(value.to_le_bytes());
        }
        frame += 1.0;
    }
    let len = u32::try_from(data.len()).unwrap();
    let mut file = b"RIFF".to_vec();
    file.extend((36 + len).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * u32::from(channels) * 2).to_le_bytes());
    file.extend((channels * 2).to_le_bytes());
    file.extend(b"\x10\0data");
    file.extend(len.to_le_bytes());
    file.extend(data);
    file
}

/// An MP3 of `frames` silent frames: MPEG 1, layer III, 128 kbit/s, 44.1 kHz, mono; 1152 samples each.
pub fn silent_mp3(frames: usize) -> Vec<u8> {
    let mut frame = b"\xFF\xFB\x90\xC4".to_vec();
    frame.resize(417, 0);
    frame.repeat(frames)
}
