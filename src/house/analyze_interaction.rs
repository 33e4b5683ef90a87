//! What was said, how the speakers spoke, what it was about.

use super::Found;
use super::fields::{finding, id, utterance};
use super::speaker_insights::speaker_insights;
use super::wanted::is_wanted;
use crate::engine::Input;
use crate::json::{Object, digits};
use crate::speech::{Finding, Insight, Passage, summary};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// What is computed where nobody else has found it.
const EXTRACT: &str = "ExtractiveSummary";
/// The one whose paragraphs are numbered.
const LONG: &str = "AbstractiveSummaryLong";

/// The response.
pub(super) fn response(input: &Input, found: &Found<'_>) -> String {
    let (speech, passages) = (found.speech, found.speech.passages());
    let said = speech.utterances();
    let said = said.iter().filter(|said| !said.text.is_empty());
    let said = said.map(|said| utterance(said, &said.text, id(&speech.speakers, said.speaker)));
    let object = Object::new().list("utteranceInsights", said);
    let object = match speaker_insights(input, speech, &passages) {
        Some(insights) => object.json("speakerInsights", &insights),
        None => object,
    };
    let insights = conversation(input, found.insights, &passages);
    let insights = insights.iter().map(|(name, values)| {
        let values = values.iter().enumerate().map(|(at, value)| {
            let value = finding(value, &speech.speakers);
            if *name == LONG { value.text("groupId", &digits(at as u64)).write() } else { value.write() }
        });
        Object::new().text("name", name).list("values", values).write()
    });
    object.list("conversationalInsights", insights).write()
}

/// The insights that were asked for and are known, each once.
fn conversation<'a>(input: &Input, given: &'a [Insight], passages: &[Passage<'_>]) -> Vec<(&'static str, Cow<'a, [Finding]>)> {
    let is_given = given.iter().any(|insight| insight.name == EXTRACT);
    let mut known: Vec<(&str, Cow<'_, [Finding]>)> = Vec::new();
    if !is_given && is_wanted(input, EXTRACT) {
        known.push((EXTRACT, summary(passages).into()));
    }
    for insight in given.iter().filter(|insight| is_wanted(input, insight.name)) {
        if known.iter().all(|(name, _)| *name != insight.name) {
            known.push((insight.name, (&insight.values[..]).into()));
        }
    }
    known
}
