//! From bytes to what can be measured: duration, channels, where somebody speaks.

pub mod container;
pub mod decode;
pub mod fetch;
pub mod fingerprint;
pub mod meter;
pub mod speech;

use axum::body::Bytes;

/// What a recording sounds like, without its words.
#[derive(Debug, Clone)]
pub struct Sound {
    /// Its length in seconds.
    pub duration_s: f64,
    /// Its channels, the left one first.
    pub channels: Vec<Channel>,
}

/// One channel of a recording.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Where somebody speaks.
    pub speech: Vec<Span>,
    loudness: fingerprint::Loudness,
}

/// A stretch of time, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its beginning.
    pub start: f64,
    /// Its end.
    pub end: f64,
}

/// Decodes an audio file and measures it.
///
/// # Errors
/// Why there is nothing to hear, in a few words without an address.
pub fn hear(file: Bytes) -> Result<Sound, String> {
    if file.is_empty() {
        return Err("the file is empty".to_owned());
    }
    let decoded = decode::decode(container::repair(file))?;
    let channels = decoded
        .channels
        .iter()
        .map(|frames| Channel { speech: speech::spans(frames), loudness: fingerprint::Loudness::of(frames) });
    Ok(Sound { duration_s: decoded.duration_s, channels: channels.collect() })
}

impl Sound {
    /// Whether both are the same recording, though perhaps coded in different ways.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        fingerprint::same_length(self.duration_s, other.duration_s)
            && self.channels.len() == other.channels.len()
            && self.channels.iter().zip(&other.channels).all(|(a, b)| a.loudness.matches(&b.loudness))
    }
}

impl Channel {
    /// How long somebody speaks, in seconds.
    #[must_use]
    pub fn talk_s(&self) -> f64 {
        self.speech.iter().map(|span| span.end - span.start).fold(0.0, |sum, length| sum + length)
    }
}
