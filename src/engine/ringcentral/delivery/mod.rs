//! What RingCentral delivers, by callback or as a job's status.
//!
//! A body is read twice, for two purposes: [`Envelope`] is a quick look at who sends what, [`TypedResult`] the whole result, typed.

mod envelope;
pub mod result;
mod typed_result;

pub use envelope::{Envelope, Status};
pub use typed_result::TypedResult;
