//! The Worker, for JavaScript: what it is asked, as a promise. One function asks all but one question: each by itself would be as large.

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

    /// Asks the question of that name, about what `id` names. Of what goes with it, a list has its filters or its cursor in `body`;
    /// what has a key is done once, however often it is asked for.
    pub fn ask(&self, question: &str, id: &str, body: &str, key: &str, how: &How) -> Result<Promise> {
        let inbox = &self.0;
        let mut give = Give::Object;
        let call = match question {
            "submit" => inbox.submit(body, key),
            "reserve" => inbox.reserve(body),
            "get" => inbox.job(id),
            "retry" => inbox.retry(id, key),
            "update" => inbox.update(id, body),
            "delete" => inbox.delete(id),
            "stats" => inbox.stats(),
            "replay" => inbox.replay(id, body),
            "deadLetter" => {
                give = Give::Text;
                inbox.dead_letter(id)
            }
            "result" => {
                give = Give::ObjectAndText;
                inbox.result(id)
            }
            list => inbox.list(list, &pairs(&arguments(body)?)?),
        };
        Ok(start(call, give, how, None))
    }

    /// Waits for a job's end; `report` is called with the job whenever it has changed.
    pub fn wait(&self, id: &str, how: &How, report: Option<Function>) -> Promise {
        start(self.0.wait(id), Give::Object, how, report)
    }
}
