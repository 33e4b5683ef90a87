//! One enrolled voice: its samples, measured, and what they amount to.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;

use crate::ai::input::{ENCODINGS, Input};
use crate::ai::speech_to_text::rounded;
use crate::errors::Refusal;
use audio::voice::Voice;
use audio::{Listen, Sound};

/// With less speech than this a voice cannot be used yet, in seconds.
const COMPLETE_S: f64 = 12.0;
/// Seconds of speech from which a voice is better than `Poor`. Assumption: RingCentral's rule is unknown.
const QUALITIES: [(f64, &str); 3] = [(60.0, "High"), (30.0, "Good"), (COMPLETE_S, "Average")];

/// An enrolled voice.
#[derive(Debug, Default)]
pub struct Enrollment {
    speech_s: f64,
    audio_s: f64,
    pitches: Vec<f64>,
}

impl Enrollment {
    /// A voice with its first sample.
    #[must_use]
    pub fn of(sound: Sound) -> Self {
        let mut enrollment = Self::default();
        enrollment.add(sound);
        enrollment
    }

    /// Takes one sample more.
    pub fn add(&mut self, sound: Sound) {
        self.audio_s += sound.duration_s;
        for channel in sound.channels {
            self.speech_s += channel.talk_s();
            self.pitches.extend(channel.spoken());
        }
    }

    /// Whether there is enough speech to know the voice by.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.speech_s >= COMPLETE_S
    }

    /// The voice, once it is complete.
    #[must_use]
    pub fn voice(&self) -> Option<Voice> {
        if self.is_complete() { Voice::of(self.pitches.iter().copied()) } else { None }
    }

    /// The `EnrollmentStatus`. Assumption: of the two durations, whose descriptions look swapped, `totalSpeechDuration`
    /// is the speech, as its name says.
    #[must_use]
    pub fn status(&self, id: &str) -> Value {
        let quality = QUALITIES.iter().find(|(from_s, _)| self.speech_s >= *from_s).map_or("Poor", |(_, name)| name);
        json!({
            "speakerId": id,
            "enrollmentComplete": self.is_complete(),
            "totalSpeechDuration": rounded(self.speech_s, 100.0),
            "totalEnrollDuration": rounded(self.audio_s, 100.0),
            "enrollmentQuality": quality,
        })
    }
}

/// Reads, decodes and measures the sample in a request.
///
/// # Errors
/// 400 that names the field.
pub async fn sample(input: Input) -> Result<Sound, Refusal> {
    input.required_one_of("encoding", ENCODINGS)?;
    input.optional("languageCode", "String", Value::is_string)?;
    let rule = "It should be base64 of an audio file";
    let refuse = || Refusal::ai("content", rule);
    let measuring = spawn_blocking(move || {
        let file = STANDARD.decode(input.text("content")?).ok().filter(|file| !file.is_empty())?;
        audio::hear(file.into(), Listen::ForVoices).ok()
    });
    measuring.await.ok().flatten().ok_or_else(refuse)
}
