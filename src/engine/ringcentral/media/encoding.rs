//! What RingCentral calls an encoding, found from a content type or a file's name.

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
}
