//! What RingCentral delivers, by callback or as a job's status.
//!
//! A body is read twice, for two purposes: [`Envelope`] is a quick look at who sends what, [`Outcome`] the whole result, typed.

mod envelope;
mod field;
mod outcome;
pub mod result;

pub use envelope::{Envelope, Status};
pub use outcome::Outcome;
