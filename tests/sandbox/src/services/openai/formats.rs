//! The formats of a transcription: JSON short and long, text, captions.

use std::time::Duration;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::models::Listener;
use super::refusal::Refused;
use super::upload::Form;
use crate::ai::speech_to_text::sandbox_note;
use crate::hearing::Heard;
use crate::services::spoken::{Spoken, confidence, runs, sentences, spoken, text};

/// What is answered with, read off a form.
#[derive(Debug, Clone)]
pub enum Format {
    /// `{"text"}`.
    Json,
    /// The text alone.
    Text,
    /// Captions.
    Srt,
    /// Captions.
    Vtt,
    /// With segments, with words, or with both.
    Verbose {
        /// `segments` are wanted.
        segments: bool,
        /// `words` are wanted.
        words: bool,
    },
    /// With who says what.
    Diarized,
}

/// An answer, ready to be sent.
#[derive(Debug)]
pub struct Answer {
    /// What it says.
    pub body: String,
    content_type: &'static str,
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, self.content_type)], self.body).into_response()
    }
}

impl Format {
    /// Reads `response_format` and `timestamp_granularities[]`.
    ///
    /// # Errors
    /// 400 for what there is not, or what the model does not have.
    pub fn read(form: &Form, model: &str, listener: Listener) -> Result<Self, Refused> {
        let name = form.get("response_format").unwrap_or("json");
        let allowed: &[&str] = match listener {
            Listener::Whisper => &["json", "text", "srt", "verbose_json", "vtt"],
            Listener::Transcriber => &["json", "text"],
            Listener::Diarizer => &["json", "text", "diarized_json"],
        };
        if !allowed.contains(&name) {
            let message =
                format!("response_format '{name}' is not compatible with model '{model}'. Use 'json' or 'text' instead.");
            return Err(Refused::parameter("response_format", Some("unsupported_value"), message));
        }
        let granularities: Vec<_> = form.all("timestamp_granularities[]").collect();
        if !granularities.is_empty() && name != "verbose_json" {
            let message = "timestamp_granularities is only supported when response_format is verbose_json";
            return Err(Refused::parameter("timestamp_granularities", None, message));
        }
        if let Some(other) = granularities.iter().find(|name| !["word", "segment"].contains(name)) {
            let message = format!("Invalid value: '{other}'. Supported values are: 'word' and 'segment'.");
            return Err(Refused::parameter("timestamp_granularities", Some("invalid_value"), message));
        }
        Ok(match name {
            "text" => Self::Text,
            "srt" => Self::Srt,
            "vtt" => Self::Vtt,
            "diarized_json" => Self::Diarized,
            "verbose_json" => Self::Verbose {
                segments: granularities.is_empty() || granularities.contains(&"segment"),
                words: granularities.contains(&"word"),
            },
            _ => Self::Json,
        })
    }

    /// Makes an answer.
    #[must_use]
    pub fn write(&self, heard: &Heard) -> Answer {
        let words = spoken(heard);
        let plain = |body| Answer { body, content_type: "text/plain; charset=utf-8" };
        match self {
            Self::Text => plain(text(&words) + "\n"),
            Self::Srt => plain(captions(&words, ',', true)),
            Self::Vtt => plain(format!("WEBVTT\n\n{}", captions(&words, '.', false))),
            _ => Answer { body: self.json(heard, &words).to_string(), content_type: "application/json" },
        }
    }

    fn json(&self, heard: &Heard, words: &[Spoken<'_>]) -> Value {
        let duration = heard.sound.duration_s;
        let mut json = json!({"text": text(words), "usage": {"type": "duration", "seconds": Duration::from_secs_f64(duration.ceil()).as_secs()}});
        if !matches!(self, Self::Json) {
            json["task"] = json!("transcribe");
            json["duration"] = single(duration);
        }
        if let Self::Verbose { segments, words: has_words } = self {
            json["language"] = json!("english");
            if *segments {
                json["segments"] = sentences(words).enumerate().map(|(id, words)| segment(id, words)).collect();
            }
            if *has_words {
                json["words"] = words.iter().map(word).collect();
            }
        }
        if matches!(self, Self::Diarized) {
            let turns = runs(words, |word, next| word.speaker != next.speaker);
            json["segments"] = turns.enumerate().map(|(id, words)| turn(id, words)).collect();
        }
        if heard.words.is_none() {
            json["sandbox"] = sandbox_note(heard);
        }
        json
    }
}

fn segment(id: usize, words: &[Spoken<'_>]) -> Value {
    let [start, end] = span(words);
    json!({
        "id": id,
        "seek": 0,
        "start": single(start),
        "end": single(end),
        "text": format!(" {}", text(words)),
        "tokens": [],
        "temperature": 0.0,
        "avg_logprob": single(confidence(words).ln()),
        "compression_ratio": single(1.4),
        "no_speech_prob": single(0.01),
    })
}

/// A word as Whisper lists it: with its capitals, without the punctuation around it.
fn word(spoken: &Spoken<'_>) -> Value {
    let written = spoken.word.text.trim_matches(|sign: char| !sign.is_alphanumeric());
    json!({"word": written, "start": single(spoken.word.start), "end": single(spoken.word.end)})
}

fn turn(id: usize, words: &[Spoken<'_>]) -> Value {
    let [start, end] = span(words);
    let speaker = char::from(b'A' + u8::try_from(words[0].speaker).unwrap_or_default().min(25)).to_string();
    json!({"type": "transcript.text.segment", "id": format!("seg_{id:03}"), "start": start, "end": end, "text": text(words), "speaker": speaker})
}

fn captions(words: &[Spoken<'_>], point: char, is_numbered: bool) -> String {
    let caption = |(number, words): (usize, &[Spoken<'_>])| {
        let [start, end] = span(words).map(|seconds| clock(seconds, point));
        let number = if is_numbered { format!("{}\n", number + 1) } else { String::new() };
        format!("{number}{start} --> {end}\n{}\n\n", text(words))
    };
    sentences(words).enumerate().map(caption).collect()
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "no recording is as long, and none begins before 0")]
fn clock(seconds: f64, point: char) -> String {
    let ms = (seconds * 1000.0).round() as u64;
    format!("{:02}:{:02}:{:02}{point}{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60, ms % 1000)
}

fn span(words: &[Spoken<'_>]) -> [f64; 2] {
    [words[0].word.start, words[words.len() - 1].word.end]
}

/// A 32-bit float as a 64-bit one: 3.2 is 3.200000047683716.
#[allow(clippy::cast_possible_truncation, reason = "that is what a 32-bit float is")]
fn single(value: f64) -> Value {
    json!(f64::from(value as f32))
}
