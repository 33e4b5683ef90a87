//! `speakerInsights`: talk time measured from the samples, pace and questions counted in the known words.

use serde_json::{Value, json};

use crate::ai::insights::Wanted;
use crate::ai::speech_to_text::rounded;
use crate::hearing::Heard;
use crate::words::{Utterance, Words, joined};

/// Words a minute below which somebody speaks slowly, and above which fast. Assumption: RingCentral's are unknown.
const SLOW_BELOW_WPM: f64 = 110.0;
const FAST_ABOVE_WPM: f64 = 160.0;

/// The insights on speakers that were asked for.
#[must_use]
pub fn insights(heard: &Heard, wanted: &Wanted) -> Value {
    let talk = talk_times(heard);
    let mut insights = Vec::new();
    let mut add = |name: &str, values: Vec<Value>| {
        if wanted.includes(name) {
            insights.push(json!({"name": name, "values": values}));
        }
    };
    add("TalkToListenRatio", ratios(&talk));
    add("Pace", heard.words.as_ref().map_or_else(Vec::new, |words| paces(words, &talk)));
    add("QuestionsAsked", heard.words.as_ref().map_or_else(Vec::new, |words| questions(words)));
    json!({"speakerCount": talk.len(), "insights": insights})
}

/// Every speaker's seconds of speech. One channel each is measured in the samples; where speakers share a channel,
/// only the words tell them apart.
fn talk_times(heard: &Heard) -> Vec<(String, f64)> {
    let channels = &heard.sound.channels;
    let speakers = heard.words.as_ref().map(|words| words.speakers());
    if speakers.as_ref().is_none_or(|speakers| speakers.len() == channels.len()) {
        let measured = channels.iter().enumerate().map(|(channel, heard)| (channel.to_string(), heard.talk_s()));
        return measured.filter(|(_, talk_s)| *talk_s > 0.0).collect();
    }
    let said = |speaker: &str| {
        let turns = heard.words.iter().flat_map(|words| &words.utterances).filter(|turn| turn.speaker_id == speaker);
        turns.map(|turn| turn.end() - turn.start()).sum()
    };
    speakers.into_iter().flatten().map(|speaker| (speaker.to_owned(), said(speaker))).collect()
}

fn ratios(talk: &[(String, f64)]) -> Vec<Value> {
    let total: f64 = talk.iter().map(|(_, talk_s)| talk_s).sum();
    let value = |(speaker_id, talk_s): &(String, f64)| {
        let percent = (100.0 * talk_s / total).round();
        json!({"speakerId": speaker_id, "value": format!("{percent}:{}", 100.0 - percent)})
    };
    talk.iter().map(value).collect()
}

fn paces(words: &Words, talk: &[(String, f64)]) -> Vec<Value> {
    let value = |(speaker_id, talk_s): &(String, f64)| {
        let spoken: usize = turns(words, speaker_id).map(|turn| turn.words.len()).sum();
        let wpm = rounded(spoken as f64 * 60.0 / talk_s, 10.0);
        let pace = match wpm {
            wpm if wpm < SLOW_BELOW_WPM => "slow",
            wpm if wpm > FAST_ABOVE_WPM => "fast",
            _ => "medium",
        };
        json!({"speakerId": speaker_id, "value": pace, "wpm": wpm})
    };
    talk.iter().filter(|(_, talk_s)| *talk_s > 0.0).map(value).collect()
}

fn questions(words: &Words) -> Vec<Value> {
    let value = |speaker_id: &str| {
        let sentences = turns(words, speaker_id).flat_map(Utterance::sentences);
        let asked = sentences.filter(|sentence| sentence.last().is_some_and(|word| word.text.ends_with('?')));
        let questions: Vec<_> = asked
            .map(|sentence| {
                let text = joined(sentence.iter().map(|word| word.text.clone()));
                json!({"text": text, "start": sentence[0].start, "end": sentence[sentence.len() - 1].end})
            })
            .collect();
        json!({"speakerId": speaker_id, "value": questions.len(), "questions": questions})
    };
    words.speakers().into_iter().map(value).collect()
}

fn turns<'a>(words: &'a Words, speaker_id: &'a str) -> impl Iterator<Item = &'a Utterance> {
    words.utterances.iter().filter(move |turn| turn.speaker_id == speaker_id)
}
