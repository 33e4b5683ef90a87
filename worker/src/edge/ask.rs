//! The only place that talks to the Desk, and the only one that picks its instance.

use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::{FAILURE_STATUS, Question, frame};
use worker::js_sys::Uint8Array;
use worker::web_sys::{Request, RequestInit};
use worker::{Env, Stub};

/// The one instance there is.
const INSTANCE: &str = "main";

/// What the Desk's entry answers when the instance that worked on a question is gone.
const INTERRUPTED_STATUS: u16 = 503;

/// The Desk that a question is for.
fn desk_of(env: &Env) -> worker::Result<Stub> {
    env.durable_object("DESK")?.get_by_name(INSTANCE)
}

/// Asks the Desk.
///
/// # Errors
/// `internal` when no answer came, else what the Desk says of why it has none.
pub(crate) async fn ask<Q: Question>(env: &Env, question: Q) -> Result<Q::Answer, Problem> {
    ask_enclosing(env, question, &Uint8Array::new_with_length(0)).await
}

/// The same with bytes that follow the question, straight from JavaScript.
///
/// # Errors
/// As above.
pub(crate) async fn ask_enclosing<Q: Question>(env: &Env, question: Q, bytes: &Uint8Array) -> Result<Q::Answer, Problem> {
    let question = question.any();
    let unwritten = |_| Problem::internal("the question to the Desk could not be written");
    let line = frame::write(&question).map_err(unwritten)?;
    let line_bytes = u32::try_from(line.len()).map_err(|_| Problem::internal("the question to the Desk is too long"))?;
    let frame = Uint8Array::new_with_length(line_bytes + bytes.length());
    frame.subarray(0, line_bytes).copy_from(&line);
    frame.set(bytes, line_bytes);
    let (status, frame) = send(env, &frame).await.map_err(|_| Problem::internal("the Desk did not answer"))?;
    let unreadable = |_| Problem::internal("the Desk's answer could not be read");
    match status {
        200 => frame::parse(frame).map_err(unreadable),
        FAILURE_STATUS => Err(frame::parse::<Failure>(frame).map_err(unreadable)?.into()),
        INTERRUPTED_STATUS => Err(Problem::interrupted()),
        _ => Err(Problem::internal("the Desk failed")),
    }
}

async fn send(env: &Env, frame: &Uint8Array) -> worker::Result<(u16, Vec<u8>)> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(frame);
    // The host of an object's address is never looked up.
    let request = Request::new_with_str_and_init("http://desk/", &init)?;
    let mut response = desk_of(env)?.fetch_with_request(request.into()).await?;
    Ok((response.status_code(), response.bytes().await?))
}
