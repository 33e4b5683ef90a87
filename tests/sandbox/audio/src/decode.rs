//! Decoding, by symphonia and for Opus by [`opus`](crate::opus): whatever it can read becomes frames of loudness and a duration.

use std::io::{Cursor, ErrorKind};
use std::sync::LazyLock;

use bytes::Bytes;
use symphonia::core::audio::SampleBuffer;
use symphonia::core::codecs::{CODEC_TYPE_NULL, CodecRegistry, Decoder, DecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, Packet};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::probe::Hint;

use crate::delay;
use crate::meter::{Frames, Listen, Meter};
use crate::opus::Opus;

/// A damaged MP4 can stand still at one broken packet for ever; after so many in a row it has ended.
const MAX_BROKEN: usize = 1000;

static CODECS: LazyLock<CodecRegistry> = LazyLock::new(|| {
    let mut codecs = CodecRegistry::new();
    symphonia::default::register_enabled_codecs(&mut codecs);
    codecs.register_all::<Opus>();
    codecs
});

/// What a decoder made of a file.
#[derive(Debug)]
pub struct Decoded {
    /// Length in seconds, counted in decoded samples; no more than its container plays.
    pub duration_s: f64,
    /// Frames of each channel, the first one at the beginning of the recording.
    pub channels: Vec<Frames>,
}

/// Decodes the first audio track of a file.
///
/// # Errors
/// Why not, in a few words.
pub fn decode(file: &Bytes, listen: Listen) -> Result<Decoded, String> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(file.clone())), MediaSourceStreamOptions::default());
    // Nothing is trimmed (`enable_gapless` is off): other tools count an MP3's whole frames too, and two MP3s that
    // were joined are heard to their end.
    let probe = symphonia::default::get_probe();
    let probed = probe.format(&Hint::new(), source, &FormatOptions::default(), &MetadataOptions::default());
    let mut reader = probed.map_err(|_| "no audio format that can be read".to_owned())?.format;
    let track = reader.tracks().iter().find(|track| track.codec_params.codec != CODEC_TYPE_NULL);
    let track = track.ok_or("no audio track")?;
    let decoder = CODECS.make(&track.codec_params, &DecoderOptions::default());
    let decoder = decoder.map_err(|_| "no audio codec that can be read".to_owned())?;
    let cut = delay::cut(file, &track.codec_params);
    let mut tape = Tape::new(decoder, listen, cut.delay);
    let track_id = track.id;
    while let Some(packet) = next_packet(reader.as_mut()) {
        if packet.track_id() == track_id {
            tape.play(&packet)?;
        }
    }
    let mut whole = tape.finish()?;
    whole.duration_s = cut.length_s.map_or(whole.duration_s, |length_s| length_s.min(whole.duration_s));
    Ok(whole)
}

fn next_packet(reader: &mut dyn FormatReader) -> Option<Packet> {
    for _ in 0..MAX_BROKEN {
        match reader.next_packet() {
            Ok(packet) => return Some(packet),
            Err(Error::DecodeError(_)) => {}
            // The end of a file is an error to symphonia; so is a track list that changes, where we stop.
            Err(_) => return None,
        }
    }
    None
}

/// A decoder and what it has decoded so far.
struct Tape {
    decoder: Box<dyn Decoder>,
    listen: Listen,
    /// Samples that are still to come before the beginning.
    delay: u64,
    meters: Vec<Meter>,
    buffer: Option<SampleBuffer<f32>>,
    duration_s: f64,
    decoded: u64,
    broken: u64,
}

impl Tape {
    fn new(decoder: Box<dyn Decoder>, listen: Listen, delay: u64) -> Self {
        Self { decoder, listen, delay, meters: Vec::new(), buffer: None, duration_s: 0.0, decoded: 0, broken: 0 }
    }

    fn play(&mut self, packet: &Packet) -> Result<(), String> {
        let audio = match self.decoder.decode(packet) {
            Ok(audio) => audio,
            Err(Error::DecodeError(_)) => {
                self.broken += 1;
                return Ok(());
            }
            Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            Err(_) => return Err("the audio cannot be decoded".to_owned()),
        };
        let (spec, frames) = (*audio.spec(), audio.frames());
        if frames == 0 || spec.rate == 0 {
            return Ok(());
        }
        self.decoded += 1;
        self.duration_s += frames as f64 / f64::from(spec.rate);
        let needed = frames * spec.channels.count();
        let buffer = match &mut self.buffer {
            Some(buffer) if buffer.capacity() >= needed => buffer,
            buffer => buffer.insert(SampleBuffer::new(audio.capacity() as u64, spec)),
        };
        buffer.copy_planar_ref(audio);
        if self.meters.is_empty() {
            self.meters = (0..spec.channels.count()).map(|_| Meter::new(spec.rate, self.listen)).collect();
        }
        let early = usize::try_from(self.delay).map_or(frames, |delay| delay.min(frames));
        self.delay -= early as u64;
        for (meter, samples) in self.meters.iter_mut().zip(buffer.samples().chunks_exact(frames)) {
            meter.take(&samples[early..]);
        }
        Ok(())
    }

    fn finish(self) -> Result<Decoded, String> {
        // Random bytes hold things that look like MP3 frames: where most of them break, it is not audio.
        if self.decoded == 0 || self.broken > self.decoded {
            return Err("the audio cannot be decoded".to_owned());
        }
        let channels = self.meters.into_iter().map(Meter::finish).collect();
        Ok(Decoded { duration_s: self.duration_s, channels })
    }
}
