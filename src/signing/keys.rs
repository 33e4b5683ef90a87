//! Signing keys: one secret of the operator's becomes one key per purpose.

use crate::error::{Error, Result};
use crate::http::{hex, unhex};
use crate::secret::Secret;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use hkdf::Hkdf;
use hmac::digest::KeyInit;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// Shorter keys can be guessed.
const MIN_KEY_CHARS: usize = 32;
/// A SHA-256 in bytes.
const DIGEST_BYTES: usize = 32;
/// HMAC-SHA256 takes keys of one block.
const BLOCK_BYTES: usize = 64;
const SETTING: &str = "SIGNING_KEYS";

/// What a key is for; a signature for one purpose is worth nothing for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The address that RingCentral delivers to.
    Callback,
    /// The address that RingCentral fetches media from.
    Media,
    /// The token that reads one job.
    Read,
    /// The encryption of what is stored for a while.
    Seal,
    /// What is sent to whoever is told of a job's end.
    Notice,
    /// The address that an engine tells news to.
    News,
}

impl Purpose {
    const ALL: [Self; 6] = [Self::Callback, Self::Media, Self::Read, Self::Seal, Self::Notice, Self::News];

    /// HKDF's `info`: a new version makes everything signed before void.
    const fn info(self) -> &'static [u8] {
        match self {
            Self::Callback => b"ringcentral-ai callback v1",
            Self::Media => b"ringcentral-ai media v1",
            Self::Read => b"ringcentral-ai read v1",
            Self::Seal => b"ringcentral-ai seal v1",
            Self::Notice => b"ringcentral-ai notice v1",
            Self::News => b"ringcentral-ai news v1",
        }
    }
}

type Derived = [[u8; DIGEST_BYTES]; Purpose::ALL.len()];

/// The keys of a deployment: the first signs, all verify, so that a key can be replaced without breaking addresses.
#[derive(Clone)]
pub struct Keys {
    signing: Derived,
    former: Vec<Derived>,
}

impl Keys {
    /// Reads the setting `SIGNING_KEYS`: keys of 32 characters or more, separated by commas.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `SIGNING_KEYS` when a key is missing or too short.
    pub fn parse(signing_keys: &Secret) -> Result<Self> {
        // The keys' texts go into the derivation of the keys in use, and nowhere else.
        let mut keys = signing_keys.expose().split(',').map(derive);
        let too_short =
            || Error::invalid(SETTING, "each key needs at least 32 characters: make one with `openssl rand -base64 32`");
        let signing = keys.next().flatten().ok_or_else(too_short)?;
        let former = keys.collect::<Option<_>>().ok_or_else(too_short)?;
        Ok(Self { signing, former })
    }

    /// The signature of these parts in this order: 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn sign(&self, purpose: Purpose, parts: &[&str]) -> String {
        hex(&mac(&self.signing[purpose as usize], parts).finalize().into_bytes())
    }

    /// Checks a signature in constant time, against every key whether or not one has matched already.
    ///
    /// # Errors
    /// [`Error::WrongSignature`] when no key made it for these parts.
    pub fn verify(&self, purpose: Purpose, parts: &[&str], signature: &str) -> Result<()> {
        let given = unhex::<DIGEST_BYTES>(signature).ok_or(Error::WrongSignature)?;
        let matches = self.derive(purpose).filter(|key| mac(key, parts).verify_slice(&given).is_ok());
        if matches.count() == 0 { Err(Error::WrongSignature) } else { Ok(()) }
    }

    /// The keys for one purpose, the one in use first.
    pub fn derive(&self, purpose: Purpose) -> impl Iterator<Item = &[u8; DIGEST_BYTES]> {
        core::iter::once(&self.signing).chain(&self.former).map(move |keys| &keys[purpose as usize])
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").field("former", &self.former.len()).finish_non_exhaustive()
    }
}

fn derive(key: &str) -> Option<Derived> {
    let key = key.trim();
    let hkdf = (key.chars().count() >= MIN_KEY_CHARS).then(|| Hkdf::<Sha256>::new(None, key.as_bytes()))?;
    let mut derived = Derived::default();
    for purpose in Purpose::ALL {
        hkdf.expand(purpose.info(), &mut derived[purpose as usize]).ok()?;
    }
    Some(derived)
}

/// Each part goes in behind its own length: no two lists of parts look the same.
fn mac(key: &[u8; DIGEST_BYTES], parts: &[&str]) -> Hmac<Sha256> {
    let mut block = [0; BLOCK_BYTES];
    block[..DIGEST_BYTES].copy_from_slice(key);
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac
}

#[cfg(test)]
#[path = "tests/keys.rs"]
mod tests;
