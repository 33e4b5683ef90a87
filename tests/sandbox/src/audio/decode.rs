//! Decoding, by symphonia: whatever it can read becomes frames of loudness and a duration.

use std::io::{Cursor, ErrorKind};

use axum::body::Bytes;
use symphonia::core::audio::SampleBuffer;
use symphonia::core::codecs::{CODEC_TYPE_NULL, Decoder, DecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader, Packet};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::probe::Hint;

use crate::audio::meter::{Frames, Listen, Meter};

/// What a decoder made of a file.
#[derive(Debug)]
pub struct Decoded {
    /// Length in seconds, counted in decoded samples.
    pub duration_s: f64,
    /// Frames of each channel.
    pub channels: Vec<Frames>,
}

/// Decodes the first audio track of a file.
///
/// # Errors
/// Why not, in a few words.
pub fn decode(file: Bytes, listen: Listen) -> Result<Decoded, String> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(file)), MediaSourceStreamOptions::default());
    // Nothing is trimmed (`enable_gapless` is off): other tools count an MP3's whole frames too, and two MP3s that
    // were joined are heard to their end.
    let probe = symphonia::default::get_probe();
    let probed = probe.format(&Hint::new(), source, &FormatOptions::default(), &MetadataOptions::default());
    let mut reader = probed.map_err(|_| "no audio format that can be read".to_owned())?.format;
    let track = reader.tracks().iter().find(|track| track.codec_params.codec != CODEC_TYPE_NULL);
    let track = track.ok_or("no audio track")?;
    let decoder = symphonia::default::get_codecs().make(&track.codec_params, &DecoderOptions::default());
    let decoder = decoder.map_err(|_| "no audio codec that can be read".to_owned())?;
    let mut tape = Tape::new(decoder, listen);
    let track_id = track.id;
    while let Some(packet) = next_packet(reader.as_mut()) {
        if packet.track_id() == track_id {
            tape.play(&packet)?;
        }
    }
    tape.finish()
}

fn next_packet(reader: &mut dyn FormatReader) -> Option<Packet> {
    loop {
        match reader.next_packet() {
            Ok(packet) => return Some(packet),
            Err(Error::DecodeError(_)) => {}
            // The end of a file is an error to symphonia; so is a track list that changes, where we stop.
            Err(_) => return None,
        }
    }
}

/// A decoder and what it has decoded so far.
struct Tape {
    decoder: Box<dyn Decoder>,
    listen: Listen,
    meters: Vec<Meter>,
    buffer: Option<SampleBuffer<f32>>,
    duration_s: f64,
    decoded: u64,
    broken: u64,
}

impl Tape {
    fn new(decoder: Box<dyn Decoder>, listen: Listen) -> Self {
        Self { decoder, listen, meters: Vec::new(), buffer: None, duration_s: 0.0, decoded: 0, broken: 0 }
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
        for (meter, samples) in self.meters.iter_mut().zip(buffer.samples().chunks_exact(frames)) {
            meter.take(samples);
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
