//! How the speakers spoke: pace, time to talk and to listen, questions.

use super::fields::{id, tells_speakers, timed};
use super::wanted::is_wanted;
use crate::engine::Input;
use crate::json::Object;
use crate::speech::{Finding, Passage, Speech, Talk, questions, talk_to_listen};
use alloc::string::String;
use alloc::vec::Vec;

/// The speakers' insights that were asked for and are known; none where speakers were not told apart.
pub(super) fn speaker_insights(input: &Input, speech: &Speech, passages: &[Passage<'_>]) -> Option<String> {
    if !tells_speakers(speech) {
        return None;
    }
    let talk = speech.talk();
    let speakers = &speech.speakers;
    let known = [
        ("Pace", Some(paces(speakers, &talk))),
        ("TalkToListenRatio", talk_to_listen(&talk).map(|ratios| shares(speakers, &ratios))),
        ("QuestionsAsked", questions(passages).map(|asked| asked_by(speakers, &asked))),
    ];
    let insights = known
        .into_iter()
        .filter(|(name, _)| is_wanted(input, name))
        .filter_map(|(name, values)| Some(Object::new().text("name", name).list("values", values?.into_iter()).write()));
    Some(Object::new().number("speakerCount", speakers.len() as u64).list("insights", insights).write())
}

fn paces(speakers: &[String], talk: &[Talk]) -> Vec<String> {
    let values = speakers.iter().zip(talk).filter_map(|(speaker, talk)| {
        let pace = talk.pace()?;
        let value = Object::new().text("speakerId", speaker).text("value", pace.class);
        Some(value.decimal("wpm", pace.tenths_wpm, 1).write())
    });
    values.collect()
}

fn shares(speakers: &[String], ratios: &[String]) -> Vec<String> {
    let values = speakers.iter().zip(ratios);
    values.map(|(speaker, ratio)| Object::new().text("speakerId", speaker).text("value", ratio).write()).collect()
}

fn asked_by(speakers: &[String], asked: &[Finding]) -> Vec<String> {
    let values = speakers.iter().map(|speaker| {
        let own = || asked.iter().filter(|asked| id(speakers, asked.speaker) == Some(speaker));
        let question = |asked: &Finding| {
            let (start_ms, end_ms) = asked.start_ms.zip(asked.end_ms).unwrap_or_default();
            timed(start_ms, end_ms).text("text", &asked.value).write()
        };
        let value = Object::new().text("speakerId", speaker).number("value", own().count() as u64);
        value.list("questions", own().map(question)).write()
    });
    values.collect()
}
