//! Results in KV: their keys, and the rules for them, whichever KV it is. The schema of `RESULTS`:
//!
//! | key | value | metadata |
//! |---|---|---|
//! | `result/{id}/{delivery}` | a delivery for job `id`, byte for byte | `{bytes, sha256}` |
//! | `dead/{id}/{sha256}` | one that could not be read, or was another job's; two a job at most | `{bytes, sha256}` |
//!
//! `delivery` is `{place}-{random}`: the Cloudflare location that wrote it and 128 random bits, so that no key is ever written twice.
//! A delivery lies there before anybody reads it. Which one is the job's result, the Desk knows; a loser's key is deleted, and what is
//! of no use is put under its `dead` key first: the same bytes have the same one, which alone may be written again, with them. The
//! bytes are what came after its content encodings and its charset were undone. A key expires at the later of now + `RESULT_TTL_S` and
//! when the engine forgets a job that it took now.
//!
//! Who reads: KV shows a new key at once where it was written, elsewhere after a minute or more, and a place that asked too early
//! remembers the miss. So in the key's own place KV is asked, and a key that somebody deleted is gone; the Desk's copy is served only
//! where KV fails. In other places the copy is served while there is one (of a short result, for two minutes), and KV is not asked.
//! A miss is `result_delayed`, never `not_found`.

use crate::kv::{Body, Bytes, Kv, Metadata, Trouble};
use crate::limits::{DELAYED_RETRY_AFTER_S, LAST_EXPIRY_S};
use crate::problem::Problem;
use ringcentral_ai::error::Code;
use serde::{Deserialize, Serialize};

/// A stored result.
#[derive(Debug)]
pub(crate) struct Stored<B> {
    /// What was delivered.
    pub(crate) body: B,
    /// How many bytes it has.
    pub(crate) bytes: u32,
    /// Its SHA-256 in hexadecimal digits.
    pub(crate) sha256: String,
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

/// The key of a delivery for job `id` that is written at `place`; `random` makes it the only one.
pub(crate) fn key(id: &str, place: &str, random: &str) -> String {
    ["result/", id, "/", place, "-", random].concat()
}

/// Stores a delivery under a key of its own, until so many seconds since 1970 in the world's time, which KV lives by.
///
/// # Errors
/// `internal` when KV does not take it; the key is never used again then.
pub(crate) async fn put<K: Kv>(kv: &K, key: String, bytes: &K::Bytes, expires_s: u64) -> Result<Written, Problem> {
    let sha256 = bytes.sha256().await.map_err(|_| Problem::internal("the result's digest could not be had"))?;
    let written = Written { key, until_ms: expires_s * 1000, sha256 };
    put_as(kv, &written.key, &written, bytes).await.map_err(not_taken)?;
    Ok(written)
}

/// Takes a delivery back that is no result; where it is not to be lost, its bytes are put under another key first.
///
/// # Errors
/// `internal` when KV does not take them there; they lie under the first key then.
pub(crate) async fn take_back<K: Kv>(kv: &K, written: &Written, dead_key: Option<&str>, bytes: &K::Bytes) -> Result<(), Problem> {
    if let Some(dead_key) = dead_key {
        set_aside(kv, written, dead_key, bytes).await?;
    }
    forget(kv, &written.key).await;
    Ok(())
}

/// Two of the same bytes may come at once, and KV takes one a second: where others write the key all the time, these bytes lie there.
async fn set_aside<K: Kv>(kv: &K, written: &Written, dead_key: &str, bytes: &K::Bytes) -> Result<(), Problem> {
    if put_as(kv, dead_key, written, bytes).await.is_ok() {
        return Ok(());
    }
    kv.rest().await;
    match put_as(kv, dead_key, written, bytes).await {
        Ok(()) | Err(Trouble::TooSoon) => Ok(()),
        Err(trouble @ Trouble::Failed) => Err(not_taken(trouble)),
    }
}

/// Deletes a key. It was just written, for which KV may refuse, once; one that stays nobody knows, and it ends by itself.
pub(crate) async fn forget<K: Kv>(kv: &K, key: &str) {
    if kv.delete(key).await.is_err() {
        kv.rest().await;
        let _ = kv.delete(key).await;
    }
}

async fn put_as<K: Kv>(kv: &K, key: &str, written: &Written, bytes: &K::Bytes) -> Result<(), Trouble> {
    let metadata = Metadata { bytes: bytes.count(), sha256: written.sha256.clone() };
    kv.put(key, bytes, &metadata, written.until_ms / 1000).await
}

/// The result under a key, for a reader at `place`; `copy` is the Desk's.
///
/// # Errors
/// `result_delayed` when it is not to be had now.
pub(crate) async fn find<K: Kv>(kv: &K, key: &str, place: &str, copy: Option<Vec<u8>>) -> Result<Stored<K::Body>, Problem> {
    if copy.is_none() || is_written_at(key, place) {
        match kv.get(key).await {
            Ok(Some((body, Metadata { bytes, sha256 }))) => return Ok(Stored { body, bytes, sha256 }),
            Ok(None) => return Err(delayed()),
            Err(_) => {}
        }
    }
    let copy = copy.ok_or_else(delayed)?;
    let sha256 = K::Bytes::from(copy.as_slice()).sha256().await.map_err(|_| delayed())?;
    let bytes = u32::try_from(copy.len()).map_err(|_| delayed())?;
    Ok(Stored { body: copy.into(), bytes, sha256 })
}

impl<B: Body> Stored<B> {
    /// The whole body.
    ///
    /// # Errors
    /// `result_delayed` when KV breaks off.
    pub(crate) async fn bytes(self) -> Result<Vec<u8>, Problem> {
        self.body.whole().await.map_err(|_| delayed())
    }
}

fn delayed() -> Problem {
    Problem::from(Code::ResultDelayed).retry_after(DELAYED_RETRY_AFTER_S)
}

fn not_taken(_: Trouble) -> Problem {
    Problem::internal("KV did not take the result")
}

/// When a key ends that is to be kept for so long from now on, in seconds since 1970.
pub(crate) fn expiry_s(now_s: u64, keeps_s: u64) -> u64 {
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
        assert!(is_written_at(&key("7-7", "fra", "00ff"), "fra"));
        assert!(!is_written_at("result/fra-7/dfw-00ff", "fra"));
        assert!(!is_written_at("result/7/fra00ff", "fra"));
    }
}
