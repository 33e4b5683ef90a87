//! KV, and nothing but this file knows it. The schema of `RESULTS`:
//!
//! | key | value | metadata |
//! |---|---|---|
//! | `result/{id}/{delivery}` | a delivery for job `id`, byte for byte | `{bytes, sha256}` |
//! | `dead/{id}/{sha256}` | one that could not be read, or was another job's; two a job at most | `{bytes, sha256}` |
//!
//! `delivery` is `{place}-{random}`: the Cloudflare location that wrote it and 128 random bits, so that no key is ever written twice.
//! A delivery lies there before anybody reads it. Which one is the job's result, the Desk knows; a loser's key is deleted, and what is
//! of no use is put under its `dead` key first (the same bytes have the same one). The bytes are what came after its content encodings
//! and its charset were undone. A key expires at the later of now + `RESULT_TTL_S` and when the engine forgets a job that it took now.
//!
//! Who reads: KV shows a new key at once where it was written, elsewhere after up to a minute, and a place that asked too early
//! remembers the miss. So in the key's own place KV is asked, always, and a key that somebody deleted is gone. In other places
//! the Desk's copy is served while there is one (two minutes), and KV is not asked. A miss is `result_delayed`, never `not_found`.

use crate::clock::Clock;
use crate::limits::{DELAYED_RETRY_AFTER_S, LAST_EXPIRY_S};
use crate::problem::Problem;
use crate::random;
use crate::sha256::sha256;
use ringcentral_ai::error::Code;
use serde::{Deserialize, Serialize};
use worker::js_sys::{Reflect, Uint8Array};
use worker::kv::{KvError, KvStore, ToRawKvValue};
use worker::wasm_bindgen::JsValue;
use worker::{Env, Request, Response, ResponseBody};

/// The place of a request that does not say where it came in: a local run.
const LOCAL: &str = "local";

/// What is kept beside the bytes.
#[derive(Debug, Serialize, Deserialize)]
struct Metadata {
    bytes: u32,
    sha256: String,
}

/// A stored result.
#[derive(Debug)]
pub(crate) struct Stored {
    /// What was delivered; a stream where it comes from KV, for it may be longer than memory likes.
    pub(crate) body: ResponseBody,
    /// How many bytes it has.
    pub(crate) bytes: u32,
    /// Its SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
}

/// What Cloudflare says about a request, as far as it is of use here.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct RequestOrigin {
    /// The location that it came in at.
    colo: String,
}

/// Cloudflare's name of the location that a request came in at.
pub(crate) fn place(request: &Request) -> String {
    let cf = Reflect::get(request.inner(), &"cf".into()).unwrap_or_default();
    let RequestOrigin { colo } = serde_wasm_bindgen::from_value(cf).unwrap_or_default();
    let name: String = colo.chars().filter(char::is_ascii_alphanumeric).collect();
    if name.is_empty() { LOCAL.to_owned() } else { name.to_ascii_lowercase() }
}

/// A delivery that KV has taken.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Written {
    /// Its key.
    pub(crate) key: String,
    /// When KV forgets it, milliseconds since 1970.
    pub(crate) until_ms: u64,
    /// The SHA-256 of its bytes in hexadecimal digits.
    pub(crate) sha256: String,
}

impl Written {
    /// The key that it is kept under where it is of no use to job `id`.
    pub(crate) fn dead_key(&self, id: &str) -> String {
        ["dead/", id, "/", &self.sha256].concat()
    }
}

/// Stores a delivery under a key of its own, for so many seconds.
///
/// # Errors
/// `internal` when KV does not take it.
pub(crate) async fn put(env: &Env, id: &str, place: &str, body: &Uint8Array, keeps_s: u64) -> Result<Written, Problem> {
    let key = ["result/", id, "/", place, "-", &random::id()].concat();
    // KV lives by the world's time, whatever the Worker's clock shows.
    let expires_s = expiry_s(Clock::REAL.now_ms() / 1000, keeps_s);
    let sha256 = sha256(body).await.map_err(|_| Problem::internal("the result's digest could not be had"))?;
    put_as(env, &key, body, &sha256, expires_s).await?;
    Ok(Written { key, until_ms: expires_s * 1000, sha256 })
}

/// Stores a delivery that is of no use under its other key, then deletes the one that it had.
///
/// # Errors
/// `internal` when KV does not take it; it lies under its first key then.
pub(crate) async fn set_aside(env: &Env, written: &Written, dead_key: &str, body: &Uint8Array) -> Result<(), Problem> {
    put_as(env, dead_key, body, &written.sha256, written.until_ms / 1000).await?;
    delete(env, &written.key).await
}

async fn put_as(env: &Env, key: &str, body: &Uint8Array, sha256: &str, expires_s: u64) -> Result<(), Problem> {
    let metadata = Metadata { bytes: body.length(), sha256: sha256.to_owned() };
    let failed = |_| Problem::internal("KV did not take the result");
    let put = store(env)?.put(key, Bytes(body)).map_err(failed)?.expiration(expires_s).metadata(metadata).map_err(failed)?;
    put.execute().await.map_err(failed)
}

/// Bytes that KV takes from JavaScript as they are.
struct Bytes<'a>(&'a Uint8Array);

impl ToRawKvValue for Bytes<'_> {
    fn raw_kv_value(&self) -> Result<JsValue, KvError> {
        Ok(self.0.into())
    }
}

/// Deletes a delivery that is no result.
///
/// # Errors
/// `internal` when KV does not; the key then ends by itself.
pub(crate) async fn delete(env: &Env, key: &str) -> Result<(), Problem> {
    store(env)?.delete(key).await.map_err(|_| Problem::internal("KV did not delete a delivery"))
}

/// What KV has under a key, here and now.
///
/// # Errors
/// `internal` when KV does not answer.
pub(crate) async fn read(env: &Env, key: &str) -> Result<Option<Vec<u8>>, Problem> {
    store(env)?.get(key).bytes().await.map_err(|_| Problem::internal("KV did not answer"))
}

/// The result under a key, for a reader at `place`; `copy` is the Desk's.
///
/// # Errors
/// `result_delayed` when it is not to be had now.
pub(crate) async fn find(env: &Env, key: &str, place: &str, copy: Option<Vec<u8>>) -> Result<Stored, Problem> {
    if let Some(body) = copy.filter(|_| !is_written_at(key, place)) {
        let sha256 = sha256(&body.as_slice().into()).await.map_err(|_| delayed())?;
        let bytes = u32::try_from(body.len()).map_err(|_| delayed())?;
        return Ok(Stored { sha256, bytes, body: ResponseBody::Body(body) });
    }
    match store(env)?.get(key).stream_with_metadata::<Metadata>().await {
        Ok((Some(body), Some(Metadata { bytes, sha256 }))) => Ok(Stored { body: ResponseBody::Stream(body), bytes, sha256 }),
        _ => Err(delayed()),
    }
}

impl Stored {
    /// The whole body.
    ///
    /// # Errors
    /// `result_delayed` when KV breaks off.
    pub(crate) async fn bytes(self) -> Result<Vec<u8>, Problem> {
        Response::from_body(self.body).map_err(|_| delayed())?.bytes().await.map_err(|_| delayed())
    }
}

fn delayed() -> Problem {
    Problem::from(Code::ResultDelayed).retry_after(DELAYED_RETRY_AFTER_S)
}

fn store(env: &Env) -> Result<KvStore, Problem> {
    env.kv("RESULTS").map_err(|_| Problem::not_configured("RESULTS", "the KV namespace is not bound: see wrangler.toml"))
}

/// When a key ends that is to be kept for so long from now on.
fn expiry_s(now_s: u64, keeps_s: u64) -> u64 {
    now_s.saturating_add(keeps_s).min(LAST_EXPIRY_S)
}

fn is_written_at(key: &str, place: &str) -> bool {
    key.rsplit('/').next().and_then(|delivery| delivery.split_once('-')).is_some_and(|(written_at, _)| written_at == place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_expiry_is_later_than_kv_takes() {
        assert_eq!(expiry_s(1_795_000_000, 86_400), 1_795_086_400);
        for keeps_s in [400_000_000, u64::MAX] {
            assert_eq!(expiry_s(1_795_000_000, keeps_s), LAST_EXPIRY_S);
        }
    }

    #[test]
    fn a_key_tells_where_it_was_written() {
        assert!(is_written_at("result/7-7/fra-00ff", "fra"));
        assert!(!is_written_at("result/fra-7/dfw-00ff", "fra"));
        assert!(!is_written_at("result/7/fra00ff", "fra"));
    }
}
