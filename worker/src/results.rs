//! KV, and nothing but this file knows it. The schema of `RESULTS`:
//!
//! | key | value | metadata |
//! |---|---|---|
//! | `result/{id}/{delivery}` | a delivery for job `id`, byte for byte | `{status, api, ringcentralJobId, completedAt, bytes, sha256}` |
//!
//! `delivery` is `{place}-{random}`: the Cloudflare location that wrote it and 128 random bits, so that no key is ever written twice.
//! Which delivery is the job's result, the Desk knows; a loser's key is deleted. A key expires at the later of when the
//! engine forgets the job and now + `RESULT_TTL_S`.
//!
//! Who reads: KV shows a new key at once where it was written, elsewhere after up to a minute, and a place that asked too early
//! remembers the miss. So in the key's own place KV is asked, always, and a key that somebody deleted is gone. In other places
//! the Desk's copy is served while there is one (two minutes), and KV is not asked. A miss is `result_delayed`, never `not_found`.

use crate::clock::Clock;
use crate::problem::Problem;
use crate::random;
use ringcentral_ai::engine::Delivery;
use ringcentral_ai::error::Code;
use ringcentral_ai::http::hex;
use ringcentral_ai::time;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use worker::js_sys::Reflect;
use worker::kv::KvStore;
use worker::{Env, Request, Response, ResponseBody};

/// The place of a request that does not say where it came in: a local run.
const LOCAL: &str = "local";
/// When a delayed result is worth another try.
const RETRY_AFTER_S: u64 = 5;

/// What is kept beside the bytes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    status: String,
    api: Option<String>,
    ringcentral_job_id: Option<String>,
    completed_at: Option<String>,
    bytes: usize,
    sha256: String,
}

/// A stored result.
#[derive(Debug)]
pub(crate) struct Stored {
    /// What was delivered; a stream where it comes from KV, for it may be longer than memory likes.
    pub(crate) body: ResponseBody,
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
}

/// Stores a delivery under a key of its own.
///
/// # Errors
/// `internal` when KV does not take it.
pub(crate) async fn put(
    env: &Env,
    id: &str,
    place: &str,
    body: &[u8],
    delivery: &Delivery,
    ttl_s: u64,
) -> Result<Written, Problem> {
    let key = ["result/", id, "/", place, "-", &random::id()].concat();
    let metadata = Metadata {
        status: delivery.status.clone(),
        api: delivery.api.clone(),
        ringcentral_job_id: delivery.job_id.clone(),
        completed_at: delivery.completed_ms.map(time::iso),
        bytes: body.len(),
        sha256: sha256(body),
    };
    // KV lives by the world's time, whatever the Worker's clock shows.
    let expires_s = expires_s(Clock::REAL.now_ms() / 1000, ttl_s, delivery.expires_ms);
    let failed = |_| Problem::internal("KV did not take the result");
    let put = store(env)?.put_bytes(&key, body).map_err(failed)?.expiration(expires_s).metadata(metadata).map_err(failed)?;
    put.execute().await.map_err(failed)?;
    Ok(Written { key, until_ms: expires_s * 1000 })
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
        return Ok(Stored { sha256: sha256(&body), body: ResponseBody::Body(body) });
    }
    match store(env)?.get(key).stream_with_metadata::<Metadata>().await {
        Ok((Some(body), Some(metadata))) => Ok(Stored { body: ResponseBody::Stream(body), sha256: metadata.sha256 }),
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
    Problem::from(Code::ResultDelayed).retry_after(RETRY_AFTER_S)
}

fn store(env: &Env) -> Result<KvStore, Problem> {
    env.kv("RESULTS").map_err(|_| Problem::not_configured("RESULTS", "the KV namespace is not bound: see wrangler.toml"))
}

fn is_written_at(key: &str, place: &str) -> bool {
    key.rsplit('/').next().and_then(|delivery| delivery.split_once('-')).is_some_and(|(written_at, _)| written_at == place)
}

fn expires_s(now_s: u64, ttl_s: u64, engine_ms: Option<u64>) -> u64 {
    (now_s + ttl_s).max(engine_ms.unwrap_or_default() / 1000)
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_stays_until_the_later_of_both_ends() {
        assert_eq!(expires_s(1_000, 86_400, None), 87_400);
        assert_eq!(expires_s(1_000, 86_400, Some(5_000)), 87_400);
        assert_eq!(expires_s(1_000, 86_400, Some(604_800_000)), 604_800);
    }

    #[test]
    fn a_key_tells_where_it_was_written() {
        assert!(is_written_at("result/7-7/fra-00ff", "fra"));
        assert!(!is_written_at("result/fra-7/dfw-00ff", "fra"));
        assert!(!is_written_at("result/7/fra00ff", "fra"));
    }
}
