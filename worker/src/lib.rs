//! The Cloudflare Worker: an inbox for RingCentral's callbacks and a job API.
//!
//! The edge answers requests: it checks who asks and what, and hands over to the Desk, the one Durable
//! Object that decides. KV holds the results: the Desk says *whether* there is one, KV says *what* it is. What RingCentral's requests
//! and answers look like is known to the core alone.

mod advice;
mod bucket;
mod clock;
mod config;
mod content_access;
mod desk;
mod edge;
mod engine_settings;
mod engines;
mod envelope;
mod failure;
mod file;
mod instance;
mod job;
mod kv;
mod limits;
mod log;
mod media;
mod problem;
mod question;
mod random;
mod range;
mod request_id;
mod results;
mod setting;
mod sha256;
mod share;
mod tokens;
mod upload;
mod weakness;

pub use desk::Desk;
pub use instance::tell_instance_end;

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::web_sys;
use worker::{Context, Env, Request, Response, ScheduleContext, ScheduledEvent, event};

/// A request.
#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    edge::answer(request, &env, &context).await
}

/// The answer to a request whose own was lost with the instance that worked on it: the entry has it written by the next one.
///
/// # Errors
/// The platform's, when it does not take the answer.
#[wasm_bindgen]
pub fn interrupted(request: web_sys::Request, env: &Env) -> Result<web_sys::Response, JsValue> {
    Ok(edge::interrupted(&request.into(), env)?.into())
}

/// Every five minutes: whatever is overdue in the Desk wakes up.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    if let Err(problem) = edge::ask(&env, question::WakeUp).await {
        log::write(&log::Line {
            route: "scheduled",
            method: "",
            status: 500,
            ms: 0,
            request_id: "",
            code: Some(problem.code()),
            cause: problem.cause(),
        });
    }
}
