//! The only place that talks to the Desk, and the only one that picks its instance.

use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::{FAILURE_STATUS, Question, frame};
use worker::js_sys::Uint8Array;
use worker::web_sys::{Request, RequestInit};
use worker::{Env, Stub};

/// The one instance there is.
const INSTANCE: &str = "main";

/// The Desk that a question is for.
fn desk_of(env: &Env) -> worker::Result<Stub> {
    env.durable_object("DESK")?.get_by_name(INSTANCE)
}

/// Asks the Desk.
///
/// # Errors
/// `internal` when no answer came, else what the Desk says of why it has none.
pub(crate) async fn ask<Q: Question>(env: &Env, question: Q) -> Result<Q::Answer, Problem> {
    let question = question.any();
    let frame = frame::write(&question).map_err(|_| Problem::internal("the question to the Desk could not be written"))?;
    let (status, frame) = send(env, &frame).await.map_err(|_| Problem::internal("the Desk did not answer"))?;
    let unreadable = |_| Problem::internal("the Desk's answer could not be read");
    match status {
        200 => frame::parse(frame).map_err(unreadable),
        FAILURE_STATUS => Err(frame::parse::<Failure>(frame).map_err(unreadable)?.into()),
        _ => Err(Problem::internal("the Desk failed")),
    }
}

async fn send(env: &Env, frame: &[u8]) -> worker::Result<(u16, Vec<u8>)> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&Uint8Array::from(frame));
    // The host of an object's address is never looked up.
    let request = Request::new_with_str_and_init("http://desk/", &init)?;
    let mut response = desk_of(env)?.fetch_with_request(request.into()).await?;
    Ok((response.status_code(), response.bytes().await?))
}
