//! A voice by its pitch: how high somebody speaks mostly, at the lowest and at the highest.
//!
//! It is a coarse measure, but a measure, and it survives another codec or sample rate.

use crate::thinned::Thinned;

/// Pitch is looked for between these, in Hz.
const LOWEST_HZ: f64 = 60.0;
const HIGHEST_HZ: f64 = 400.0;
/// Samples a second that are enough for it.
const NEEDED_HZ: f64 = 4000.0;
/// How much of a sound is looked at: two periods of the lowest voices.
const WINDOW_S: f64 = 0.04;
/// A sound that is less like itself one period later has no pitch.
const MIN_LIKENESS: f64 = 0.7;
/// A shorter period that is nearly as like is the true one, the longest a multiple of it.
const NEARLY: f64 = 0.9;
/// Which parts of all pitches make a voice, in percent.
const PERCENTILES: [usize; 3] = [20, 50, 80];
/// Further apart than this, in semitones on average, two voices are two people's.
const MAX_DISTANCE: f64 = 1.0;
/// Fewer frames with a pitch than this are no voice: half a second.
const MIN_FRAMES: usize = 25;

/// Follows the pitch of a channel.
#[derive(Debug)]
pub struct PitchTracker(Thinned);

impl PitchTracker {
    /// A tracker for samples at `rate` per second.
    #[must_use]
    pub fn new(rate: u32) -> Self {
        Self(Thinned::new(rate, NEEDED_HZ))
    }

    /// Takes one sample.
    pub fn take(&mut self, sample: f64) {
        self.0.take(sample);
    }

    /// The pitch of the latest sound, in Hz, where it has one.
    pub fn pitch(&mut self) -> Option<f64> {
        let rate = self.0.rate();
        let recent = self.0.latest(lag(rate * WINDOW_S));
        let lags = lag(rate / HIGHEST_HZ)..=lag(rate / LOWEST_HZ).min(recent.len() / 2);
        let likenesses: Vec<_> = lags.map(|lag| (lag, likeness(recent, lag))).collect();
        let best = likenesses.iter().map(|(_, likeness)| *likeness).fold(0.0, f64::max);
        let at = likenesses.iter().position(|(_, likeness)| *likeness >= best.max(MIN_LIKENESS / NEARLY) * NEARLY)?;
        // From where it is nearly as like, on to the peak.
        let rising = likenesses[at..].windows(2).take_while(|pair| pair[1].1 > pair[0].1).count();
        Some(rate / likenesses[at + rising].0 as f64)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive count")]
fn lag(samples: f64) -> usize {
    samples.round() as usize
}

/// How like a sound is to itself some samples later, from -1 to 1.
fn likeness(sound: &[f64], lag: usize) -> f64 {
    let (now, later) = (&sound[..sound.len() - lag], &sound[lag..]);
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let power = product(now, now) * product(later, later);
    if power > 0.0 { product(now, later) / power.sqrt() } else { 0.0 }
}

/// The pitch of somebody's speech.
#[derive(Debug, Clone)]
pub struct Voice([f64; PERCENTILES.len()]);

impl Voice {
    /// Of the pitches of somebody's speech, in Hz; `None` where there are too few.
    #[must_use]
    pub fn of(pitches: impl Iterator<Item = f64>) -> Option<Self> {
        let mut pitches: Vec<_> = pitches.collect();
        pitches.sort_by(f64::total_cmp);
        let semitones = |percent: usize| 12.0 * pitches[pitches.len() * percent / 100].log2();
        (pitches.len() >= MIN_FRAMES).then(|| Self(PERCENTILES.map(semitones)))
    }

    /// How far two voices lie apart, in semitones on average.
    #[must_use]
    pub fn distance(&self, other: &Self) -> f64 {
        self.0.iter().zip(&other.0).map(|(a, b)| (a - b).abs()).sum::<f64>() / self.0.len() as f64
    }

    /// Whether both may be one person's.
    #[must_use]
    pub fn is_near(&self, other: &Self) -> bool {
        self.distance(other) <= MAX_DISTANCE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pitch(rate: u32, hz: f64) -> Option<f64> {
        let mut tracker = PitchTracker::new(rate);
        for at in 0..rate / 5 {
            let phase = f64::from(at) / f64::from(rate) * hz * std::f64::consts::TAU;
            tracker.take(phase.sin() + (2.0 * phase).sin() + 0.7 * (3.0 * phase).sin());
        }
        tracker.pitch()
    }

    #[test]
    fn the_pitch_is_that_of_the_lowest_tone_at_every_rate() {
        for rate in [8000, 16_000, 22_050, 44_100, 48_000] {
            for hz in [90.0, 130.0, 210.0] {
                let found = pitch(rate, hz).unwrap();
                assert!((found / hz - 1.0).abs() < 0.04, "{rate} {hz} {found}");
            }
        }
        assert_eq!(PitchTracker::new(8000).pitch(), None);
    }
}
