//! What RingCentral calls an encoding, found from a content type, the first bytes or a file's name.

/// The values of RingCentral's `encoding`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// MPEG audio: MP3, as call recordings are.
    Mpeg,
    /// MP4 and its relatives (M4A, MOV), as meetings are.
    Mp4,
    /// WAV.
    Wav,
    /// `WebM` and Matroska.
    Webm,
    /// RingCentral lists it; no audio format of that name is known.
    Webp,
    /// AAC without a container.
    Aac,
    /// AVI.
    Avi,
    /// Ogg: Vorbis and Opus.
    Ogg,
}

use Encoding::{Aac, Avi, Mp4, Mpeg, Ogg, Wav, Webm, Webp};

/// Name, content types and file extensions of each.
const KNOWN: &[(Encoding, &str, &[&str], &[&str]); 8] = &[
    (Mpeg, "Mpeg", &["audio/mpeg", "audio/mp3", "audio/mpeg3", "audio/x-mpeg", "audio/mpa"], &["mp3", "mpga", "mpa"]),
    (Mp4, "Mp4", &["audio/mp4", "video/mp4", "audio/x-m4a", "audio/m4a", "video/quicktime"], &["mp4", "m4a", "m4v", "mov"]),
    (Wav, "Wav", &["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"], &["wav", "wave"]),
    (Webm, "Webm", &["audio/webm", "video/webm", "video/x-matroska", "audio/x-matroska"], &["webm", "mkv", "mka"]),
    (Webp, "Webp", &[], &[]),
    (Aac, "Aac", &["audio/aac", "audio/aacp", "audio/x-aac"], &["aac"]),
    (Avi, "Avi", &["video/x-msvideo", "video/avi", "video/msvideo"], &["avi"]),
    (Ogg, "Ogg", &["audio/ogg", "video/ogg", "application/ogg", "audio/opus", "audio/vorbis"], &["ogg", "oga", "ogv", "opus"]),
];

impl Encoding {
    /// RingCentral's name of it.
    #[must_use]
    pub fn name(self) -> &'static str {
        KNOWN.iter().find(|known| known.0 == self).map_or("", |known| known.1)
    }

    /// What the name of such a file ends in, the usual one of them; nothing where there is none.
    #[must_use]
    pub fn extension(self) -> Option<&'static str> {
        KNOWN.iter().find(|known| known.0 == self).and_then(|known| known.3.first().copied())
    }

    /// RingCentral's names of all of them.
    pub const NAMES: &[&str] = &{
        let mut names = [""; KNOWN.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = KNOWN[at].1;
            at += 1;
        }
        names
    };

    /// The encoding of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        KNOWN.iter().find(|known| known.1 == name).map(|known| known.0)
    }

    /// The encoding that a `Content-Type` means.
    #[must_use]
    pub fn of_content_type(content_type: &str) -> Option<Self> {
        let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        KNOWN.iter().find(|known| known.2.contains(&essence.as_str())).map(|known| known.0)
    }

    /// The encoding that a path's extension means.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        KNOWN.iter().find(|known| known.3.contains(&extension.as_str())).map(|known| known.0)
    }

    /// The encoding that a file's first bytes mean; a dozen are enough, save for an ID3 tag.
    #[must_use]
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..]
            | [b'R', b'F', b'6', b'4', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Wav),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => Some(Avi),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Mp4),
            [b'O', b'g', b'g', b'S', ..] => Some(Ogg),
            [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(Webm),
            [b'I', b'D', b'3', ..] => Some(Mpeg),
            // An MPEG audio frame: layer bits 00 stand for ADTS, which is AAC.
            [0xFF, second, ..] if second & 0xF6 == 0xF0 => Some(Aac),
            [0xFF, second, third, ..] if second & 0xE0 == 0xE0 && second & 0x06 != 0 && third & 0xF0 != 0xF0 => Some(Mpeg),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_both_ways() {
        for name in ["Mpeg", "Mp4", "Wav", "Webm", "Webp", "Aac", "Avi", "Ogg"] {
            assert_eq!(Encoding::named(name).map(Encoding::name), Some(name));
        }
        assert_eq!(Encoding::named("MP3"), None);
    }

    #[test]
    fn content_types_and_paths_tell() {
        assert_eq!(Encoding::of_content_type("Audio/X-Wav; codecs=1"), Some(Wav));
        assert_eq!(Encoding::of_content_type("text/html"), None);
        assert_eq!(Encoding::of_path("/a.b/call.MP3"), Some(Mpeg));
        assert_eq!(Encoding::of_path("/a.mp3/call"), None);
    }

    #[test]
    fn first_bytes_tell() {
        assert_eq!(Encoding::of_bytes(b"RIFF\0\0\0\0WAVEfmt "), Some(Wav));
        assert_eq!(Encoding::of_bytes(b"RIFF\0\0\0\0AVI LIST"), Some(Avi));
        assert_eq!(Encoding::of_bytes(b"ID3\x04"), Some(Mpeg));
        assert_eq!(Encoding::of_bytes(&[0xFF, 0xFB, 0x90, 0x64]), Some(Mpeg));
        assert_eq!(Encoding::of_bytes(&[0xFF, 0xF1, 0x50]), Some(Aac));
        assert_eq!(Encoding::of_bytes(b"\0\0\0\x20ftypisom"), Some(Mp4));
        assert_eq!(Encoding::of_bytes(b"OggS"), Some(Ogg));
        assert_eq!(Encoding::of_bytes(&[0x1A, 0x45, 0xDF, 0xA3]), Some(Webm));
        for other in [&b"<!doctype html>"[..], b"", b"RIFF", &[0xFF], &[0xFF, 0xFF, 0xFF, 0xFF]] {
            assert_eq!(Encoding::of_bytes(other), None, "{other:?}");
        }
    }
}
