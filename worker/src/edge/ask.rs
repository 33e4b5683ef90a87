//! The only place that talks to the Desk, and the only one that picks its instance.

use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::{Question, frame};
use worker::js_sys::Uint8Array;
use worker::{Env, Method, Request, RequestInit, Stub};

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
    let frame = send(env, &frame).await.map_err(|_| Problem::internal("the Desk did not answer"))?;
    let answer: Result<Q::Answer, Failure> =
        frame::parse(frame).map_err(|_| Problem::internal("the Desk's answer could not be read"))?;
    answer.map_err(Problem::from)
}

async fn send(env: &Env, frame: &[u8]) -> worker::Result<Vec<u8>> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(Uint8Array::from(frame).into()));
    // The host of an object's address is never looked up.
    let request = Request::new_with_init("http://desk/", &init)?;
    let mut response = desk_of(env)?.fetch_with_request(request).await?;
    if response.status_code() != 200 {
        return Err("the Desk failed".into());
    }
    response.bytes().await
}
