//! Where somebody speaks: loud enough against the channel's own background, and not as steady as a tone.

use crate::Span;
use crate::meter::{FRAMES_PER_S, Frames, decibel, grouped};

/// Nothing below this is speech, however quiet the rest is.
const FLOOR_DB: f64 = -80.0;
/// Where even the loud parts are quieter than this, nobody speaks.
const MIN_LOUD_DB: f64 = -65.0;
/// Speech is at least this far above the background.
const ABOVE_BACKGROUND_DB: f64 = 9.0;
/// The quiet parts of speech reach this far below its loud parts.
const BELOW_LOUD_DB: f64 = 35.0;
/// In a channel without pauses the "background" is speech too: never ask for more than this below the loud parts.
const WITHOUT_PAUSES_DB: f64 = 15.0;
/// Words begin and end in sounds that are weaker than the rest by this much, and no longer than so many frames.
const WEAK_DB: f64 = 5.0;
const MAX_WEAK: usize = 10;
/// A gap of up to 0.4 s is a pause of somebody who goes on speaking, and a part of the talk time.
const MAX_GAP: usize = 20;
/// Anything shorter is a click.
const MIN_LENGTH: usize = 5;
/// Frames to a bin, and bins to a window, in which a sound that hardly changes is a tone or a hum: 600 ms.
const STEADY_BIN: u32 = 5;
const STEADY_BINS: usize = 6;
const STEADY_DB: f64 = 0.7;
/// Its single frames may differ by this much, as those of two tones that beat do; words that happen to be equally loud
/// differ by more.
const STEADY_FRAMES_DB: f64 = 3.0;
/// Frames before and after one that are looked at, and the share of the loud ones that makes a tone of it: a vowel
/// stands still as well, but not for long.
const TONE_REACH: usize = 10;
const TONE_SHARE: f64 = 0.5;
/// What is quieter than the loudest of them by this much does not count.
const TONE_DEPTH_DB: f64 = 20.0;

/// The stretches of speech in a channel's frames.
#[must_use]
pub fn spans(frames: &Frames) -> Vec<Span> {
    let loudness: Vec<f64> = frames.power.iter().map(|power| decibel(*power)).collect();
    let tone = tone(&loudness, &frames.tone);
    let steady = steady(&frames.power, &loudness);
    let Some(threshold) = threshold(&loudness, &tone, &steady) else { return Vec::new() };
    let above = |threshold: f64| -> Vec<bool> {
        let frames = loudness.iter().zip(tone.iter().zip(&steady));
        frames.map(|(db, (tone, steady))| *db >= threshold && !tone && !steady).collect()
    };
    let speaks = with_weak_ends(&above(threshold.max(FLOOR_DB)), &above((threshold - WEAK_DB).max(FLOOR_DB)));
    let seconds = |frame: usize| frame as f64 / f64::from(FRAMES_PER_S);
    runs(&speaks).into_iter().map(|(start, end)| Span { start: seconds(start), end: seconds(end) }).collect()
}

/// From which loudness on a frame is speech; `None` where nobody speaks.
fn threshold(loudness: &[f64], tone: &[bool], steady: &[bool]) -> Option<f64> {
    let toneless = sorted(loudness, |at| !tone[at]);
    let above_background = toneless.get(toneless.len() / 10)? + ABOVE_BACKGROUND_DB;
    // The loud parts are looked for among what stands out at all, so that one word in an hour is found as well.
    let changing = sorted(loudness, |at| !tone[at] && !steady[at]);
    let outstanding = &changing[changing.partition_point(|db| *db < above_background)..];
    let loud_parts = if outstanding.len() < MIN_LENGTH { &changing } else { outstanding };
    let loud = *loud_parts.get(loud_parts.len() * 95 / 100).filter(|loud| **loud >= MIN_LOUD_DB)?;
    Some(above_background.min(loud - WITHOUT_PAUSES_DB).max(loud - BELOW_LOUD_DB))
}

fn sorted(loudness: &[f64], keep: impl Fn(usize) -> bool) -> Vec<f64> {
    let mut kept: Vec<f64> = loudness.iter().enumerate().filter(|(at, _)| keep(*at)).map(|(_, db)| *db).collect();
    kept.sort_by(f64::total_cmp);
    kept
}

/// Marks frames where most of what is heard around them is a tone.
fn tone(loudness: &[f64], tone: &[bool]) -> Vec<bool> {
    let share = |at: usize| {
        let around = at.saturating_sub(TONE_REACH)..(at + TONE_REACH + 1).min(loudness.len());
        let loudest = loudness[around.clone()].iter().copied().fold(FLOOR_DB, f64::max);
        let loud = around.filter(|frame| loudness[*frame] >= loudest - TONE_DEPTH_DB);
        let (tones, others): (Vec<_>, Vec<_>) = loud.partition(|frame| tone[*frame]);
        tones.len() as f64 / (tones.len() + others.len()).max(1) as f64
    };
    (0..loudness.len()).map(|at| share(at) >= TONE_SHARE).collect()
}

/// Marks frames inside windows whose loudness hardly changes.
fn steady(frames: &[f64], loudness: &[f64]) -> Vec<bool> {
    let bins: Vec<f64> = grouped(frames, STEADY_BIN).into_iter().map(decibel).collect();
    let mut marked = vec![false; bins.len()];
    let frames_of = |bin: usize| &loudness[bin * STEADY_BIN as usize..(bin + STEADY_BINS) * STEADY_BIN as usize];
    for (at, window) in bins.windows(STEADY_BINS).enumerate() {
        if deviation(window) < STEADY_DB && deviation(frames_of(at)) < STEADY_FRAMES_DB {
            let end = at + STEADY_BINS;
            marked[at..end].fill(true);
            // A tone rarely begins on the edge of a bin, so a quieter one beside it is a part of it; a louder one is not.
            for beside in [at.wrapping_sub(1), end] {
                if bins.get(beside).is_some_and(|bin| *bin < window[0]) {
                    marked[beside] = true;
                }
            }
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

/// Adds to what is surely speech the weak sounds right before and after it.
fn with_weak_ends(surely: &[bool], perhaps: &[bool]) -> Vec<bool> {
    let mut speaks = surely.to_vec();
    for at in (0..surely.len()).filter(|at| surely[*at]) {
        let after = (at + 1..surely.len()).take(MAX_WEAK).take_while(|frame| perhaps[*frame]);
        let before = (0..at).rev().take(MAX_WEAK).take_while(|frame| perhaps[*frame]);
        after.chain(before).for_each(|frame| speaks[frame] = true);
    }
    speaks
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

    fn spans(power: &[f64]) -> Vec<Span> {
        super::spans(&Frames { power: power.to_vec(), tone: vec![false; power.len()], pitch: Vec::new() })
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
