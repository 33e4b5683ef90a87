//! Tones: dialling, ringing, beeps, chords. Their spectrum stands still, which that of a voice does not do for long.

use std::f64::consts::TAU;
use std::sync::Arc;

use realfft::{RealFftPlanner, RealToComplex};

use crate::thinned::Thinned;

/// Samples a second that are enough for it.
const NEEDED_HZ: f64 = 4000.0;
/// Samples of which a spectrum is made: about 64 ms.
const WINDOW: usize = 256;
/// Two spectra that are as like as this, 20 ms apart, are one that stands still; 1 is the same.
const MIN_LIKENESS: f64 = 0.985;
/// A still spectrum that becomes louder or quieter by more than this in 20 ms is a syllable.
const MAX_CHANGE: f64 = 0.17;
/// The tones of a keypad, in Hz: a key is one of each row.
const KEYPAD: [[f64; 4]; 2] = [[697.0, 770.0, 852.0, 941.0], [1209.0, 1336.0, 1477.0, 1633.0]];
/// How much of a sound the two tones of a key make up, and the weaker of them, at least.
const KEY_BINS: usize = 3;
const MIN_KEY: f64 = 0.85;
const MIN_KEY_ROW: f64 = 0.15;

/// Follows the spectrum of a channel.
pub struct ToneTracker {
    sound: Thinned,
    fourier: Arc<dyn RealToComplex<f64>>,
    last: Vec<f64>,
}

impl ToneTracker {
    /// A tracker for samples at `rate` per second.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        let fourier = RealFftPlanner::new().plan_fft_forward(WINDOW);
        Self { sound: Thinned::new(rate, NEEDED_HZ), fourier, last: Vec::new() }
    }

    /// Takes one sample.
    pub fn take(&mut self, sample: f64) {
        self.sound.take(sample);
    }

    /// Whether the latest sound is a tone.
    pub fn is_tone(&mut self) -> bool {
        let rate = self.sound.rate();
        let spectrum = spectrum(&*self.fourier, self.sound.latest(WINDOW));
        let is_tone = stands_still(&self.last, &spectrum) || is_key(&spectrum, rate);
        self.last = spectrum;
        is_tone
    }
}

impl std::fmt::Debug for ToneTracker {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("ToneTracker").field("sound", &self.sound).finish_non_exhaustive()
    }
}

fn stands_still(before: &[f64], now: &[f64]) -> bool {
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (loud_before, loud_now) = (product(before, before).sqrt(), product(now, now).sqrt());
    let louder = loud_before.max(loud_now);
    louder > 0.0
        && (loud_now - loud_before).abs() <= MAX_CHANGE * louder
        && product(before, now) >= MIN_LIKENESS * loud_before * loud_now
}

fn is_key(spectrum: &[f64], rate: f64) -> bool {
    let power = |part: &[f64]| part.iter().map(|amplitude| amplitude * amplitude).sum::<f64>();
    let near = |hz: f64| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
        let bin = (hz * WINDOW as f64 / rate).round() as usize;
        power(spectrum.get(bin.saturating_sub(KEY_BINS)..=bin + KEY_BINS).unwrap_or_default())
    };
    let whole = power(spectrum);
    let [low, high] = KEYPAD.map(|row| row.into_iter().map(near).fold(0.0, f64::max));
    whole > 0.0 && low + high >= MIN_KEY * whole && low.min(high) >= MIN_KEY_ROW * whole
}

/// The amplitudes of a sound's frequencies, from 0 to half its rate.
fn spectrum(fourier: &dyn RealToComplex<f64>, sound: &[f64]) -> Vec<f64> {
    let (mut input, mut output) = (fourier.make_input_vec(), fourier.make_output_vec());
    for (at, (point, sample)) in input.iter_mut().zip(sound).enumerate() {
        // Hann's window.
        *point = sample * (0.5 - 0.5 * (TAU * at as f64 / WINDOW as f64).cos());
    }
    // It fails where a buffer has another length than it made itself.
    let _ = fourier.process(&mut input, &mut output);
    output.iter().map(|point| point.norm()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The share of frames of 20 ms that are tones, in a second of this sound.
    fn share(rate: u32, sound: impl Fn(f64) -> f64) -> f64 {
        let mut tracker = ToneTracker::new(rate);
        let frames = (0..50).filter(|frame| {
            for at in frame * rate / 50..(frame + 1) * rate / 50 {
                tracker.take(sound(f64::from(at) / f64::from(rate)));
            }
            tracker.is_tone()
        });
        frames.count() as f64 / 50.0
    }

    #[test]
    fn a_sine_lies_where_its_frequency_is() {
        let sound: Vec<f64> = (0..WINDOW).map(|at| (TAU * 20.0 * at as f64 / WINDOW as f64).sin()).collect();
        let spectrum = spectrum(&*ToneTracker::new(8000).fourier, &sound);
        let loudest = (0..spectrum.len()).max_by(|a, b| spectrum[*a].total_cmp(&spectrum[*b])).unwrap();
        assert_eq!(loudest, 20);
        assert!(spectrum[20] > 60.0 && spectrum[30] < 0.1, "{spectrum:?}");
    }

    #[test]
    fn tones_chords_and_keys_stand_still_and_a_gliding_voice_does_not() {
        let sum = |t: f64, hz: &[f64]| hz.iter().map(|hz| (TAU * hz * t).sin()).sum::<f64>() * 0.1;
        for rate in [8000, 11_025, 16_000, 44_100, 48_000] {
            assert!(share(rate, |t| sum(t, &[1000.0])) > 0.9, "{rate}");
            assert!(share(rate, |t| sum(t, &[262.0, 330.0, 392.0]) * (-2.0 * t).exp()) > 0.8, "{rate}");
            let keys = |t: f64| if t % 0.2 < 0.1 { sum(t, &[770.0, 1336.0]) } else { 0.0 };
            assert!((0.5..0.8).contains(&share(rate, keys)), "{rate} {}", share(rate, keys));
            let glide = |t: f64| sum(t + 0.3 * t * t, &[150.0, 300.0, 450.0, 600.0, 1500.0]);
            assert!(share(rate, glide) < 0.3, "{rate} {}", share(rate, glide));
            assert!(share(rate, |t| sum(t, &[150.0, 300.0]) * (20.0 * t).sin().powi(2)) < 0.3, "{rate}");
        }
        assert!(share(8000, |_| 0.0) < 0.01);
    }
}
