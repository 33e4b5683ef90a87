// Audio that nobody has heard before.

/** A WAV file: PCM, 16 bit; `sample(channel, second)` gives values from -1 to 1. */
export function wav({ seconds, rate = 16_000, channels = 1, sample = (_, t) => 0.3 * Math.sin(2 * Math.PI * 440 * t) }) {
  const frames = Math.round(seconds * rate);
  const data = Buffer.alloc(frames * channels * 2);
  for (let frame = 0; frame < frames; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      const value = Math.max(-1, Math.min(1, sample(channel, frame / rate)));
      data.writeInt16LE(Math.round(value * 32_767), (frame * channels + channel) * 2);
    }
  }
  const head = Buffer.alloc(44);
  head.write("RIFF");
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(channels, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * channels * 2, 28);
  head.writeUInt16LE(channels * 2, 32);
  head.writeUInt16LE(16, 34);
  head.write("data", 36);
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
