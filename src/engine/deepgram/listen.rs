//! POST /v1/listen?callback=…: has the media at an address heard, answered with the request's id.
//! <https://developers.deepgram.com/docs/callback>

use crate::call::Operation;
use crate::engine::hearing::{phrases, tells_speakers};
use crate::engine::keyed::{Service, submission};
use crate::engine::{Accepted, Input, Job, Task};
use crate::error::{Error, Result};
use crate::house::{flag, is_wanted};
use crate::http::{Method, encode};
use crate::json::Object;
use alloc::rc::Rc;
use alloc::string::String;

/// The call that submits a job.
pub(super) fn submit(service: Rc<Service>, model: &str, job: &Job) -> Result<Operation<Accepted>> {
    let relay = job.relay.as_ref().ok_or_else(|| Error::invalid("media", "Deepgram fetches it through the Worker alone"))?;
    // The callback's address goes into the query of the request to Deepgram.
    let path = ["/v1/listen?", &query(model, job.task, &job.input), "&callback=", &encode(job.webhook.expose())].concat();
    // The media's address goes into its body.
    let body = Object::new().text("url", relay.expose()).write();
    let request = service.request(Method::Post, &path).json(body);
    Ok(submission(service, request, "request_id"))
}

fn query(model: &str, task: Task, input: &Input) -> String {
    let is_punctuated = flag(input, "enablePunctuation", true);
    let language = input.field("languageCode").unwrap_or_default().trim_matches('"');
    let mut query = ["model=", &encode(model), "&language=", &encode(language)].concat();
    query.push_str("&utterances=true");
    let mut add = |wants: bool, pair: &str| {
        if wants {
            query.push_str(&["&", pair].concat());
        }
    };
    add(is_punctuated, "punctuate=true&smart_format=true");
    // With one channel the speakers in it are told apart, with several each is a speaker.
    add(tells_speakers(task, input), "diarize_model=latest");
    add(tells_speakers(task, input) && flag(input, "separateSpeakerPerChannel", false), "multichannel=true");
    // Deepgram finds things in English alone, and refuses the whole in any other language.
    let finds = task == Task::AnalyzeInteraction && (language == "en" || language.starts_with("en-"));
    add(finds && is_wanted(input, "Topics"), "topics=true");
    add(finds && is_wanted(input, "AbstractiveSummaryShort"), "summarize=v2");
    add(finds && is_wanted(input, "OverallSentiment"), "sentiment=true");
    // Key terms are nova-3's; older models have keywords in their place.
    let term = if model.starts_with("nova-3") { "keyterm=" } else { "keywords=" };
    for phrase in phrases(input) {
        add(true, &[term, &encode(&phrase)].concat());
    }
    query
}
