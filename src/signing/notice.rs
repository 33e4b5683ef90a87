//! Signatures of what is sent to others, as Standard Webhooks has them: <https://www.standardwebhooks.com>.

use super::keys::{Keys, Purpose};
use crate::http::base64;
use crate::secret::Secret;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// What a secret starts with.
const SECRET_PREFIX: &str = "whsec_";
/// What a signature by a shared secret starts with.
const VERSION: &str = "v1,";

/// The secrets that a receiver checks signatures with, the one in use first.
#[must_use]
pub fn notice_secrets(keys: &Keys) -> Vec<Secret> {
    keys.derive(Purpose::Notice).map(|key| Secret::new([SECRET_PREFIX, &base64(key)].concat())).collect()
}

/// The header `webhook-signature`: a signature by each key, so that a receiver may hold any of them while they are replaced. The id
/// holds no full stop.
#[must_use]
pub fn sign_notice(keys: &Keys, id: &str, timestamp_s: u64, body: &str) -> String {
    let signatures = keys.derive(Purpose::Notice).map(|key| signature(key, id, timestamp_s, body));
    signatures.collect::<Vec<_>>().join(" ")
}

fn signature(key: &[u8], id: &str, timestamp_s: u64, body: &str) -> String {
    let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(key) else { return String::new() };
    for part in [id, ".", &timestamp_s.to_string(), ".", body] {
        mac.update(part.as_bytes());
    }
    [VERSION, &base64(&mac.finalize().into_bytes())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::unbase64;

    const FIRST: &str = "0123456789abcdef0123456789abcdef";
    const SECOND: &str = "fedcba9876543210fedcba9876543210=";

    fn keys(text: &str) -> Keys {
        Keys::parse(&Secret::new(text)).unwrap()
    }

    #[test]
    fn a_signature_is_the_one_of_the_known_example() {
        let key = unbase64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let signature = signature(&key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn every_key_signs_so_that_a_receiver_may_hold_any_of_them() {
        let (old, new) = (keys(FIRST), keys(&[SECOND, ",", FIRST].concat()));
        let [in_use, former] = &notice_secrets(&new)[..] else { panic!() };
        assert_eq!((Some(former), notice_secrets(&old).len()), (notice_secrets(&old).first(), 1));
        assert!(in_use != former && in_use.expose().starts_with("whsec_") && in_use.expose().len() == 6 + 44);
        let by_both = sign_notice(&new, "msg_1", 7, "{}");
        let (first, second) = by_both.split_once(' ').unwrap();
        assert_eq!(second, sign_notice(&old, "msg_1", 7, "{}"));
        assert_eq!(first, sign_notice(&keys(SECOND), "msg_1", 7, "{}"));
        assert_ne!(sign_notice(&old, "msg_1", 8, "{}"), second);
    }
}
