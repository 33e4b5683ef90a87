//! `POST /ai/audio/v1/async/speech-to-text`: transcript, words and, when asked for, who said what.

use serde_json::{Value, json};

use crate::ai::input::Input;
use crate::ai::{Answer, Task};
use crate::errors::Refusal;
use crate::hearing::Heard;
use crate::words::{Utterance, Words, joined};

/// This task.
pub const TASK: Task = Task { path: "/ai/audio/v1/async/speech-to-text", check, answer: Answer::FromAudio(answer) };

fn check(input: &Input) -> Result<(), Refusal> {
    input.check_audio()?;
    input.check_speakers()?;
    input.optional("enablePunctuation", "Boolean", Value::is_boolean)?;
    input.optional("enableSpeakerDiarization", "Boolean", Value::is_boolean)
}

fn answer(input: &Input, heard: &Heard) -> Value {
    let Some(words) = &heard.words else { return unknown(heard) };
    let diarized = input.flag("enableSpeakerDiarization", false);
    let mut response = json!({
        "transcript": transcript(words, input.flag("enablePunctuation", true)),
        "confidence": confidence(words),
        "words": word_list(words, diarized),
        "audio_duration": duration(heard),
    });
    if diarized {
        response["speakerCount"] = json!(words.speakers().len());
        response["utterances"] = words.utterances.iter().map(utterance).collect();
    }
    response
}

/// The length of a recording in seconds, to the millisecond.
#[must_use]
pub fn duration(heard: &Heard) -> f64 {
    rounded(heard.sound.duration_s, 1000.0)
}

/// What an answer says where the words are not known: nothing is invented, what was measured stands beside it.
#[must_use]
pub fn sandbox_note(heard: &Heard) -> Value {
    let spans = heard.sound.channels.iter().enumerate().flat_map(|(channel, heard)| {
        heard.speech.iter().map(move |span| json!({"channel": channel, "start": span.start, "end": span.end}))
    });
    let unknown = "This recording is none of the sandbox's own, so its words are not known; speech was measured.".to_owned();
    let note =
        heard.trouble.as_ref().map_or(unknown, |trouble| format!("The transcriber failed: {trouble}; speech was measured."));
    json!({
        "note": note,
        "speech": spans.collect::<Vec<_>>(),
    })
}

/// One turn with its words, as speech-to-text and analyze-interaction both show it.
#[must_use]
pub fn utterance(utterance: &Utterance) -> Value {
    let confidence = utterance.confidence;
    let speaker_id = &utterance.speaker_id;
    let timings = utterance.words.iter().map(|word| {
        json!({"word": word.plain(), "start": word.start, "end": word.end, "confidence": confidence, "speakerId": speaker_id})
    });
    json!({
        "start": utterance.start(),
        "end": utterance.end(),
        "text": utterance.text(),
        "confidence": confidence,
        "speakerId": speaker_id,
        "wordTimings": timings.collect::<Vec<_>>(),
    })
}

/// Rounds to one part in `parts`.
#[must_use]
pub fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

fn unknown(heard: &Heard) -> Value {
    json!({
        "transcript": "",
        "confidence": 0.0,
        "words": [],
        "audio_duration": duration(heard),
        "sandbox": sandbox_note(heard),
    })
}

fn transcript(words: &Words, punctuated: bool) -> String {
    if punctuated {
        return words.text();
    }
    joined(words.utterances.iter().flat_map(|utterance| &utterance.words).map(crate::words::Word::plain))
}

fn confidence(words: &Words) -> f64 {
    let count: usize = words.utterances.iter().map(|utterance| utterance.words.len()).sum();
    let sum: f64 = words.utterances.iter().map(|utterance| utterance.confidence * utterance.words.len() as f64).sum();
    if count == 0 { 0.0 } else { rounded(sum / count as f64, 100.0) }
}

/// All words in the order of time, across speakers who talk at once.
fn word_list(words: &Words, diarized: bool) -> Vec<Value> {
    let all = words.utterances.iter().flat_map(|utterance| utterance.words.iter().map(move |word| (utterance, word)));
    let mut all: Vec<_> = all.collect();
    all.sort_by(|(_, a), (_, b)| a.start.total_cmp(&b.start));
    let entry = |(utterance, word): (&Utterance, &crate::words::Word)| {
        let mut entry = json!({"word": word.plain(), "start": word.start, "end": word.end, "confidence": utterance.confidence});
        if diarized {
            entry["speakerId"] = json!(utterance.speaker_id);
        }
        entry
    };
    all.into_iter().map(entry).collect()
}
