//! The Worker, for JavaScript: each question as a promise.

use super::drive::{Give, start};
use crate::browser::fault::{Result, arguments, pairs};
use crate::inbox;
use crate::secret::Secret;
use alloc::string::String;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

/// A Worker and a token that it knows.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Inbox(inbox::Inbox);

#[wasm_bindgen]
impl Inbox {
    /// The Worker's address, and an API token or a job's read token.
    #[wasm_bindgen(constructor)]
    pub fn new(url: &str, token: String) -> Result<Inbox> {
        Ok(Self(inbox::Inbox::new(url, Secret::new(token))?))
    }

    /// Has a job submitted.
    pub fn submit(&self, body: &str, idempotency_key: &str, signal: Option<AbortSignal>) -> Promise {
        start(self.0.submit(body, idempotency_key), Give::Object, signal, None)
    }

    /// Reserves a callback.
    pub fn reserve(&self, body: &str, signal: Option<AbortSignal>) -> Promise {
        start(self.0.reserve(body), Give::Object, signal, None)
    }

    /// A job as it stands.
    pub fn job(&self, id: &str, signal: Option<AbortSignal>) -> Promise {
        start(self.0.job(id), Give::Object, signal, None)
    }

    /// Waits for a job's end; `report` is called with the job whenever it has changed.
    pub fn wait(&self, id: &str, signal: Option<AbortSignal>, report: Option<Function>) -> Promise {
        start(self.0.wait(id), Give::Object, signal, report)
    }

    /// A finished job's result, and its text.
    pub fn result(&self, id: &str, signal: Option<AbortSignal>) -> Promise {
        start(self.0.result(id), Give::ObjectAndText, signal, None)
    }

    /// A page of recordings; `query` holds the filters or the cursor.
    pub fn recordings(&self, query: &str, signal: Option<AbortSignal>) -> Result<Promise> {
        Ok(start(self.0.recordings(&pairs(&arguments(query)?)?), Give::Object, signal, None))
    }
}
