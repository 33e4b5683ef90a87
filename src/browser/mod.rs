//! SHELL for JavaScript: functions that begin a call and give the promise of its outcome.
//!
//! Nothing is decided here. [`drive`] does what a call says, by means that every runtime has: `fetch`, `setTimeout`, `crypto`
//! and `Date`, looked up when they are needed. Whatever is refused is thrown as the package's own error, see [`fault`].

#![allow(unreachable_pub, reason = "what wasm-bindgen exports must be public")]

mod clock;
mod drive;
mod exchange;
mod fault;
mod inbox;
mod race;
mod ringcentral;
#[cfg(feature = "page")]
mod runtime;
mod transcript;
