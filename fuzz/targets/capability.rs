//! Addresses and tokens that are proofs: only those that our keys made open anything.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::signing::{Keys, callback_path, media_path, read_token, verify_callback, verify_media, verify_read};

fuzz_target!(|path: &str| {
    let keys = Secret::new("0123456789abcdef0123456789abcdef,fedcba9876543210fedcba9876543210");
    let Ok(keys) = Keys::parse(&keys) else { return };
    let mut parts = path.split('/');
    let [id, attempt, signature] = [(); 3].map(|()| parts.next().unwrap_or_default());
    if let Ok(attempt) = verify_callback(&keys, id, attempt, signature) {
        assert_eq!(callback_path(&keys, id, attempt), ["/callbacks/", id, "/", &attempt.to_string(), "/", signature].concat());
    }
    if verify_read(&keys, id, attempt).is_ok() {
        assert_eq!(read_token(&keys, id).expose(), attempt);
    }
    let name = parts.next().unwrap_or_default();
    if let Ok(attempt) = verify_media(&keys, [id, attempt, signature, name], 0) {
        let expires_s = path.split('/').nth(1).and_then(|expires| expires.parse().ok()).unwrap_or_default();
        assert!(["/media/", path].concat().starts_with(&media_path(&keys, id, attempt, expires_s)));
    }
    let number = u32::try_from(path.len()).unwrap_or_default();
    let own = callback_path(&keys, id, number);
    let [_, _, its_id, its_attempt, its_signature] = own.split('/').collect::<Vec<_>>()[..] else { return };
    assert_eq!(verify_callback(&keys, its_id, its_attempt, its_signature), Ok(number));
    assert!(verify_callback(&keys, &[its_id, "x"].concat(), its_attempt, its_signature).is_err());
});
