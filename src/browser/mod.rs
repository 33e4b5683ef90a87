//! SHELL for JavaScript: functions that begin a call and give the promise of its outcome, and functions that read what came.
//!
//! Each half is a module of WebAssembly by itself, of the feature of its name: a page that asks need not load what reads, and the
//! other way round. Nothing is decided here. `client::drive` does what a call says, by means that every runtime has: `fetch`,
//! `setTimeout`, `crypto` and `Date`, looked up when they are needed. Whatever is refused is thrown as the package's own error,
//! see [`fault`].

#![allow(unreachable_pub, reason = "what wasm-bindgen exports must be public")]

mod arguments;
#[cfg(feature = "client")]
mod client;
mod fault;
#[cfg(feature = "results")]
mod results;
#[cfg(feature = "page")]
mod runtime;
