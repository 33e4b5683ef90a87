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

/// The beginning of the path that the media of one attempt is fetched from until then, in seconds since 1970:
/// `/media/{id}/{expires}/{signature}/{attempt}`. What comes behind it, as in `.mp3`, is for whoever goes by a file's name.
#[must_use]
pub fn media_path(keys: &Keys, job_id: &str, attempt: u32, expires_s: u64) -> String {
    let (attempt, expires) = (attempt.to_string(), expires_s.to_string());
    let signature = keys.sign(Purpose::Media, &[job_id, &expires, &attempt]);
    ["/media/", job_id, "/", &expires, "/", &signature, "/", &attempt].concat()
}

/// Checks the four parts of such a path as they stand in it, at that time in seconds since 1970; gives the attempt.
///
/// # Errors
/// [`Error::WrongSignature`] when we did not make it, or its time is over.
pub fn verify_media(keys: &Keys, [job_id, expires, signature, name]: [&str; 4], now_s: u64) -> Result<u32> {
    let attempt = name.split('.').next().unwrap_or_default();
    keys.verify(Purpose::Media, &[job_id, expires, attempt], signature)?;
    let is_over = expires.parse::<u64>().map_or(true, |expires_s| expires_s <= now_s);
    attempt.parse().ok().filter(|_| !is_over).ok_or(Error::WrongSignature)
}

/// The path that an engine tells news to, where somebody has subscribed to them: `/events/{engine}/{signature}`.
#[must_use]
pub fn events_path(keys: &Keys, engine: &str) -> String {
    ["/events/", engine, "/", &keys.sign(Purpose::News, &[engine])].concat()
}

/// Checks the two parts of such a path as they stand in it.
///
/// # Errors
/// [`Error::WrongSignature`] when we did not make it.
pub fn verify_events(keys: &Keys, engine: &str, signature: &str) -> Result<()> {
    keys.verify(Purpose::News, &[engine], signature)
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
    fn media_are_fetched_for_their_own_attempt_until_their_time_is_over() {
        let path = [media_path(&keys(), ID, 2, 1_800_000_000), ".mp3".into()].concat();
        let ["", "media", id, expires, signature, name] = parts(&path)[..] else { panic!("{path}") };
        let verify = |id, expires, name, now_s| verify_media(&keys(), [id, expires, signature, name], now_s);
        assert_eq!((name, verify(id, expires, name, 1_799_999_999)), ("2.mp3", Ok(2)));
        assert_eq!(verify(id, expires, "2", 0), Ok(2), "any name behind the attempt");
        for (id, expires, name, now_s) in [
            (id, expires, name, 1_800_000_000),
            ("01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8d", expires, name, 0),
            (id, "1800000001", name, 0),
            (id, "+1800000000", name, 0),
            (id, "01800000000", name, 0),
            (id, "", name, 0),
            (id, expires, "1.mp3", 0),
            (id, expires, ".mp3", 0),
        ] {
            assert_eq!(verify(id, expires, name, now_s), Err(Error::WrongSignature), "{id} {expires} {name} {now_s}");
        }
    }

    #[test]
    fn news_are_taken_at_their_own_engines_address() {
        let path = events_path(&keys(), "ace");
        let ["", "events", "ace", signature] = parts(&path)[..] else { panic!("{path}") };
        assert_eq!(verify_events(&keys(), "ace", signature), Ok(()));
        for (engine, signature) in [("deepgram", signature), ("ace", ""), ("ace", &keys().sign(Purpose::Read, &["ace"]))] {
            assert_eq!(verify_events(&keys(), engine, signature), Err(Error::WrongSignature), "{engine} {signature}");
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
