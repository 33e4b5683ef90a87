//! What RingCentral delivers, by callback or as a job's status.
//!
//! A body is read twice, for two purposes: [`Envelope`] is a quick look at who sends what, [`TypedResult`] the whole result, typed.
//! [`Callback`] is the same quick look for those who take callbacks themselves and read the result by other means.

mod callback;
mod envelope;
mod moment;
pub mod result;
mod shape;
mod status;
mod typed_result;

pub use callback::Callback;
pub use envelope::Envelope;
pub use status::Status;
pub use typed_result::TypedResult;
