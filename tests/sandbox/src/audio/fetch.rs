//! The AI's own fetch of a `contentUri`: one anonymous GET, whole or not at all.

use std::time::Duration;

use axum::body::Bytes;
use reqwest::{Client, redirect};

const MAX_BYTES: usize = 200 * 1024 * 1024;
const MAX_REDIRECTS: usize = 5;

/// Fetches media.
#[derive(Debug)]
pub struct Fetcher(Client);

impl Fetcher {
    /// A fetcher without cookies, credentials or proxy, that gives up after `patience`.
    ///
    /// # Errors
    /// The HTTP client cannot be made.
    pub fn new(patience: Duration) -> Result<Self, String> {
        let client = Client::builder()
            .timeout(patience)
            .redirect(redirect::Policy::limited(MAX_REDIRECTS))
            .user_agent("ringcentral-sandbox-ai")
            .no_proxy()
            .build();
        client.map(Self).map_err(|error| format!("no HTTP client: {error}"))
    }

    /// Fetches a file.
    ///
    /// # Errors
    /// Why it did not arrive, in a few words without the address, which may hold a token.
    pub async fn fetch(&self, uri: &str) -> Result<Bytes, String> {
        let mut response = self.0.get(uri).send().await.map_err(|error| reason(&error))?;
        if !response.status().is_success() {
            return Err(format!("the server answered {}", response.status().as_u16()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| reason(&error))? {
            if body.len() + chunk.len() > MAX_BYTES {
                return Err("the file is larger than 200 MB".to_owned());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.into())
    }
}

fn reason(error: &reqwest::Error) -> String {
    let reason = if error.is_timeout() {
        "the file did not arrive in time"
    } else if error.is_redirect() {
        "more than 5 redirects"
    } else if error.is_connect() {
        "the server cannot be reached"
    } else {
        "the file was cut off"
    };
    reason.to_owned()
}
