//! RingCentral's callbacks: addresses that nobody can guess, and what is delivered to them.
//!
//! RingCentral signs nothing, so the address is the proof: [`Keys`] make it and check it. The body is read twice,
//! for two purposes: [`Envelope`] is a quick look at who sends what, [`Outcome`] the whole result, typed.

mod address;
mod delivery;
mod field;
mod keys;
mod outcome;
pub mod result;

pub use address::{callback_path, read_token, verify_callback, verify_read};
pub use delivery::{Envelope, Status};
pub use keys::{Keys, Purpose};
pub use outcome::Outcome;
