//! A service that a key opens: where it is, how it is asked, and what it means by a refusal.

mod exchange;
mod refusal;
mod service;

pub(in crate::engine) use exchange::{Again, exchange, submission};
pub(in crate::engine) use refusal::said;
pub use service::{Known, Service, model};
