//! The only place that talks to the Desk, and the only one that picks its instance.

use crate::problem::Problem;
use crate::question::{Answer, Ask, parse_frame, write_frame};
use worker::js_sys::Uint8Array;
use worker::{Env, Method, Request, RequestInit, Stub};

/// The one instance there is.
const INSTANCE: &str = "main";

/// The Desk that a job lies on; `None` is what belongs to no job.
fn desk_of(env: &Env, _id: Option<&str>) -> worker::Result<Stub> {
    env.durable_object("DESK")?.get_by_name(INSTANCE)
}

/// Asks the Desk; `bytes` follow the question, and what follows the answer comes with it.
///
/// # Errors
/// `internal` when no answer came; what the Desk itself refuses is an [`Answer`], but for `Failed`, which is the problem.
pub(crate) async fn ask(env: &Env, question: &Ask, bytes: &[u8]) -> Result<(Answer, Vec<u8>), Problem> {
    let frame = write_frame(question, bytes).map_err(|_| Problem::internal("the question to the Desk could not be written"))?;
    let mut frame = send(env, id_of(question), &frame).await.map_err(|_| Problem::internal("the Desk did not answer"))?;
    let (answer, length) = match parse_frame(&frame) {
        Ok((Answer::Failed(failure), _)) => return Err(failure.into()),
        Ok((answer, rest)) => (answer, rest.len()),
        Err(_) => return Err(Problem::internal("the Desk's answer could not be read")),
    };
    frame.drain(..frame.len() - length);
    Ok((answer, frame))
}

/// What to say of an answer that does not fit its question.
pub(crate) fn unexpected() -> Problem {
    Problem::internal("the Desk answered something else")
}

fn id_of(question: &Ask) -> Option<&str> {
    match question {
        Ask::Job { id, .. } | Ask::Stored { id } => Some(id),
        Ask::Expect(delivery) | Ask::Finish { delivery, .. } => Some(&delivery.id),
        Ask::Create(_) | Ask::Recordings { .. } | Ask::Rearm => None,
    }
}

async fn send(env: &Env, id: Option<&str>, frame: &[u8]) -> worker::Result<Vec<u8>> {
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_body(Some(Uint8Array::from(frame).into()));
    // The host of an object's address is never looked up.
    let request = Request::new_with_init("http://desk/", &init)?;
    let mut response = desk_of(env, id)?.fetch_with_request(request).await?;
    if response.status_code() != 200 {
        return Err("the Desk failed".into());
    }
    response.bytes().await
}
