//! Loudness and pitch of a channel, one value for every 20 ms.

use crate::audio::voice::PitchTracker;

/// Frames per second.
pub const FRAMES_PER_S: u32 = 50;
/// What silence measures, in dB below full scale.
pub const SILENCE_DB: f64 = -100.0;

/// What to listen for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listen {
    /// Loudness alone.
    ForSpeech,
    /// Pitch as well.
    ForVoices,
}

/// Takes samples as they are decoded and keeps one power value per frame.
#[derive(Debug)]
pub struct Meter {
    rate: u64,
    samples: u64,
    frame_ends: u64,
    power: f64,
    counted: u32,
    last_in: f64,
    last_out: f64,
    pitch: Option<PitchTracker>,
    frames: Frames,
}

/// What was measured, frame by frame.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    /// The mean power of every full frame.
    pub power: Vec<f64>,
    /// Its pitch in Hz, where it has one; nothing at all unless voices were listened for.
    pub pitch: Vec<Option<f64>>,
}

impl Meter {
    /// A meter for samples at `rate` per second; only for voices it follows the pitch too, which takes its time.
    #[must_use]
    pub fn new(rate: u32, listen: Listen) -> Self {
        let pitch = (listen == Listen::ForVoices).then(|| PitchTracker::new(rate));
        let rate = u64::from(rate.max(FRAMES_PER_S));
        Self {
            rate,
            samples: 0,
            frame_ends: rate / u64::from(FRAMES_PER_S),
            power: 0.0,
            counted: 0,
            last_in: 0.0,
            last_out: 0.0,
            pitch,
            frames: Frames::default(),
        }
    }

    /// Takes the next samples.
    pub fn take(&mut self, samples: &[f32]) {
        for sample in samples {
            // A constant offset and mains hum are not loudness: a high-pass of one pole takes them out.
            let input = f64::from(*sample);
            self.last_out = input - self.last_in + 0.99 * self.last_out;
            self.last_in = input;
            if let Some(pitch) = &mut self.pitch {
                pitch.take(input);
            }
            self.power += self.last_out * self.last_out;
            self.counted += 1;
            self.samples += 1;
            if self.samples >= self.frame_ends {
                self.close_frame();
            }
        }
    }

    /// Every full frame.
    #[must_use]
    pub fn finish(self) -> Frames {
        self.frames
    }

    fn close_frame(&mut self) {
        self.frames.power.push(self.power / f64::from(self.counted));
        if let Some(pitch) = &mut self.pitch {
            self.frames.pitch.push(pitch.pitch());
        }
        (self.power, self.counted) = (0.0, 0);
        // Counted from the start, so that a rate that is no multiple of 50 does not drift.
        self.frame_ends = (self.frames.power.len() as u64 + 1) * self.rate / u64::from(FRAMES_PER_S);
    }
}

/// Power in dB below full scale; what is no number counts as silence.
#[must_use]
pub fn decibel(power: f64) -> f64 {
    if power > 1e-10 { 10.0 * power.log10() } else { SILENCE_DB }
}

/// The mean power of every `count` frames; the rest at the end is left out.
#[must_use]
pub fn grouped(frames: &[f64], count: u32) -> Vec<f64> {
    let groups = frames.chunks_exact(count as usize);
    groups.map(|group| group.iter().sum::<f64>() / f64::from(count)).collect()
}
