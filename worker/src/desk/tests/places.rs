//! A KV as bad as Workers KV may be: each place remembers what it saw and what it missed, sees writes and deletions late, a key is
//! written once a second, and anything may fail, done or not. Each question is a while on its way, so that others come between.

use crate::kv::{Body, Bytes, Kv, Metadata, Trouble};
use ringcentral_ai::http::hex;
use sha2::{Digest, Sha256};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

const REMEMBERS_MS: u64 = 60_000;
const BETWEEN_WRITES_MS: u64 = 1_000;
/// How late another place may see a write.
const DELAYS_MS: [u64; 5] = [0, 1_000, 30_000, 60_000, 200_000];

type Value = Option<(Vec<u8>, Metadata, u64)>;

/// What a place saw, and until when it believes that.
type Memory = (u64, Value);

#[derive(Debug)]
struct Version {
    at_ms: u64,
    place: &'static str,
    value: Value,
}

/// How the next question ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fails {
    Undone,
    Done,
}

/// All places together.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) now_ms: Cell<u64>,
    /// Whether a place sees its own writes at once.
    pub(super) is_prompt: Cell<bool>,
    /// How late every other place sees a write, where it is not one time this and one time that.
    pub(super) late_ms: Cell<Option<u64>>,
    /// What fails next, in this order; none of these does not fail.
    pub(super) failures: RefCell<Vec<Option<Fails>>>,
    pub(super) has_failed: Cell<bool>,
    versions: RefCell<BTreeMap<String, Vec<Version>>>,
    remembered: RefCell<BTreeMap<(&'static str, String), Memory>>,
    written_at_ms: RefCell<BTreeMap<String, u64>>,
    /// What was ever put under a key.
    pub(super) put: RefCell<BTreeMap<String, Vec<u8>>>,
    /// The keys whose writer was told so.
    acknowledged: RefCell<BTreeSet<String>>,
}

impl Places {
    /// What lies there in truth.
    pub(super) fn keys(&self) -> BTreeMap<String, Vec<u8>> {
        let versions = self.versions.borrow();
        let latest =
            versions.iter().filter_map(|(key, versions)| Some((key.clone(), versions.last()?.value.as_ref()?.0.clone())));
        latest.collect()
    }

    fn fails(&self) -> Option<Fails> {
        let failure = self.failures.borrow_mut().pop().flatten();
        self.has_failed.set(self.has_failed.get() || failure.is_some());
        failure
    }

    fn write(&self, place: &'static str, key: &str, value: Value) -> Result<(), Trouble> {
        let now_ms = self.now_ms.get();
        let failure = self.fails();
        let before_ms = self.written_at_ms.borrow_mut().insert(key.to_owned(), now_ms);
        if before_ms.is_some_and(|before_ms| now_ms < before_ms + BETWEEN_WRITES_MS) {
            // A write that is refused does not count.
            self.written_at_ms.borrow_mut().extend(before_ms.map(|before_ms| (key.to_owned(), before_ms)));
            return Err(Trouble::TooSoon);
        }
        if failure == Some(Fails::Undone) {
            return Err(Trouble::Failed);
        }
        self.versions.borrow_mut().entry(key.to_owned()).or_default().push(Version { at_ms: now_ms, place, value });
        if self.is_prompt.get() {
            self.remembered.borrow_mut().remove(&(place, key.to_owned()));
        }
        if failure.is_some() { Err(Trouble::Failed) } else { Ok(()) }
    }

    fn read(&self, place: &'static str, key: &str) -> Value {
        let now_ms = self.now_ms.get();
        let mut remembered = self.remembered.borrow_mut();
        let memory = remembered.entry((place, key.to_owned())).or_insert((0, None));
        if memory.0 <= now_ms {
            let versions = self.versions.borrow();
            let versions = versions.get(key).map(Vec::as_slice).unwrap_or_default();
            let is_seen =
                |(index, version): &(usize, &Version)| version.at_ms + self.delay_ms(place, key, *index, version) <= now_ms;
            let seen = versions.iter().enumerate().rfind(is_seen).and_then(|(_, version)| version.value.clone());
            *memory = (now_ms + REMEMBERS_MS, seen.filter(|(_, _, expires_s)| expires_s * 1_000 > now_ms));
        }
        memory.1.clone()
    }

    /// Any of the delays, and the same each time.
    fn delay_ms(&self, place: &str, key: &str, version: usize, Version { place: written_at, .. }: &Version) -> u64 {
        if self.is_prompt.get() && *written_at == place {
            return 0;
        }
        if let Some(late_ms) = self.late_ms.get() {
            return late_ms;
        }
        let digest = Sha256::digest(format!("{place} {key} {version}"));
        DELAYS_MS[usize::from(digest[0]) % DELAYS_MS.len()]
    }
}

/// The next time that this is polled.
pub(super) async fn a_while() {
    let mut is_over = false;
    poll_fn(|_| if std::mem::replace(&mut is_over, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// KV, asked from a place.
#[derive(Debug, Clone)]
pub(super) struct At(pub(super) Rc<Places>, pub(super) &'static str);

impl Kv for At {
    type Bytes = Vec<u8>;
    type Body = Vec<u8>;

    async fn put(&self, key: &str, bytes: &Vec<u8>, metadata: &Metadata, expires_s: u64) -> Result<(), Trouble> {
        let before = self.0.put.borrow_mut().insert(key.to_owned(), bytes.clone());
        assert!(before.as_ref().is_none_or(|before| key.starts_with("dead/") && before == bytes), "{key} is written twice");
        a_while().await;
        let outcome = self.0.write(self.1, key, Some((bytes.clone(), metadata.clone(), expires_s)));
        a_while().await;
        self.0.acknowledged.borrow_mut().extend(outcome.is_ok().then(|| key.to_owned()));
        outcome
    }

    async fn get(&self, key: &str) -> Result<Option<(Vec<u8>, Metadata)>, Trouble> {
        assert!(self.0.acknowledged.borrow().contains(key), "{key} is asked for, and nobody knows that it is there");
        a_while().await;
        let outcome = if self.0.fails().is_some() { Err(Trouble::Failed) } else { Ok(self.0.read(self.1, key)) };
        a_while().await;
        Ok(outcome?.map(|(bytes, metadata, _)| (bytes, metadata)))
    }

    async fn holds(&self, key: &str) -> Result<bool, Trouble> {
        Ok(self.get(key).await?.is_some())
    }

    async fn delete(&self, key: &str) -> Result<(), Trouble> {
        a_while().await;
        let outcome = self.0.write(self.1, key, None);
        a_while().await;
        outcome
    }

    async fn rest(&self) {
        let until_ms = self.0.now_ms.get() + BETWEEN_WRITES_MS;
        poll_fn(|_| if self.0.now_ms.get() < until_ms { Poll::Pending } else { Poll::Ready(()) }).await;
    }
}

impl Bytes for Vec<u8> {
    fn count(&self) -> u32 {
        u32::try_from(self.len()).unwrap()
    }

    async fn sha256(&self) -> Result<String, Trouble> {
        Ok(digest(self))
    }
}

impl Body for Vec<u8> {
    async fn whole(self) -> Result<Vec<u8>, Trouble> {
        Ok(self)
    }
}

pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
