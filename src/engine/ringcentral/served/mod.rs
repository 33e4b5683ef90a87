//! RingCentral's AI API as it is served to others, so that a client that is written for it has another base URL and nothing else: its
//! paths, what its requests ask for, its envelopes, its errors, and whose one of its access tokens is.

mod envelope;
mod path;
mod refusal;
mod request;
mod user;

pub use envelope::Head;
pub use path::{STATUS, SUBMIT, is_served, task_of};
pub use refusal::{Refusal, status_of};
pub use request::parted;
pub use user::{Known, User, users};
