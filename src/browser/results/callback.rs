//! A callback, for those who run a server of their own: judged as the Worker judges one.

use crate::browser::fault::Result;
use crate::engine::Task;
use crate::engine::ringcentral::delivery::{Callback, Status};
use crate::error::{ApiError, Error};
use crate::json::{Object, Value};
use alloc::string::String;
use wasm_bindgen::prelude::*;

/// What a callback's body says: `{status, isBare, jobId?, task?, errors?}`; `task` is what it is taken for where it does not say,
/// and may be empty.
#[wasm_bindgen(js_name = readCallback)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn read_callback(body: &str, task: &str) -> Result<String> {
    let hint = Task::named(task);
    if hint.is_none() && !task.is_empty() {
        return Err(Error::invalid("task", "it must be one of the six tasks").into());
    }
    let callback = Callback::read(body.as_bytes(), hint)?;
    let status = match callback.status {
        Status::Success => "Success",
        Status::Fail => "Fail",
        Status::InProgress => "InProgress",
    };
    let said = Object::new().text("status", status).flag("isBare", callback.is_bare);
    let said = said.optional_text("jobId", callback.job_id.as_deref());
    let said = said.optional_text("task", callback.task.map(Task::name));
    Ok(said.list("errors", callback.errors.iter().map(ApiError::write)).write())
}

/// A body that JavaScript's own parser is too strict for, as JSON that it takes.
#[wasm_bindgen(js_name = mendedJson)]
#[expect(unreachable_pub, reason = "wasm-bindgen exports public functions only")]
pub fn mended_json(body: &str) -> Result<String> {
    let value = Value::parse(body.as_bytes());
    Ok(value.ok_or(Error::UnreadableDelivery { reason: "it is nested too deeply" })?.write())
}
