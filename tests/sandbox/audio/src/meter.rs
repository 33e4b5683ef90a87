//! Loudness and pitch of a channel and whether it is a tone, one value for every 20 ms.

use std::f64::consts::TAU;

use crate::tone::ToneTracker;
use crate::voice::PitchTracker;

/// Frames per second.
pub const FRAMES_PER_S: u32 = 50;
/// What silence measures, in dB below full scale.
pub const SILENCE_DB: f64 = -100.0;
/// In sounds that are quieter than this no tone is looked for.
const INAUDIBLE: f64 = 1e-8;
/// Below this is a constant offset and mains hum, and little of a voice.
const LOWEST_HZ: f64 = 200.0;
/// How a filter of the fourth order is made of two of the second, so that nothing above swells (Butterworth).
const QUALITIES: [f64; 2] = [0.541_196_1, 1.306_563];

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
    high_pass: [HighPass; QUALITIES.len()],
    tone: ToneTracker,
    pitch: Option<PitchTracker>,
    frames: Frames,
}

/// What was measured, frame by frame.
#[derive(Debug, Clone, Default)]
pub struct Frames {
    /// The mean power of every full frame.
    pub power: Vec<f64>,
    /// Whether it is a tone.
    pub tone: Vec<bool>,
    /// Its pitch in Hz, where it has one; nothing at all unless voices were listened for.
    pub pitch: Vec<Option<f64>>,
}

impl Meter {
    /// A meter for samples at `rate` per second; only for voices it follows the pitch too, which takes its time.
    #[must_use]
    pub fn new(rate: u32, listen: Listen) -> Self {
        let pitch = (listen == Listen::ForVoices).then(|| PitchTracker::new(rate));
        let (high_pass, tone) = (QUALITIES.map(|quality| HighPass::new(rate, quality)), ToneTracker::new(rate));
        let rate = u64::from(rate.max(FRAMES_PER_S));
        Self {
            rate,
            samples: 0,
            frame_ends: rate / u64::from(FRAMES_PER_S),
            power: 0.0,
            counted: 0,
            high_pass,
            tone,
            pitch,
            frames: Frames::default(),
        }
    }

    /// Takes the next samples.
    pub fn take(&mut self, samples: &[f32]) {
        for sample in samples {
            let input = f64::from(*sample);
            let output = self.high_pass.iter_mut().fold(input, |sample, filter| filter.pass(sample));
            self.tone.take(output);
            if let Some(pitch) = &mut self.pitch {
                pitch.take(input);
            }
            self.power += output * output;
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
        let power = self.power / f64::from(self.counted);
        self.frames.power.push(power);
        self.frames.tone.push(power > INAUDIBLE && self.tone.is_tone());
        if let Some(pitch) = &mut self.pitch {
            self.frames.pitch.push(pitch.pitch());
        }
        (self.power, self.counted) = (0.0, 0);
        // Counted from the start, so that a rate that is no multiple of 50 does not drift.
        self.frame_ends = (self.frames.power.len() as u64 + 1) * self.rate / u64::from(FRAMES_PER_S);
    }
}

/// A high-pass of the second order (in direct form 1).
#[derive(Debug)]
struct HighPass {
    gain: f64,
    back: [f64; 2],
    inputs: [f64; 2],
    outputs: [f64; 2],
}

impl HighPass {
    fn new(rate: u32, quality: f64) -> Self {
        let (sin, cos) = (TAU * (LOWEST_HZ / f64::from(rate.max(1))).min(0.45)).sin_cos();
        let width = sin / (2.0 * quality);
        let scale = 1.0 + width;
        let back = [-2.0 * cos / scale, (1.0 - width) / scale];
        Self { gain: f64::midpoint(1.0, cos) / scale, back, inputs: [0.0; 2], outputs: [0.0; 2] }
    }

    fn pass(&mut self, input: f64) -> f64 {
        let fresh = self.gain * (input - 2.0 * self.inputs[0] + self.inputs[1]);
        let output = fresh - self.back[0] * self.outputs[0] - self.back[1] * self.outputs[1];
        // A sample that is no number would stay in the filter for ever.
        let output = if output.is_finite() { output } else { 0.0 };
        self.inputs = [input, self.inputs[0]];
        self.outputs = [output, self.outputs[0]];
        output
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
