//! Every container and codec: two channels, speech-like from 1 to 2.5 s in the left one and from 3 to 3.6 s in the right.

use audio::{Listen, Sound, hear};

fn heard(name: &str) -> Result<Sound, String> {
    let path = format!("{}/tests/formats/{name}", env!("CARGO_MANIFEST_DIR"));
    hear(std::fs::read(path).unwrap().into(), Listen::ForSpeech)
}

#[test]
fn speech_and_length_are_the_same_in_every_format() {
    for name in [
        "aac.m4a",
        "aac.aac",
        "aac.mp4",
        "vorbis.ogg",
        "vorbis.webm",
        "vorbis.mkv",
        "flac.flac",
        "pcm.wav",
        "mp3.mp3",
        "opus.webm",
    ] {
        let sound = heard(name).unwrap_or_else(|error| panic!("{name}: {error}"));
        // An MP4 says exactly how long it plays; the others end with a whole frame.
        let most_off = if name.contains(".m4a") || name.contains(".mp4") { 0.025 } else { 0.12 };
        assert!((sound.duration_s - 4.0).abs() <= most_off, "{name}: {}", sound.duration_s);
        assert_eq!(sound.channels.len(), 2, "{name}");
        for (channel, (start, end)) in sound.channels.iter().zip([(1.0, 2.5), (3.0, 3.6)]) {
            assert_eq!(channel.speech.len(), 1, "{name} {:?}", channel.speech);
            let span = channel.speech[0];
            assert!((span.start - start).abs() < 0.3 && (span.end - end).abs() < 0.3, "{name} {span:?}");
        }
    }
}
