//! The forms that a transcript can be written in.

/// A form of a transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text, a line per segment.
    Text,
    /// `SubRip` captions.
    Srt,
    /// `WebVTT` captions, speakers as voices.
    Vtt,
    /// The model itself, times in seconds.
    Json,
}

impl Format {
    /// The form with that file extension: `txt`, `srt`, `vtt` or `json`.
    #[must_use]
    pub fn named(extension: &str) -> Option<Self> {
        match extension {
            "txt" => Some(Self::Text),
            "srt" => Some(Self::Srt),
            "vtt" => Some(Self::Vtt),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// The media type to serve it with.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Srt => "application/x-subrip; charset=utf-8",
            Self::Vtt => "text/vtt; charset=utf-8",
            Self::Json => "application/json",
        }
    }
}
