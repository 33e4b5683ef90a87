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
use worker::js_sys::{self, Promise, Reflect, Uint8Array};
use worker::wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::ReadableStream;
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

    /// Whether it has something under a key, here and now; nothing of that is read.
    async fn holds(&self, key: &str) -> Result<bool, Trouble>;

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

#[wasm_bindgen]
extern "C" {
    /// A namespace of Workers KV.
    #[derive(Debug)]
    type Namespace;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Namespace, key: &str, value: &Uint8Array, options: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getWithMetadata)]
    fn get_with_metadata(this: &Namespace, key: &str, kind: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Namespace, key: &str) -> Result<Promise, JsValue>;
    /// What it gives back.
    type Entry;
    #[wasm_bindgen(method, getter)]
    fn value(this: &Entry) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn metadata(this: &Entry) -> JsValue;
}

/// What a key is written with.
#[derive(Serialize)]
struct PutOptions<'a> {
    /// When it ends, in seconds since 1970.
    expiration: u64,
    metadata: &'a Metadata,
}

/// The namespace `RESULTS`.
#[derive(Debug)]
pub(crate) struct WorkersKv(Namespace);

impl WorkersKv {
    /// The one that is bound.
    ///
    /// # Errors
    /// `not_configured` when none is.
    pub(crate) fn of(env: &Env) -> Result<Self, Problem> {
        let bound = Reflect::get(env, &"RESULTS".into()).ok().filter(|namespace| !namespace.is_undefined());
        let unbound = || Problem::not_configured("RESULTS", "the KV namespace is not bound: see wrangler.toml");
        bound.map(|namespace| Self(namespace.unchecked_into())).ok_or_else(unbound)
    }
}

impl Kv for WorkersKv {
    type Bytes = Uint8Array;
    type Body = Given;

    async fn put(&self, key: &str, bytes: &Uint8Array, metadata: &Metadata, expires_s: u64) -> Result<(), Trouble> {
        let options = PutOptions { expiration: expires_s, metadata };
        let options = serde_wasm_bindgen::to_value(&options).map_err(|_| Trouble::Failed)?;
        JsFuture::from(self.0.put(key, bytes, &options)?).await?;
        Ok(())
    }

    async fn get(&self, key: &str) -> Result<Option<(Given, Metadata)>, Trouble> {
        let entry: Entry = JsFuture::from(self.0.get_with_metadata(key, "stream")?).await?.unchecked_into();
        let Ok(stream) = entry.value().dyn_into::<ReadableStream>() else { return Ok(None) };
        let metadata = serde_wasm_bindgen::from_value(entry.metadata()).ok();
        Ok(metadata.map(|metadata| (Given(ResponseBody::Stream(stream)), metadata)))
    }

    async fn holds(&self, key: &str) -> Result<bool, Trouble> {
        let entry: Entry = JsFuture::from(self.0.get_with_metadata(key, "stream")?).await?.unchecked_into();
        let Ok(stream) = entry.value().dyn_into::<ReadableStream>() else { return Ok(false) };
        let _ = stream.cancel(); // whatever it says, nobody waits for more
        Ok(true)
    }

    async fn delete(&self, key: &str) -> Result<(), Trouble> {
        JsFuture::from(self.0.delete(key)?).await?;
        Ok(())
    }

    async fn rest(&self) {
        Delay::from(REST).await;
    }
}

impl From<JsValue> for Trouble {
    /// The platform tells the limit by its status, in a sentence.
    fn from(error: JsValue) -> Self {
        let is_limit = |error: js_sys::Error| String::from(error.message()).contains("429");
        if error.dyn_into().is_ok_and(is_limit) { Self::TooSoon } else { Self::Failed }
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
