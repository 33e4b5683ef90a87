//! What RingCentral delivers, by callback or as a job's status.
//!
//! A body is read twice, for two purposes: [`Envelope`] is a quick look at who sends what, [`TypedResult`] the whole result, typed.

mod envelope;
mod moment;
pub mod result;
mod status;
mod typed_result;

pub use envelope::Envelope;
pub use status::Status;
pub use typed_result::TypedResult;
