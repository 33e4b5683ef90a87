//! The whole of an answer: `metadata` and `results`.

use axum::body::Bytes;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::numbers::single;
use super::options::Options;
use super::{intelligence, transcript};
use crate::ai::speech_to_text::sandbox_note;
use crate::clock::write_iso;
use crate::hearing::Heard;
use crate::random::Random;
use crate::services::spoken::{Spoken, numbered_by_channel, spoken};

/// The ids of the models that listen and that understand.
const LISTENING: &str = "40bd3654-e622-47c4-a111-63a61b23bfe8";
const UNDERSTANDING: &str = "67875a7f-c9c4-48a0-aa55-5bdb8a91c34a";

/// What goes into `metadata`, beside what was heard.
#[derive(Debug)]
pub struct Request {
    /// The id that the request got.
    pub id: String,
    /// When it came.
    pub created_ms: u64,
    /// The bytes of the media.
    pub file: Bytes,
}

/// Makes an answer.
#[must_use]
pub fn response(request: &Request, options: &Options, heard: &Heard) -> Value {
    let words = spoken(heard);
    let channels = by_channel(&words, heard, options);
    let mut results = json!({
        "channels": channels.iter().map(|words| transcript::channel(words, options)).collect::<Vec<_>>(),
    });
    if options.utterances {
        results["utterances"] = utterances(&channels, options, &request.file);
    }
    let known = heard.words.as_deref();
    let mut metadata = metadata(request, options, heard, channels.len());
    let info = || json!({"model_uuid": UNDERSTANDING, "input_tokens": words.len(), "output_tokens": words.len() / 2});
    if options.summarize {
        results["summary"] = intelligence::summary(known, &words);
        metadata["summary_info"] = info();
    }
    if options.topics {
        results["topics"] = intelligence::topics(known, &words);
        metadata["topics_info"] = info();
    }
    if options.intents {
        results["intents"] = intelligence::intents(&words);
        metadata["intents_info"] = info();
    }
    if options.sentiment {
        results["sentiments"] = intelligence::sentiments(&words);
        metadata["sentiment_info"] = info();
    }
    let mut response = json!({"metadata": metadata, "results": results});
    if known.is_none() {
        response["sandbox"] = sandbox_note(heard);
    }
    response
}

/// The words of each channel; all in one where channels are not told apart.
fn by_channel<'a>(words: &[Spoken<'a>], heard: &Heard, options: &Options) -> Vec<Vec<Spoken<'a>>> {
    if !options.multichannel {
        return vec![words.to_vec()];
    }
    let numbered = numbered_by_channel(words);
    let of = |channel| numbered.iter().filter(|spoken| spoken.channel == channel).copied().collect();
    (0..heard.sound.channels.len().max(1)).map(of).collect()
}

/// The utterances of all channels in the order of time.
fn utterances(channels: &[Vec<Spoken<'_>>], options: &Options, file: &[u8]) -> Value {
    // The same media always have the same ids, so that a repeated answer is the same.
    let seed = Sha256::digest(file).iter().take(8).fold(0, |seed: u64, byte| seed << 8 | u64::from(*byte));
    let mut random = Random::new(Some(seed));
    let mut all = Vec::new();
    for (channel, words) in channels.iter().enumerate() {
        all.extend(transcript::utterances(words, channel, options, || random.uuid_v1(0)));
    }
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    all.into_iter().map(|(_, utterance)| utterance).collect()
}

/// Assumption: `channels` counts those that were told apart, not those of the file.
fn metadata(request: &Request, options: &Options, heard: &Heard, channels: usize) -> Value {
    let mut metadata = json!({
        "transaction_key": "deprecated",
        "request_id": request.id,
        "sha256": format!("{:x}", Sha256::digest(&request.file)),
        "created": write_iso(request.created_ms),
        "duration": single(heard.sound.duration_s),
        "channels": channels,
        "models": [LISTENING],
        "model_info": {LISTENING: {"name": format!("general-{}", options.model), "version": "2026-01-29.0", "arch": options.model}},
    });
    if !options.tags.is_empty() {
        metadata["tags"] = json!(options.tags);
    }
    metadata
}
