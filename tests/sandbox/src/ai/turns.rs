//! Who speaks when: from the known words, else from the speech measured in each channel.

use crate::hearing::Heard;
use audio::{Channel, Span};

/// One stretch of one speaker.
#[derive(Debug)]
pub struct Turn {
    /// The speaker's number, as RingCentral writes it: `"0"`, `"1"`, …
    pub speaker: String,
    /// When.
    pub span: Span,
    /// Confidence of the known words.
    pub confidence: Option<f64>,
    /// The nearest of the enrolled voices that the job named, where one is near: its id and how far it is, in semitones.
    pub recognised: Option<(String, f64)>,
}

/// All turns, in the order of time.
#[must_use]
pub fn turns(heard: &Heard) -> Vec<Turn> {
    let mut turns = known(heard).unwrap_or_else(|| measured(heard));
    turns.sort_by(|a, b| a.span.start.total_cmp(&b.span.start));
    recognise(heard, &mut turns);
    turns
}

fn known(heard: &Heard) -> Option<Vec<Turn>> {
    let words = heard.words.as_ref()?;
    let turns = words.utterances.iter().map(|utterance| Turn {
        speaker: utterance.speaker_id.clone(),
        span: Span { start: utterance.start(), end: utterance.end() },
        confidence: Some(utterance.confidence),
        recognised: None,
    });
    Some(turns.collect())
}

/// Without words a channel is a speaker: nothing else can be told apart without guessing.
fn measured(heard: &Heard) -> Vec<Turn> {
    let channels = heard.sound.channels.iter().enumerate();
    let turns = channels.flat_map(|(number, channel)| {
        let turn = move |span: &Span| Turn { speaker: number.to_string(), span: *span, confidence: None, recognised: None };
        channel.speech.iter().map(turn)
    });
    turns.collect()
}

/// Compares all that a speaker says with every enrolled voice.
fn recognise(heard: &Heard, turns: &mut [Turn]) {
    if heard.voices.is_empty() {
        return;
    }
    let mut speakers: Vec<_> = turns.iter().map(|turn| turn.speaker.clone()).collect();
    speakers.sort();
    speakers.dedup();
    for speaker in speakers {
        let spans: Vec<_> = turns.iter().filter(|turn| turn.speaker == speaker).map(|turn| turn.span).collect();
        let Some(voice) = channel_of(heard, &speaker).and_then(|channel| channel.voice(&spans)) else { continue };
        let near = heard.voices.iter().filter(|(_, enrolled)| enrolled.is_near(&voice));
        let distances = near.map(|(id, enrolled)| (id.clone(), enrolled.distance(&voice)));
        let nearest = distances.min_by(|a, b| a.1.total_cmp(&b.1));
        turns.iter_mut().filter(|turn| turn.speaker == speaker).for_each(|turn| turn.recognised.clone_from(&nearest));
    }
}

/// The channel of that number, or the only one that all speakers share.
fn channel_of<'a>(heard: &'a Heard, speaker: &str) -> Option<&'a Channel> {
    let channels = &heard.sound.channels;
    speaker.parse().ok().and_then(|number: usize| channels.get(number)).or(channels.first())
}
