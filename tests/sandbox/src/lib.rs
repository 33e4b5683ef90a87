//! A stand-in for RingCentral that speaks HTTP as RingCentral does.
//!
//! It serves OAuth, the call log, recordings and the AI jobs on loopback, fetches and decodes the media that a
//! job names, and delivers callbacks. It shares no types with the core crate: it is a second, independent reading
//! of RingCentral's documentation, so that one mistake cannot agree with itself. Beside it are stand-ins for the services that do
//! the same jobs.
//!
//! ```text
//! server ── gate (token, rate limit, permission) ──┬─ oauth      tokens and sessions
//!                                                  ├─ authz      what the user may do
//!                                                  ├─ calllog    calls, paging
//!                                                  ├─ recording  metadata and content
//!                                                  ├─ messages   voicemail
//!                                                  ├─ video      meetings and their files
//!                                                  ├─ ace        insights of what was analysed by itself
//!                                                  └─ ai         submit → fetch, decode, answer → callback
//! server ── services::door (key) ── deepgram, assemblyai, openai
//! hearing: bytes → what is known of them     jobs, callback: what was taken, and how it is told
//! library: the recordings it ships and their words     crate audio: bytes → duration, channels, speech
//! faults: what goes wrong on demand, at the gate and on a callback's way
//! transcriber: a program of the user's that knows the words of other recordings
//! ```
//!
//! Where RingCentral's behaviour is unknown, the assumption is written beside the code with the word "Assumption".

pub mod ace;
pub mod admin;
pub mod ai;
pub mod authz;
pub mod callback;
pub mod calllog;
pub mod clock;
pub mod cors;
pub mod errors;
pub mod faults;
pub mod fetch;
pub mod gate;
pub mod hearing;
pub mod jobs;
pub mod journal;
pub mod library;
pub mod limits;
pub mod media;
pub mod messages;
pub mod oauth;
pub mod options;
pub mod query;
pub mod random;
pub mod recording;
pub mod server;
pub mod services;
pub mod transcriber;
pub mod video;
pub mod words;

pub use options::Options;
pub use server::{Running, start};
