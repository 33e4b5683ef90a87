//! `channels` and `utterances`: words, with as much punctuation, speakers and paragraphs as was asked for.

use serde_json::{Value, json};

use super::numbers::{single, time};
use super::options::Options;
use crate::services::sentiment;
use crate::services::spoken::{Spoken, confidence, plain_text, runs, sentences, text};

/// One entry of `channels`.
#[must_use]
pub fn channel(words: &[Spoken<'_>], options: &Options) -> Value {
    let mut alternative = json!({
        "transcript": transcript(words, options),
        "confidence": single(confidence(words)),
        "words": words.iter().map(|word| shown(word, options)).collect::<Vec<_>>(),
    });
    if options.paragraphs && !words.is_empty() {
        alternative["paragraphs"] = paragraphs(words, options);
    }
    let mut channel = json!({"alternatives": [alternative]});
    if options.detect_language {
        channel["detected_language"] = json!("en");
        channel["language_confidence"] = single(0.99);
    }
    channel
}

/// The text of some words.
#[must_use]
pub fn transcript(words: &[Spoken<'_>], options: &Options) -> String {
    if options.punctuate { text(words) } else { plain_text(words) }
}

/// `utterances` of one channel: a new one begins behind a pause, and with another speaker where speakers are told apart.
pub fn utterances<'a>(
    words: &'a [Spoken<'a>],
    channel: usize,
    options: &'a Options,
    mut id: impl FnMut() -> String + 'a,
) -> impl Iterator<Item = (f64, Value)> + 'a {
    let is_new = |word: &Spoken, next: &Spoken| {
        next.word.start - word.word.end >= options.utterance_split_s || options.diarize && word.speaker != next.speaker
    };
    runs(words, is_new).map(move |run| {
        let mut shown = json!({
            "start": time(run[0].word.start),
            "end": time(run[run.len() - 1].word.end),
            "confidence": single(confidence(run)),
            "channel": channel,
            "transcript": transcript(run, options),
            "words": run.iter().map(|word| self::shown(word, options)).collect::<Vec<_>>(),
            "id": id(),
        });
        if options.diarize {
            shown["speaker"] = json!(run[0].speaker);
        }
        with_sentiment(&mut shown, run, options);
        (run[0].word.start, shown)
    })
}

fn shown(spoken: &Spoken<'_>, options: &Options) -> Value {
    let mut shown = json!({
        "word": spoken.word.plain(),
        "start": time(spoken.word.start),
        "end": time(spoken.word.end),
        "confidence": single(spoken.confidence),
    });
    if options.punctuate {
        shown["punctuated_word"] = json!(spoken.word.text);
    }
    if options.diarize {
        shown["speaker"] = json!(spoken.speaker);
        shown["speaker_confidence"] = single(spoken.confidence * 0.9);
    }
    with_sentiment(&mut shown, std::slice::from_ref(spoken), options);
    shown
}

fn paragraphs(words: &[Spoken<'_>], options: &Options) -> Value {
    let turns: Vec<_> = runs(words, |word, next| word.speaker != next.speaker).collect();
    let paragraph = |turn: &&[Spoken<'_>]| {
        let sentences = sentences(turn).map(|sentence| {
            json!({"text": transcript(sentence, options), "start": time(sentence[0].word.start),
                "end": time(sentence[sentence.len() - 1].word.end)})
        });
        let mut paragraph = json!({
            "sentences": sentences.collect::<Vec<_>>(),
            "num_words": turn.len(),
            "start": time(turn[0].word.start),
            "end": time(turn[turn.len() - 1].word.end),
        });
        if options.diarize {
            paragraph["speaker"] = json!(turn[0].speaker);
        }
        paragraph
    };
    let written = turns.iter().map(|turn| {
        let speaker = if options.diarize { format!("Speaker {}: ", turn[0].speaker) } else { String::new() };
        format!("\n{speaker}{}", transcript(turn, options))
    });
    json!({
        "transcript": written.collect::<Vec<_>>().join("\n"),
        "paragraphs": turns.iter().map(paragraph).collect::<Vec<_>>(),
    })
}

fn with_sentiment(shown: &mut Value, words: &[Spoken<'_>], options: &Options) {
    if options.sentiment {
        let score = sentiment::score(words.iter().map(|spoken| spoken.word));
        shown["sentiment"] = json!(sentiment::name(score));
        shown["sentiment_score"] = single(score);
    }
}
