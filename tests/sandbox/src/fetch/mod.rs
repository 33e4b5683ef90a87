//! The AI's own fetch of a `contentUri`, anonymous, whole or not at all, in one of the ways that a server must bear.
//!
//! Assumption: which of them RingCentral's is, is unknown. So `--fetch` chooses, and an answer to `HEAD` is never needed.

use std::time::Duration;

use axum::body::Bytes;
use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use tokio::time::{sleep, timeout};

mod ranges;

/// The largest file that is fetched.
pub const MAX_BYTES: usize = 200 * 1024 * 1024;
const MAX_REDIRECTS: usize = 5;
/// How fast a slow reader reads, until a third of its patience is over; then it hurries, so that any file arrives.
const SLOW_BYTES_PER_S: f64 = 1_000_000.0;

/// How a file is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Way {
    /// One GET.
    #[default]
    Plain,
    /// A HEAD whose answer does not matter, then one GET.
    HeadFirst,
    /// Parts by `Range`, put together.
    Ranges,
    /// Two GETs, which must bring the same.
    Twice,
    /// One GET that is read slowly.
    Slow,
}

impl Way {
    /// Their names on the command line.
    pub const ALL: [(&str, Self); 5] = [
        ("plain", Self::Plain),
        ("head-first", Self::HeadFirst),
        ("ranges", Self::Ranges),
        ("twice", Self::Twice),
        ("slow", Self::Slow),
    ];
}

/// Fetches media.
#[derive(Debug)]
pub struct Fetcher {
    client: Client,
    way: Way,
    patience: Duration,
}

/// Why a file did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In a few words without the address, which may hold a token.
    pub reason: String,
    /// What the server answered, where that is the reason.
    pub status: Option<StatusCode>,
}

impl<T: Into<String>> From<T> for Failure {
    fn from(reason: T) -> Self {
        Self { reason: reason.into(), status: None }
    }
}

impl Failure {
    fn the_second_time(self) -> Self {
        Self { reason: format!("the second time {}", self.reason), ..self }
    }
}

impl Fetcher {
    /// A fetcher without cookies, credentials or proxy, that gives a file up after `patience`.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(way: Way, patience: Duration) -> Result<Self, String> {
        let client = Client::builder()
            .timeout(patience)
            .redirect(redirect::Policy::limited(MAX_REDIRECTS))
            .referer(false) // It would tell the next host the address of the last, and with it an access token.
            .user_agent("ringcentral-sandbox-ai")
            .no_proxy()
            .build();
        Ok(Self { client: client.map_err(|error| format!("no HTTP client: {error}"))?, way, patience })
    }

    /// Fetches a file.
    ///
    /// # Errors
    /// Why it did not arrive.
    pub async fn fetch(&self, uri: &str) -> Result<Bytes, Failure> {
        let get = || self.client.get(uri);
        match self.way {
            Way::Plain => whole(get(), None).await,
            Way::HeadFirst => {
                // Not the whole patience: a server that does not answer HEAD at all must be asked for the file in time.
                let _ = self.client.head(uri).timeout(self.patience / 3).send().await;
                whole(get(), None).await
            }
            Way::Ranges => timeout(self.patience, ranges::fetch(get)).await.unwrap_or_else(|_| Err(LATE.into())),
            Way::Twice => {
                let first = whole(get(), None).await?;
                let second = whole(get(), None).await.map_err(Failure::the_second_time)?;
                if first == second { Ok(second) } else { Err("the second time it was another file".into()) }
            }
            Way::Slow => whole(get(), Some(self.patience / 3)).await,
        }
    }
}

async fn whole(request: RequestBuilder, slow_for: Option<Duration>) -> Result<Bytes, Failure> {
    let response = answer(request).await?;
    let status = response.status();
    if !status.is_success() {
        return Err(Failure { status: Some(status), ..format!("the server answered {}", status.as_u16()).into() });
    }
    body(response, slow_for.unwrap_or_default()).await
}

const TOO_LARGE: &str = "the file is larger than 200 MB";
const LATE: &str = "the file did not arrive in time";

/// Sends a request and waits for the head of its answer.
///
/// # Errors
/// Why there is none, without the address.
pub async fn answer(request: RequestBuilder) -> Result<Response, Failure> {
    request.send().await.map_err(|error| reason(&error))
}

/// Reads a body, slowly as long as `slow_for` lasts.
///
/// # Errors
/// It was cut off, came too late or is too large.
pub async fn body(mut response: Response, mut slow_for: Duration) -> Result<Bytes, Failure> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(TOO_LARGE.into());
        }
        body.extend_from_slice(&chunk);
        let pause = Duration::from_secs_f64(chunk.len() as f64 / SLOW_BYTES_PER_S).min(slow_for);
        slow_for -= pause;
        if !pause.is_zero() {
            sleep(pause).await;
        }
    }
    Ok(body.into())
}

fn reason(error: &reqwest::Error) -> Failure {
    let reason = if error.is_timeout() {
        LATE
    } else if error.is_redirect() {
        "more than 5 redirects"
    } else if error.is_connect() {
        "the server cannot be reached"
    } else {
        "the file was cut off"
    };
    reason.into()
}
