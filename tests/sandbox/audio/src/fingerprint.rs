//! Recognising a recording by its loudness over time, which survives another container, codec or sample rate.

use crate::meter::{decibel, grouped};

/// Frames to a bin: 100 ms.
const BIN: u32 = 5;
/// What is quieter than this differs from coder to coder and says nothing.
const QUIET_DB: f64 = -50.0;
/// Coders put up to this many frames of silence before a recording: 240 ms.
const MAX_SHIFT: usize = 12;
/// Bins to a window of two seconds: each must be near, so that a recording with a part cut out is not the same.
const WINDOW: usize = 20;
/// How far two codings lie apart in a window, on average: below 2 dB for MP3 and AAC down to 8 kHz; above 15 dB where
/// one of them says something else.
const MAX_DISTANCE_DB: f64 = 3.0;
const MAX_LENGTH_DIFFERENCE_S: f64 = 0.3;

/// Whether two lengths, in seconds, may be those of the same recording.
#[must_use]
pub fn same_length(a: f64, b: f64) -> bool {
    (a - b).abs() <= MAX_LENGTH_DIFFERENCE_S
}

/// Loudness of a channel over time.
#[derive(Debug, Clone)]
pub struct Loudness(Vec<f64>);

impl Loudness {
    /// Of the frames of a meter.
    #[must_use]
    pub fn of(frames: Vec<f64>) -> Self {
        Self(frames)
    }

    /// Whether the other is as loud at the same times.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        let (own, others) = (self.bins(0), other.bins(0));
        (0..=MAX_SHIFT).any(|shift| near(&self.bins(shift), &others) || near(&own, &other.bins(shift)))
    }

    fn bins(&self, shift: usize) -> Vec<f64> {
        let frames = self.0.get(shift..).unwrap_or_default();
        grouped(frames, BIN).into_iter().map(|power| decibel(power).max(QUIET_DB)).collect()
    }
}

fn near(a: &[f64], b: &[f64]) -> bool {
    let apart: Vec<f64> = a.iter().zip(b).map(|(a, b)| (a - b).abs()).collect();
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    !apart.is_empty() && apart.chunks(WINDOW).all(|window| mean(window) <= MAX_DISTANCE_DB)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loudness(seed: f64, shift: usize, scale: f64) -> Loudness {
        let frames: Vec<f64> = (0..1500).map(|at| (((at + shift) as f64 * seed).sin().powi(2) * 0.01 + 1e-9) * scale).collect();
        Loudness::of(frames)
    }

    #[test]
    fn the_same_recording_matches_a_little_shifted_or_louder() {
        let original = loudness(0.037, 0, 1.0);
        assert!(original.matches(&loudness(0.037, 4, 1.1)));
    }

    #[test]
    fn another_recording_does_not() {
        let original = loudness(0.037, 0, 1.0);
        assert!(!original.matches(&loudness(0.041, 0, 1.0)));
        assert!(!original.matches(&loudness(0.037, 0, 9.0)));
        assert!(!original.matches(&Loudness::of(Vec::new())));
    }
}
