//! POST /v2/transcript: orders a transcript of the media at an address, answered with its id.
//! <https://www.assemblyai.com/docs/api-reference/transcripts/submit>

use crate::call::Operation;
use crate::engine::hearing::{phrases, tells_speakers};
use crate::engine::keyed::{Service, submission};
use crate::engine::{Accepted, Input, Job, Task};
use crate::error::{Error, Result};
use crate::house::{flag, is_wanted};
use crate::http::Method;
use crate::json::{Object, push_text};
use alloc::rc::Rc;
use alloc::string::String;

/// The call that submits a job.
pub(super) fn submit(service: Rc<Service>, models: &[String], job: &Job) -> Result<Operation<Accepted>> {
    let relay = job.relay.as_ref().ok_or_else(|| Error::invalid("media", "AssemblyAI fetches it through the Worker alone"))?;
    // Both addresses go into the order to AssemblyAI.
    let order = Object::new().text("audio_url", relay.expose()).text("webhook_url", job.webhook.expose());
    let body = wishes(order, models, job.task, &job.input).write();
    let request = service.request(Method::Post, "/v2/transcript").json(body);
    Ok(submission(service, request, "id"))
}

fn wishes(order: Object, models: &[String], task: Task, input: &Input) -> Object {
    let is_punctuated = flag(input, "enablePunctuation", true);
    let (tells, is_apart) = (tells_speakers(task, input), flag(input, "separateSpeakerPerChannel", false));
    let language = language_code(input.field("languageCode").unwrap_or_default().trim_matches('"'));
    let mut order = order
        .list("speech_models", models.iter().map(|model| quoted(model)))
        .text("language_code", &language)
        .flag("punctuate", is_punctuated)
        .flag("format_text", is_punctuated);
    if tells {
        order = order.flag("speaker_labels", true);
    }
    // With one channel the speakers in it are told apart, with several each is a speaker.
    if tells && is_apart {
        order = order.flag("multichannel", true);
    }
    let count = input.field("speakerCount").filter(|count| tells && !is_apart && *count != "-1");
    if let Some(count) = count {
        order = order.json("speakers_expected", count);
    }
    let phrases = phrases(input);
    if !phrases.is_empty() {
        order = order.list("keyterms_prompt", phrases.iter().map(|phrase| quoted(phrase)));
    }
    // AssemblyAI tells sentiments in English alone, and refuses the whole in any other language.
    let finds = task == Task::AnalyzeInteraction && language.starts_with("en") && is_wanted(input, "OverallSentiment");
    if finds { order.flag("sentiment_analysis", true) } else { order }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    push_text(&mut quoted, text);
    quoted
}

/// AssemblyAI's name of a language: a region is told of English alone.
fn language_code(tag: &str) -> String {
    let tag = tag.to_ascii_lowercase();
    let (language, region) = tag.split_once('-').unwrap_or((&tag, ""));
    match (language, region) {
        ("en", "us" | "au") => [language, "_", region].concat(),
        ("en", "gb" | "uk") => "en_uk".into(),
        _ => language.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_assemblyais_names() {
        let table =
            [("en-US", "en_us"), ("en-GB", "en_uk"), ("en", "en"), ("en-IN", "en"), ("de-DE", "de"), ("pt-BR", "pt"), ("", "")];
        for (tag, code) in table {
            assert_eq!(language_code(tag), code, "{tag}");
        }
    }
}
