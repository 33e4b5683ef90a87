//! Opus for symphonia, which reads the containers that hold it but has no decoder for it: what browsers record.

use opus_rs::OpusDecoder;
use symphonia::core::audio::{AsAudioBufferRef, AudioBuffer, AudioBufferRef, Channels, Signal, SignalSpec};
use symphonia::core::codecs::{CODEC_TYPE_OPUS, CodecDescriptor, CodecParameters, Decoder, DecoderOptions, FinalizeResult};
use symphonia::core::errors::{Error, Result};
use symphonia::core::formats::Packet;

/// Opus is always decoded at this rate, whatever was recorded.
const RATE: u32 = 48_000;
/// The longest packet: 120 ms.
const MAX_FRAMES: usize = 5760;
/// Where the header of an Opus stream says how many channels there are, how many samples come before the beginning,
/// and how its channels are coded: 0 is mono or stereo.
const CHANNELS_AT: usize = 9;
const PRE_SKIP_AT: usize = 10;
const FAMILY_AT: usize = 18;

/// Decodes Opus in mono and stereo.
pub struct Opus {
    params: CodecParameters,
    decoder: OpusDecoder,
    samples: Vec<f32>,
    decoded: AudioBuffer<f32>,
}

/// How many samples of a stream come before its beginning, as its header says.
#[must_use]
pub fn pre_skip(params: &CodecParameters) -> Option<u32> {
    let header = params.extra_data.as_deref().filter(|_| params.codec == CODEC_TYPE_OPUS)?;
    Some(u16::from_le_bytes(header.get(PRE_SKIP_AT..PRE_SKIP_AT + 2)?.try_into().ok()?).into())
}

fn decoder(channels: Channels) -> Result<OpusDecoder> {
    OpusDecoder::new(RATE.cast_signed(), channels.count()).map_err(Error::Unsupported)
}

impl Decoder for Opus {
    fn try_new(params: &CodecParameters, _: &DecoderOptions) -> Result<Self> {
        let header = params.extra_data.as_deref().unwrap_or_default();
        let channels = match (header.get(CHANNELS_AT), header.get(FAMILY_AT)) {
            (Some(1), Some(0)) => Channels::FRONT_LEFT,
            (Some(2), Some(0)) => Channels::FRONT_LEFT | Channels::FRONT_RIGHT,
            _ => return Err(Error::Unsupported("opus with more than two channels")),
        };
        let decoder = decoder(channels)?;
        let mut params = params.clone();
        params.with_sample_rate(RATE).with_channels(channels);
        let buffer = AudioBuffer::new(MAX_FRAMES as u64, SignalSpec::new(RATE, channels));
        Ok(Self { params, decoder, samples: vec![0.0; MAX_FRAMES * channels.count()], decoded: buffer })
    }

    fn supported_codecs() -> &'static [CodecDescriptor] {
        &[CodecDescriptor {
            codec: CODEC_TYPE_OPUS,
            short_name: "opus",
            long_name: "Opus",
            inst_func: |params, options| Ok(Box::new(Self::try_new(params, options)?)),
        }]
    }

    fn reset(&mut self) {
        // It was made once from the same numbers; where it cannot be made again, the old one goes on.
        if let Ok(fresh) = self.params.channels.map_or(Err(Error::ResetRequired), decoder) {
            self.decoder = fresh;
        }
    }

    fn codec_params(&self) -> &CodecParameters {
        &self.params
    }

    fn decode(&mut self, packet: &Packet) -> Result<AudioBufferRef<'_>> {
        let decoded = self.decoder.decode(packet.buf(), MAX_FRAMES, &mut self.samples);
        let frames = decoded.map_err(|_| Error::DecodeError("a broken opus packet"))?;
        self.decoded.clear();
        self.decoded.render_reserved(Some(frames));
        let channels = self.decoded.spec().channels.count();
        for channel in 0..channels {
            let samples = self.samples.iter().skip(channel).step_by(channels);
            self.decoded.chan_mut(channel).iter_mut().zip(samples).for_each(|(to, from)| *to = *from);
        }
        Ok(self.decoded.as_audio_buffer_ref())
    }

    fn finalize(&mut self) -> FinalizeResult {
        FinalizeResult::default()
    }

    fn last_decoded(&self) -> AudioBufferRef<'_> {
        self.decoded.as_audio_buffer_ref()
    }
}

impl std::fmt::Debug for Opus {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("Opus").field("channels", &self.params.channels).finish_non_exhaustive()
    }
}
