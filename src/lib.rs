//! RingCentral recordings in; transcripts and insights out: the core, without a platform in it.
//!
//! RingCentral's AI API works in the background: a job names an address from which one anonymous GET fetches the media, is
//! answered with `202 {jobId}`, and minutes later the result is sent to a webhook. This crate knows every request and every
//! answer of that round, and sends none of them: it has no socket, no clock and no dice.
//!
//! ```text
//!  shell (page, Worker, test)                     core
//!  ───────────────────────────                    ────────────────────────────────────
//!  one short loop:              step(event, now)  call     an operation under way
//!    Send(request)  → fetch   ─────────────────▶  auth     one login for all who wait
//!    Sleep(ms)      → timer                       pace     nothing inside a penalty
//!    Report(…)      → tell    ◀─────────────────  media    recordings, content URIs
//!    Done / Fail    → end       Step              jobs     what a job is asked with
//!                                                 inbox    the Worker, seen by its clients
//!  a callback's bytes         ─────────────────▶  engine, lifecycle, transcript
//! ```
//!
//! What holds everywhere: no room but the shell `browser` knows a platform; time and chance are arguments; a secret is a type
//! that cannot be printed; a call that is dropped is cancelled and gives back what it held.
//!
//! # A call stepped by hand
//!
//! ```
//! use ringcentral_ai::call::{Call, Event, Now, Step};
//! use ringcentral_ai::endpoint::Site;
//! use ringcentral_ai::engine::ringcentral::auth::{Credentials, JwtLogin};
//! use ringcentral_ai::engine::ringcentral::client::Client;
//! use ringcentral_ai::engine::ringcentral::jobs::JobStatus;
//! use ringcentral_ai::http::HttpResponse;
//! use ringcentral_ai::secret::Secret;
//!
//! # fn main() -> ringcentral_ai::error::Result<()> {
//! let login = JwtLogin {
//!     client_id: "my-app".into(),
//!     client_secret: Some(Secret::new("…")),
//!     jwt: Secret::new("…"),
//! };
//! let client = Client::new(Site::new(Site::SERVER, &[])?, Credentials::Jwt(login));
//! let mut call = client.call(JobStatus::new("80800e1a-a663-11ee-b548-0050568ccd07")?);
//! let now = Now { ms: 1_700_000_000_000, random: 4 };
//! let answer = |body: &str| Event::Response(HttpResponse { status: 200, headers: vec![], body: body.into() });
//!
//! let Step::Send(request) = call.step(Event::Go, now) else { panic!("it wants a token first") };
//! assert_eq!(format!("{request:?}"), "POST https://platform.ringcentral.com/restapi/oauth/token");
//!
//! let token = r#"{"access_token": "T", "expires_in": 3600, "scope": "AI"}"#;
//! let Step::Send(request) = call.step(answer(token), now) else { panic!("then it asks") };
//! assert_eq!(request.url.to_string(), "https://platform.ringcentral.com/ai/status/v1/jobs/80800e1a-a663-11ee-b548-0050568ccd07");
//!
//! let Step::Done(status) = call.step(answer(r#"{"status": "InProgress"}"#), now) else { panic!("and that is all") };
//! assert_eq!(status, r#"{"status": "InProgress"}"#);
//! # Ok(())
//! # }
//! ```

#![cfg_attr(not(test), no_std)]

extern crate alloc;

#[cfg(all(target_arch = "wasm32", any(feature = "client", feature = "results")))]
mod browser;
pub mod call;
pub mod endpoint;
pub mod engine;
pub mod error;
pub mod house;
pub mod http;
pub mod inbox;
pub mod json;
pub mod lifecycle;
pub mod pace;
pub mod secret;
pub mod signing;
pub mod speech;
pub mod time;
pub mod transcript;
