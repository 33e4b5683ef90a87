//! RingCentral's AI: session, recordings, jobs, and what is delivered.

pub mod auth;
pub mod client;
pub mod delivery;
mod engine;
pub mod enrollments;
pub mod jobs;
pub mod media;
pub mod refusal;
pub mod served;
mod state;

pub use engine::RingCentral;
