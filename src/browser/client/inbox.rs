//! The Worker, for JavaScript: each question as a promise.

use super::drive::{Give, start};
use super::how::How;
use crate::browser::arguments::{arguments, pairs};
use crate::browser::fault::Result;
use crate::inbox;
use crate::secret::Secret;
use alloc::string::String;
use js_sys::{Function, Promise};
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
    pub fn submit(&self, body: &str, idempotency_key: &str, how: &How) -> Promise {
        start(self.0.submit(body, idempotency_key), Give::Object, how, None)
    }

    /// Reserves a callback.
    pub fn reserve(&self, body: &str, how: &How) -> Promise {
        start(self.0.reserve(body), Give::Object, how, None)
    }

    /// A job as it stands.
    pub fn job(&self, id: &str, how: &How) -> Promise {
        start(self.0.job(id), Give::Object, how, None)
    }

    /// Waits for a job's end; `report` is called with the job whenever it has changed.
    pub fn wait(&self, id: &str, how: &How, report: Option<Function>) -> Promise {
        start(self.0.wait(id), Give::Object, how, report)
    }

    /// A finished job's result, and its text.
    pub fn result(&self, id: &str, how: &How) -> Promise {
        start(self.0.result(id), Give::ObjectAndText, how, None)
    }

    /// A page of recordings, jobs, engines or dead letters; `query` holds the filters or the cursor.
    pub fn list(&self, list: &str, query: &str, how: &How) -> Result<Promise> {
        Ok(start(self.0.list(list, &pairs(&arguments(query)?)?), Give::Object, how, None))
    }

    /// Has a job done once more.
    pub fn retry(&self, id: &str, idempotency_key: &str, how: &How) -> Promise {
        start(self.0.retry(id, idempotency_key), Give::Object, how, None)
    }

    /// Has a job called otherwise.
    pub fn update(&self, id: &str, body: &str, how: &How) -> Promise {
        start(self.0.update(id, body), Give::Object, how, None)
    }

    /// How the Worker stands.
    pub fn stats(&self, how: &How) -> Promise {
        start(self.0.stats(), Give::Object, how, None)
    }

    /// What a delivery of no use consists of.
    #[wasm_bindgen(js_name = "deadLetter")]
    pub fn dead_letter(&self, id: &str, how: &How) -> Promise {
        start(self.0.dead_letter(id), Give::Text, how, None)
    }

    /// Has it delivered once more.
    pub fn replay(&self, id: &str, body: &str, how: &How) -> Promise {
        start(self.0.replay(id, body), Give::Object, how, None)
    }

    /// Deletes a job.
    #[wasm_bindgen(js_name = "delete")]
    pub fn delete(&self, id: &str, how: &How) -> Promise {
        start(self.0.delete(id), Give::Object, how, None)
    }
}
