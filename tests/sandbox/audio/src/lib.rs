//! From bytes to what can be measured: duration, channels, where somebody speaks.

pub mod container;
pub mod decode;
pub mod delay;
pub mod fingerprint;
pub mod meter;
pub mod opus;
pub mod speech;
pub mod tables;
pub mod thinned;
pub mod tone;
pub mod voice;

use bytes::Bytes;

use fingerprint::Loudness;
use meter::FRAMES_PER_S;
pub use meter::Listen;
use voice::Voice;

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
    loudness: Loudness,
    pitch: Vec<Option<f64>>,
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
pub fn hear(file: Bytes, listen: Listen) -> Result<Sound, String> {
    if file.is_empty() {
        return Err("the file is empty".to_owned());
    }
    if !tables::fit(&file) {
        return Err("a table of the MP4 is longer than the file".to_owned());
    }
    let decoded = decode::decode(&container::repair(file), listen)?;
    let channels = decoded.channels.into_iter().map(|frames| Channel {
        speech: speech::spans(&frames),
        loudness: Loudness::of(frames.power),
        pitch: frames.pitch,
    });
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
    /// The voice that is heard in some stretches, all its speech taken together.
    #[must_use]
    pub fn voice(&self, spans: &[Span]) -> Option<Voice> {
        Voice::of(self.inside(spans))
    }

    /// The pitches of all its speech, in Hz.
    pub fn spoken(&self) -> impl Iterator<Item = f64> {
        self.inside(&self.speech)
    }

    fn inside<'a>(&'a self, spans: &'a [Span]) -> impl Iterator<Item = f64> + 'a {
        let time = |frame: usize| (frame as f64 + 0.5) / f64::from(FRAMES_PER_S);
        let inside = move |frame: usize| spans.iter().any(|span| (span.start..span.end).contains(&time(frame)));
        self.pitch.iter().enumerate().filter(move |(frame, _)| inside(*frame)).filter_map(|(_, pitch)| *pitch)
    }

    /// How long somebody speaks, in seconds.
    #[must_use]
    pub fn talk_s(&self) -> f64 {
        self.speech.iter().map(|span| span.end - span.start).fold(0.0, |sum, length| sum + length)
    }
}
