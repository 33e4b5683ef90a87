//! The only place that talks to the Desk, and the only one that picks its instance.

use crate::failure::Failure;
use crate::problem::Problem;
use crate::question::frame::Frame;
use crate::question::{AnyQuestion, Asked, Question};
use crate::request_id;
use futures_util::future::LocalBoxFuture;
use worker::Env;
use worker::js_sys::{Promise, Uint8Array};
use worker::wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use worker::wasm_bindgen_futures::JsFuture;

/// The one instance there is.
const INSTANCE: &str = "main";

#[wasm_bindgen]
extern "C" {
    /// The Desk from afar.
    type DeskStub;
    /// See `Desk::ask`.
    #[wasm_bindgen(method, catch)]
    fn ask(this: &DeskStub, written: &Uint8Array, bytes: Option<&Uint8Array>) -> Result<Promise, JsValue>;
}

/// The Desk that a question is for.
fn desk_of(env: &Env) -> worker::Result<DeskStub> {
    Ok(env.durable_object("DESK")?.get_by_name(INSTANCE)?.into_rpc())
}

/// Asks the Desk.
///
/// # Errors
/// `internal` when no answer came, else what the Desk says of why it has none.
pub(crate) async fn ask<Q: Question>(env: &Env, question: Q) -> Result<Q::Answer, Problem> {
    ask_enclosing(env, question, None).await
}

/// The same with bytes beside the question, straight from JavaScript.
///
/// # Errors
/// As above.
pub(crate) async fn ask_enclosing<Q: Question>(env: &Env, question: Q, bytes: Option<&Uint8Array>) -> Result<Q::Answer, Problem> {
    let unreadable = |_| Problem::internal("the Desk's answer could not be read");
    let frame = answered(env, question.any(), bytes).await?;
    frame.parse::<Result<Q::Answer, Failure>>().map_err(unreadable)?.map_err(Problem::from)
}

/// The answer as it came; in a box, so that it is not compiled anew for each question.
fn answered<'a>(
    env: &'a Env,
    question: AnyQuestion,
    bytes: Option<&'a Uint8Array>,
) -> LocalBoxFuture<'a, Result<Frame, Problem>> {
    Box::pin(async move {
        let question = Asked { request_id: request_id::current().map(|id| id.to_string()), question };
        let unwritten = |_| Problem::internal("the question to the Desk could not be written");
        let written = Frame::write(&question).map_err(unwritten)?.written();
        let answer = send(env, &written, bytes).await.map_err(|_| Problem::internal("the Desk did not answer"))?;
        // The instance that worked on the question is gone.
        if answer.is_undefined() {
            return Err(Problem::interrupted());
        }
        Frame::of_js(&answer).ok_or_else(|| Problem::internal("the Desk's answer is none"))
    })
}

async fn send(env: &Env, written: &Uint8Array, bytes: Option<&Uint8Array>) -> Result<JsValue, JsValue> {
    let answer = desk_of(env).map_err(JsValue::from)?.ask(written, bytes)?;
    JsFuture::from(answer).await
}
