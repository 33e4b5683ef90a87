//! POST /audio/transcriptions: the media goes into the request, what was said comes in the answer.

use super::form::Form;
use crate::call::{Operation, Report};
use crate::engine::Accepted;
use crate::engine::heard::unusable;
use crate::engine::keyed::{Again, Service, exchange};
use crate::error::{Code, Error, Result};
use crate::http::{HttpResponse, Method, hex};
use crate::pace::Group;
use crate::secret::find;
use alloc::rc::Rc;

type Fields = &'static [(&'static str, &'static str)];

/// What is wished of the answer, most first: not every server and not every model has words and their times.
const WISHES: [Fields; 3] = [
    &[("response_format", "verbose_json"), ("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment")],
    &[("response_format", "verbose_json")],
    &[("response_format", "json")],
];
/// The same of a model that tells speakers apart; it takes no longer recording in one piece.
const DIARIZED: [Fields; 1] = [&[("response_format", "diarized_json"), ("chunking_strategy", "auto")]];
/// What a refusal speaks of that is about these wishes.
const ABOUT_WISHES: [&str; 3] = ["response_format", "timestamp_granularities", "verbose_json"];

/// The call that submits a job; it ends with what was said.
pub(super) fn submission(service: Rc<Service>, form: Form, diarizes: bool) -> Operation<Accepted> {
    Operation::new("transcription", move |io| async move {
        // Nothing in a recording is like it but by a chance that nobody meets.
        let divider = ["recording-", &hex(&io.now().random.to_be_bytes()), &hex(&io.now().ms.to_be_bytes())].concat();
        let mut rungs = if diarizes { &DIARIZED[..] } else { &WISHES }.iter().copied();
        let mut wished = rungs.next().unwrap_or_default();
        loop {
            let request = form.fill(service.request(Method::Post, "/audio/transcriptions"), wished, &divider);
            match exchange(&service, &io, (Group::Heavy, Again::Later), request).await {
                Ok(answer) => return accepted(service.name(), answer),
                Err(error) => wished = rungs.next().filter(|_| is_about_wishes(&error)).ok_or(error)?,
            }
            io.report(Report::Refused).await;
        }
    })
}

fn is_about_wishes(error: &Error) -> bool {
    let Error::Engine { code: Code::EngineRefused, said, .. } = error else { return false };
    let names = |text: &str| ABOUT_WISHES.iter().any(|name| find(text, name).is_some());
    said.iter().any(|said| names(&said.message) || said.parameter_name.as_deref().is_some_and(names))
}

/// A page is an answer of something else: a try more helps as little as a day of them.
fn accepted(engine: &'static str, answer: HttpResponse) -> Result<Accepted> {
    if !answer.looks_like_object() {
        return Err(unusable(engine, "a transcription in JSON: check the base URL, and what stands in between"));
    }
    Ok(Accepted { job_id: None, said: Some(answer.body) })
}
