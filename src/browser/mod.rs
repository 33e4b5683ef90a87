//! SHELL for JavaScript: functions that make calls and step them; the loop that drives one is `www/package/run.mjs`.
//!
//! Nothing is decided here, and nothing waits here: fetching, sleeping and the clock are JavaScript's own, so the module
//! carries no executor and no bindings to them. Whatever is refused is thrown as JSON text, see [`fault::write`].

#![allow(unreachable_pub, reason = "what wasm-bindgen exports must be public")]

mod call;
mod fault;
mod inbox;
mod ringcentral;
mod transcript;
