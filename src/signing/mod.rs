//! Proofs that nobody can guess: keys for each purpose, and the addresses and tokens that they make.

mod address;
mod keys;
mod notice;

pub use address::{
    callback_path, events_path, media_path, read_token, verify_callback, verify_events, verify_media, verify_read,
};
pub use keys::{Keys, Purpose};
pub use notice::{notice_secrets, sign_notice};
