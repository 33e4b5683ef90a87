//! Addresses and tokens that are proofs by themselves.

use super::keys::{Keys, Purpose};
use crate::error::{Error, Result};
use crate::secret::Secret;
use alloc::string::String;
use alloc::string::ToString;

/// What a read token starts with, to be told from other tokens at a glance.
const READ_PREFIX: &str = "r_";

/// The path that RingCentral delivers one attempt's result to: `/callbacks/{id}/{attempt}/{signature}`.
#[must_use]
pub fn callback_path(keys: &Keys, job_id: &str, attempt: u32) -> String {
    let attempt = attempt.to_string();
    let signature = keys.sign(Purpose::Callback, &[job_id, &attempt]);
    ["/callbacks/", job_id, "/", &attempt, "/", &signature].concat()
}

/// Checks the three parts of such a path as they stand in it; gives the attempt.
///
/// # Errors
/// [`Error::WrongSignature`] when we did not make it.
pub fn verify_callback(keys: &Keys, job_id: &str, attempt: &str, signature: &str) -> Result<u32> {
    keys.verify(Purpose::Callback, &[job_id, attempt], signature)?;
    attempt.parse().map_err(|_| Error::WrongSignature)
}

/// The token that reads one job and nothing else: `r_` and 64 digits.
#[must_use]
pub fn read_token(keys: &Keys, job_id: &str) -> Secret {
    Secret::new([READ_PREFIX, &keys.sign(Purpose::Read, &[job_id])].concat())
}

/// Checks a read token against the job that it is to open.
///
/// # Errors
/// [`Error::WrongSignature`] when it is none, or another job's.
pub fn verify_read(keys: &Keys, job_id: &str, token: &str) -> Result<()> {
    let signature = token.strip_prefix(READ_PREFIX).ok_or(Error::WrongSignature)?;
    keys.verify(Purpose::Read, &[job_id], signature)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";

    fn keys() -> Keys {
        Keys::parse(&Secret::new("0123456789abcdef0123456789abcdef")).unwrap()
    }

    fn parts(path: &str) -> Vec<&str> {
        path.split('/').collect()
    }

    #[test]
    fn a_path_opens_its_own_attempt_at_its_own_job() {
        let path = callback_path(&keys(), ID, 7);
        let ["", "callbacks", id, attempt, signature] = parts(&path)[..] else { panic!("{path}") };
        assert_eq!(verify_callback(&keys(), id, attempt, signature), Ok(7));
        for (id, attempt) in
            [("01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8d", "7"), (ID, "8"), (ID, "07"), (ID, "+7"), (ID, ""), ("", "7")]
        {
            assert_eq!(verify_callback(&keys(), id, attempt, signature), Err(Error::WrongSignature), "{id} {attempt}");
        }
    }

    #[test]
    fn a_read_token_opens_its_own_job_and_prints_as_a_mask() {
        let token = read_token(&keys(), ID);
        assert_eq!(format!("{token:?}"), "[secret]");
        assert_eq!(verify_read(&keys(), ID, token.expose()), Ok(()));
        assert_eq!(verify_read(&keys(), "another", token.expose()), Err(Error::WrongSignature));
        assert_eq!(verify_read(&keys(), ID, &token.expose()[2..]), Err(Error::WrongSignature));
    }

    #[test]
    fn a_callback_signature_is_no_read_token() {
        let signature = keys().sign(Purpose::Callback, &[ID]);
        assert_eq!(verify_read(&keys(), ID, &["r_", &signature].concat()), Err(Error::WrongSignature));
    }
}
