//! The Worker, for JavaScript: each question as a call.

use super::call::{Call, plain};
use super::fault::{Result, arguments};
use super::ringcentral::pairs;
use crate::inbox;
use crate::secret::Secret;
use alloc::string::String;
use wasm_bindgen::prelude::*;

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
    pub fn submit(&self, body: &str, idempotency_key: &str) -> Call {
        plain(self.0.submit(body, idempotency_key))
    }

    /// Reserves a callback.
    pub fn reserve(&self, body: &str) -> Call {
        plain(self.0.reserve(body))
    }

    /// A job as it stands.
    pub fn job(&self, id: &str) -> Call {
        plain(self.0.job(id))
    }

    /// Waits for a job's end.
    pub fn wait(&self, id: &str) -> Call {
        plain(self.0.wait(id))
    }

    /// A finished job's result.
    pub fn result(&self, id: &str) -> Call {
        plain(self.0.result(id))
    }

    /// A page of recordings; `query` holds the filters or the cursor.
    pub fn recordings(&self, query: &str) -> Result<Call> {
        Ok(plain(self.0.recordings(&pairs(&arguments(query)?)?)))
    }
}
