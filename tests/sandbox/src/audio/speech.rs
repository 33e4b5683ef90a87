//! Where somebody speaks: loud enough against the channel's own background, and not as steady as a tone.

use crate::audio::Span;
use crate::audio::meter::{FRAMES_PER_S, decibel, grouped};

/// Nothing below this is speech, however quiet the rest is.
const FLOOR_DB: f64 = -60.0;
/// Speech is at least this far above the background.
const ABOVE_BACKGROUND_DB: f64 = 9.0;
/// The quiet parts of speech reach this far below its loud parts.
const BELOW_LOUD_DB: f64 = 35.0;
/// In a channel without pauses the "background" is speech too: never ask for more than this below the loud parts.
const WITHOUT_PAUSES_DB: f64 = 15.0;
/// A gap shorter than this is a pause between words.
const MAX_GAP: usize = 20;
/// Anything shorter is a click.
const MIN_LENGTH: usize = 5;
/// Frames to a bin, and bins to a window, in which a sound that hardly changes is a tone or a hum: 600 ms.
const STEADY_BIN: u32 = 5;
const STEADY_BINS: usize = 6;
const STEADY_DB: f64 = 0.7;

/// The stretches of speech in a channel's frames.
#[must_use]
pub fn spans(frames: &[f64]) -> Vec<Span> {
    let loudness: Vec<f64> = frames.iter().map(|power| decibel(*power)).collect();
    let Some(threshold) = threshold(&loudness) else { return Vec::new() };
    let steady = steady(frames);
    let speaks: Vec<bool> = loudness.iter().zip(steady).map(|(db, steady)| *db >= threshold && !steady).collect();
    let seconds = |frame: usize| frame as f64 / f64::from(FRAMES_PER_S);
    runs(&speaks).into_iter().map(|(start, end)| Span { start: seconds(start), end: seconds(end) }).collect()
}

fn threshold(loudness: &[f64]) -> Option<f64> {
    let mut sorted = loudness.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |percent: usize| sorted.get(sorted.len() * percent / 100).copied();
    // The loud parts are looked for among what is audible at all, so that one word in an hour is found as well.
    let audible = &sorted[sorted.partition_point(|db| *db < FLOOR_DB)..];
    let loud = *audible.get(audible.len() * 95 / 100)?;
    let background = (at(10)? + ABOVE_BACKGROUND_DB).min(loud - WITHOUT_PAUSES_DB);
    Some(background.max(loud - BELOW_LOUD_DB).max(FLOOR_DB))
}

/// Marks frames inside windows whose loudness hardly changes.
fn steady(frames: &[f64]) -> Vec<bool> {
    let bins: Vec<f64> = grouped(frames, STEADY_BIN).into_iter().map(decibel).collect();
    let mut marked = vec![false; bins.len()];
    for (at, window) in bins.windows(STEADY_BINS).enumerate() {
        if deviation(window) < STEADY_DB {
            // One bin more on either side: a tone rarely begins on the edge of a bin.
            let end = (at + STEADY_BINS + 1).min(bins.len());
            marked[at.saturating_sub(1)..end].fill(true);
        }
    }
    let last = marked.last().copied().unwrap_or(false);
    (0..frames.len()).map(|frame| marked.get(frame / STEADY_BIN as usize).copied().unwrap_or(last)).collect()
}

fn deviation(values: &[f64]) -> f64 {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / count).sqrt()
}

/// Runs of true, first and one past the last, with short gaps closed and short runs dropped.
fn runs(speaks: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (frame, _) in speaks.iter().enumerate().filter(|(_, speaks)| **speaks) {
        match runs.last_mut() {
            Some((_, end)) if frame - *end <= MAX_GAP => *end = frame + 1,
            _ => runs.push((frame, frame + 1)),
        }
    }
    runs.retain(|(start, end)| end - start >= MIN_LENGTH);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Speech-like loudness: syllables of 120 ms, each as loud as `level` allows.
    fn talk(frames: &mut [f64], level: f64) {
        for (at, power) in frames.iter_mut().enumerate() {
            *power = level * (0.05 + (at as f64 * 0.55).sin().abs() * (at as f64 * 0.083).cos().powi(2));
        }
    }

    fn near(spans: &[Span], expected: &[(f64, f64)]) {
        assert_eq!(spans.len(), expected.len(), "{spans:?}");
        for (span, (start, end)) in spans.iter().zip(expected) {
            assert!((span.start - start).abs() < 0.3 && (span.end - end).abs() < 0.3, "{spans:?}");
        }
    }

    #[test]
    fn speech_is_found_between_silences_and_a_tone_is_not_speech() {
        let mut frames = vec![1e-7; 1000];
        talk(&mut frames[100..250], 0.01);
        frames[400..550].fill(0.02);
        talk(&mut frames[700..900], 0.003);
        near(&spans(&frames), &[(2.0, 5.0), (14.0, 18.0)]);
    }

    #[test]
    fn silence_and_steady_noise_are_nothing() {
        assert!(spans(&vec![0.0; 500]).is_empty());
        assert!(spans(&vec![0.001; 500]).is_empty());
        assert!(spans(&[]).is_empty());
    }

    #[test]
    fn speech_without_pauses_is_one_span() {
        let mut frames = vec![0.0; 500];
        talk(&mut frames, 0.01);
        near(&spans(&frames), &[(0.0, 10.0)]);
    }

    #[test]
    fn one_word_in_an_hour_is_found() {
        let mut frames = vec![1e-9; 180_000];
        talk(&mut frames[90_000..90_050], 0.01);
        near(&spans(&frames), &[(1800.0, 1801.0)]);
    }
}
