//! RingCentral's AI: session, recordings, jobs, and what is delivered.

pub mod auth;
pub mod client;
pub mod delivery;
pub mod enrollments;
pub mod jobs;
pub mod media;
pub mod refusal;
