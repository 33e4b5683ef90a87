//! What a job asked to be found: by the service, computed, or written by a language model; and what of it is missing.

use super::written::{LONG, PHRASES, SHORT, TOPICS, written};
use crate::call::Io;
use crate::engine::chat::{Chat, NO_CHAT};
use crate::engine::heard::Heard;
use crate::engine::{Input, Missing};
use crate::error::{Code, Error, Result};
use crate::house::{Conversation, is_wanted};
use crate::speech::{Insight, Passage, key_phrases, questions};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What a language model writes where the service has not found it.
const WRITTEN: [&str; 3] = [LONG, SHORT, TOPICS];
const DID_NOT: &str = "the language model did not write it: ";
/// What is known of speakers that were told apart.
const OF_SPEAKERS: [&str; 3] = ["Pace", "TalkToListenRatio", "QuestionsAsked"];

/// Adds what an interaction's analysis lacks. Without a language model, or an answer of it, that stays missing.
pub(super) async fn of_interaction(chat: Option<&Chat>, io: &Io, input: &Input, heard: &mut Heard) -> Vec<Missing> {
    let passages = heard.speech.passages();
    let mut found = Vec::new();
    let is_lacking = |name: &&str| is_wanted(input, name) && heard.insights.iter().all(|insight| insight.name != *name);
    let mut names: Vec<&str> = WRITTEN.into_iter().filter(is_lacking).collect();
    if is_lacking(&PHRASES) {
        match key_phrases(&passages) {
            Some(values) => found.push(Insight { name: PHRASES, values }),
            None => names.push(PHRASES),
        }
    }
    let mut missing = without_speakers(input, heard, &passages);
    match complete(chat, io, &names, &passages, &heard.speech.speakers).await {
        Ok(insights) => found.extend(insights),
        Err(error) => missing.extend(not_written(&names, error)),
    }
    heard.insights.extend(found);
    missing
}

/// The abstractive summaries of a conversation's text, where they were asked for. Where nothing else was, an error is the job's.
pub(super) async fn of_text(chat: Option<&Chat>, io: &Io, input: &Input, heard: &mut Heard) -> Result<Vec<Missing>> {
    let asked = input.field("summaryType").unwrap_or_default().trim_matches('"');
    let names: &[&str] = match asked {
        "All" | "AbstractiveAll" => &[LONG, SHORT],
        "AbstractiveLong" => &[LONG],
        "AbstractiveShort" => &[SHORT],
        _ => &[],
    };
    let conversation = Conversation::of(input);
    match complete(chat, io, names, &conversation.passages(), &conversation.speakers).await {
        Ok(insights) => heard.insights.extend(insights),
        Err(Some(error)) if asked != "All" => return Err(error),
        Err(error) => return Ok(not_written(names, error)),
    }
    Ok(Vec::new())
}

/// Has them written; in silence nothing is to be found.
async fn complete(
    chat: Option<&Chat>,
    io: &Io,
    names: &[&'static str],
    passages: &[Passage<'_>],
    speakers: &[String],
) -> core::result::Result<Vec<Insight>, Option<Error>> {
    if passages.iter().all(|passage| passage.words.is_empty()) {
        return Ok(names.iter().map(|name| Insight { name, values: Vec::new() }).collect());
    }
    if names.is_empty() {
        return Ok(Vec::new());
    }
    written(chat.ok_or(None)?, io, names, passages, speakers).await.map_err(Some)
}

/// No error: there is nobody to ask.
fn not_written(names: &[&str], error: Option<Error>) -> Vec<Missing> {
    let reason = match error {
        // What cannot be used is no failure of a job here.
        Some(Error::Engine { code: Code::EngineJobFailed, said, .. }) => {
            [DID_NOT, said.first().map_or("", |said| said.message.as_str())].concat()
        }
        Some(error) => [DID_NOT, &error.sentence()].concat(),
        None => ["this Worker ", NO_CHAT].concat(),
    };
    names.iter().map(|name| Missing { name: (*name).to_owned(), reason: reason.clone() }).collect()
}

/// What is not known of speakers.
fn without_speakers(input: &Input, heard: &Heard, passages: &[Passage<'_>]) -> Vec<Missing> {
    let are_unknown = heard.speech.speakers.is_empty() && passages.iter().any(|passage| !passage.words.is_empty());
    let reason = |name: &str| match name {
        _ if are_unknown => Some("the service told no speakers apart"),
        "QuestionsAsked" if questions(passages).is_none() => Some("the text has no punctuation, which tells questions"),
        _ => None,
    };
    let wanted = OF_SPEAKERS.into_iter().filter(|name| is_wanted(input, name));
    wanted.filter_map(|name| Some(Missing { name: name.to_owned(), reason: reason(name)?.to_owned() })).collect()
}
