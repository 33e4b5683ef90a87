//! What has to be kept for a while and must not lie open: AES-256-GCM, bound to the place where it lies.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit, Nonce};
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::{Keys, Purpose};

/// The length of AES-GCM's nonce; it stands in front of the sealed text.
pub(super) const NONCE_BYTES: usize = 12;

/// Seals a text for one place; `nonce` is fresh and random. None is never expected: the text would have to be 64 GB long.
pub(super) fn seal(keys: &Keys, place: &str, text: &Secret, nonce: [u8; NONCE_BYTES]) -> Option<Vec<u8>> {
    let cipher = Aes256Gcm::new(keys.derive(Purpose::Seal).next()?.into());
    // The text goes into the cipher.
    let payload = Payload { msg: text.expose().as_bytes(), aad: place.as_bytes() };
    let sealed = cipher.encrypt(Nonce::from_slice(&nonce), payload).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed for that place with any of the keys.
pub(super) fn open(keys: &Keys, place: &str, sealed: &[u8]) -> Option<Secret> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE_BYTES)?;
    let payload = || Payload { msg: sealed, aad: place.as_bytes() };
    let mut ciphers = keys.derive(Purpose::Seal).map(|key| Aes256Gcm::new(key.into()));
    let text = ciphers.find_map(|cipher| cipher.decrypt(Nonce::from_slice(nonce), payload()).ok())?;
    String::from_utf8(text).ok().map(Secret::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Keys {
        Keys::parse(&Secret::new(text)).unwrap()
    }

    const OLD: &str = "0123456789abcdef0123456789abcdef";
    const NEW: &str = "fedcba9876543210fedcba9876543210";

    #[test]
    fn what_was_sealed_opens_at_its_place_alone() {
        let sealed = seal(&keys(OLD), "job 1", &Secret::new("https://h/S3CRET"), [7; NONCE_BYTES]).unwrap();
        assert!(!sealed.windows(6).any(|window| window == b"S3CRET"));
        assert_eq!(open(&keys(OLD), "job 1", &sealed), Some(Secret::new("https://h/S3CRET")));
        assert_eq!(open(&keys(OLD), "job 2", &sealed), None);
    }

    #[test]
    fn a_former_key_still_opens_and_a_stranger_does_not() {
        let sealed = seal(&keys(OLD), "x", &Secret::new("text"), [1; NONCE_BYTES]).unwrap();
        assert_eq!(open(&keys(&[NEW, ",", OLD].concat()), "x", &sealed), Some(Secret::new("text")));
        assert_eq!(open(&keys(NEW), "x", &sealed), None);
    }

    #[test]
    fn what_was_changed_or_cut_off_does_not_open() {
        let sealed = seal(&keys(OLD), "x", &Secret::new("text"), [1; NONCE_BYTES]).unwrap();
        for length in 0..sealed.len() {
            assert_eq!(open(&keys(OLD), "x", &sealed[..length]), None);
        }
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(open(&keys(OLD), "x", &changed), None);
        }
    }
}
