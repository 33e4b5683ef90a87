//! KV behind one small trait, so that what is done with it runs against another one in tests; and Workers KV, which nothing but this
//! file knows.
//!
//! What whoever uses it has to reckon with: a key that was just written may be missed, for up to a minute and more elsewhere than where
//! it was written; a place that asked too early remembers the miss, as it remembers a hit; a deleted key is seen as long; a key is
//! written once a second at most, and deleting counts as writing; anything may fail.

use crate::problem::Problem;
use crate::sha256::sha256;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use worker::js_sys::{Reflect, Uint8Array};
use worker::kv::{KvError, KvStore, ToRawKvValue};
use worker::wasm_bindgen::JsValue;
use worker::{Delay, Env, Request, Response, ResponseBody};

/// The place of a request that does not say where it came in: a local run.
const LOCAL: &str = "local";
/// The platform's second between two writes to a key, and a little more.
const REST: Duration = Duration::from_millis(1_100);

/// A store of bytes by keys.
pub(crate) trait Kv {
    /// Bytes on their way to it: one buffer that nothing copies.
    type Bytes: Bytes;
    /// Bytes as it gives them back.
    type Body: Body;

    /// Writes a key.
    async fn put(&self, key: &str, bytes: &Self::Bytes, metadata: &Metadata, expires_s: u64) -> Result<(), Trouble>;

    /// What it has under a key, here and now.
    async fn get(&self, key: &str) -> Result<Option<(Self::Body, Metadata)>, Trouble>;

    /// Deletes a key.
    async fn delete(&self, key: &str) -> Result<(), Trouble>;

    /// Waits until a key that was just written may be written again.
    async fn rest(&self);
}

/// Bytes to be stored.
pub(crate) trait Bytes: for<'a> From<&'a [u8]> {
    /// How many.
    fn count(&self) -> u32;

    /// Their SHA-256 in hexadecimal digits.
    async fn sha256(&self) -> Result<String, Trouble>;
}

/// Bytes that were stored.
pub(crate) trait Body: From<Vec<u8>> {
    /// All of them.
    async fn whole(self) -> Result<Vec<u8>, Trouble>;
}

/// What is kept beside the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Metadata {
    /// How many there are.
    pub(crate) bytes: u32,
    /// Their SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
}

/// Why something was not done, or may not have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// The key was written within the last second.
    TooSoon,
    /// Nobody knows; it may have been done.
    Failed,
}

/// The namespace `RESULTS`.
#[derive(Debug)]
pub(crate) struct WorkersKv(KvStore);

impl WorkersKv {
    /// The one that is bound.
    ///
    /// # Errors
    /// `not_configured` when none is.
    pub(crate) fn of(env: &Env) -> Result<Self, Problem> {
        let unbound = |_| Problem::not_configured("RESULTS", "the KV namespace is not bound: see wrangler.toml");
        env.kv("RESULTS").map(Self).map_err(unbound)
    }
}

impl Kv for WorkersKv {
    type Bytes = Uint8Array;
    type Body = Given;

    async fn put(&self, key: &str, bytes: &Uint8Array, metadata: &Metadata, expires_s: u64) -> Result<(), Trouble> {
        let put = self.0.put(key, Raw(bytes))?.expiration(expires_s).metadata(metadata)?;
        Ok(put.execute().await?)
    }

    async fn get(&self, key: &str) -> Result<Option<(Given, Metadata)>, Trouble> {
        let (body, metadata) = self.0.get(key).stream_with_metadata().await?;
        Ok(body.zip(metadata).map(|(stream, metadata)| (Given(ResponseBody::Stream(stream)), metadata)))
    }

    async fn delete(&self, key: &str) -> Result<(), Trouble> {
        Ok(self.0.delete(key).await?)
    }

    async fn rest(&self) {
        Delay::from(REST).await;
    }
}

impl From<KvError> for Trouble {
    /// The platform tells the limit by its status, in a sentence.
    fn from(error: KvError) -> Self {
        if error.to_string().contains("429") { Self::TooSoon } else { Self::Failed }
    }
}

/// Bytes that KV takes from JavaScript as they are.
struct Raw<'a>(&'a Uint8Array);

impl ToRawKvValue for Raw<'_> {
    fn raw_kv_value(&self) -> Result<JsValue, KvError> {
        Ok(self.0.into())
    }
}

impl Bytes for Uint8Array {
    fn count(&self) -> u32 {
        self.length()
    }

    async fn sha256(&self) -> Result<String, Trouble> {
        sha256(self).await.map_err(|_| Trouble::Failed)
    }
}

/// What was stored; a stream where it comes from KV, for it may be longer than memory likes.
#[derive(Debug)]
pub(crate) struct Given(pub(crate) ResponseBody);

impl From<Vec<u8>> for Given {
    fn from(bytes: Vec<u8>) -> Self {
        Self(ResponseBody::Body(bytes))
    }
}

impl Body for Given {
    async fn whole(self) -> Result<Vec<u8>, Trouble> {
        let mut response = Response::from_body(self.0).map_err(|_| Trouble::Failed)?;
        response.bytes().await.map_err(|_| Trouble::Failed)
    }
}

/// What Cloudflare says about a request, as far as it is of use here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RequestOrigin {
    /// The location that it came in at.
    colo: String,
}

/// Cloudflare's name of the location that a request came in at, which is where its writes are seen first.
pub(crate) fn place(request: &Request) -> String {
    let cf = Reflect::get(request.inner(), &"cf".into()).unwrap_or_default();
    let RequestOrigin { colo } = serde_wasm_bindgen::from_value(cf).unwrap_or_default();
    let name: String = colo.chars().filter(char::is_ascii_alphanumeric).collect();
    if name.is_empty() { LOCAL.to_owned() } else { name.to_ascii_lowercase() }
}
