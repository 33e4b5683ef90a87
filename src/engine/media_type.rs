//! What kind of media a file is, from its first bytes.

/// What begins, so many bytes into a file, with these.
type Mark = (usize, &'static [u8]);

/// Types with all the marks that a file of theirs has; the first that fits is it.
const KNOWN: &[(&str, &[Mark])] = &[
    ("audio/wav", &[(0, b"RIFF"), (8, b"WAVE")]),
    ("audio/wav", &[(0, b"RIFX"), (8, b"WAVE")]),
    ("audio/wav", &[(0, b"RF64"), (8, b"WAVE")]),
    ("video/x-msvideo", &[(0, b"RIFF"), (8, b"AVI ")]),
    ("audio/mp4", &[(4, b"ftypM4A")]),
    ("audio/mp4", &[(4, b"ftypM4B")]),
    ("video/quicktime", &[(4, b"ftypqt")]),
    ("video/mp4", &[(4, b"ftyp")]),
    // QuickTime had no name in front in its first ten years.
    ("video/quicktime", &[(4, b"moov")]),
    ("video/quicktime", &[(4, b"mdat")]),
    ("video/quicktime", &[(4, b"wide")]),
    ("audio/ogg", &[(0, b"OggS")]),
    // WebM is Matroska; to tell them apart nobody needs.
    ("video/webm", &[(0, b"\x1A\x45\xDF\xA3")]),
    ("audio/aac", &[(0, b"ADIF")]),
    ("audio/flac", &[(0, b"fLaC")]),
    ("audio/aiff", &[(0, b"FORM"), (8, b"AIF")]),
    ("audio/basic", &[(0, b".snd")]),
    ("audio/x-caf", &[(0, b"caff")]),
    ("audio/amr", &[(0, b"#!AMR")]),
    ("video/x-ms-asf", &[(0, b"\x30\x26\xB2\x75\x8E\x66\xCF\x11")]),
    ("video/x-flv", &[(0, b"FLV\x01")]),
    ("video/mpeg", &[(0, b"\x00\x00\x01\xBA")]),
    // What is dropped by mistake, or stands where media was.
    ("application/pdf", &[(0, b"%PDF-")]),
    ("application/zip", &[(0, b"PK\x03\x04")]),
    ("image/png", &[(0, b"\x89PNG")]),
    ("image/jpeg", &[(0, b"\xFF\xD8\xFF")]),
    ("text/html", &[(0, b"<!doctype")]),
    ("text/html", &[(0, b"<!DOCTYPE")]),
    ("text/html", &[(0, b"<html")]),
];

const MPEG: &str = "audio/mpeg";
/// An ID3 tag's head, whose last four bytes are its length.
const ID3_HEAD: usize = 10;

/// The type of a file that begins so; none where nothing tells, as with samples that have no container at all.
#[must_use]
pub fn media_type(beginning: &[u8]) -> Option<&'static str> {
    if beginning.starts_with(b"ID3") {
        // The tag stands in front of MPEG audio, as a rule; AAC has it too.
        let sound = tag_end(beginning).and_then(|end| beginning.get(end..));
        return Some(sound.and_then(frame).unwrap_or(MPEG));
    }
    let has = |(at, mark): &Mark| beginning.get(*at..).is_some_and(|rest| rest.starts_with(mark));
    let known = KNOWN.iter().find(|(_, marks)| marks.iter().all(has)).map(|known| known.0);
    known.or_else(|| frame(beginning))
}

/// Where an ID3 tag ends: seven bits a byte.
fn tag_end(beginning: &[u8]) -> Option<usize> {
    let length = beginning.get(ID3_HEAD - 4..ID3_HEAD)?;
    Some(length.iter().fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F)) + ID3_HEAD)
}

/// The type of sound that begins with a frame, without a container.
fn frame(sound: &[u8]) -> Option<&'static str> {
    match sound {
        // Layer bits 00 stand for ADTS, which is AAC.
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => Some("audio/aac"),
        // A mark of the order of UTF-16's bytes is no frame.
        [0xFF, 0xFE, ..] => None,
        [0xFF, second, third, ..] if second & 0xE0 == 0xE0 && second & 0x06 != 0 && third & 0xF0 != 0xF0 => Some(MPEG),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_the_type() {
        let table: &[(&[u8], &str)] = &[
            (b"RIFF\0\0\0\0WAVEfmt ", "audio/wav"),
            (b"RF64\xFF\xFF\xFF\xFFWAVEds64", "audio/wav"),
            (b"RIFX\0\0\0\0WAVEfmt ", "audio/wav"),
            (b"RIFF\0\0\0\0AVI LIST", "video/x-msvideo"),
            (b"\0\0\0\x20ftypisom", "video/mp4"),
            (b"\0\0\0\x1Cftyp3gp4", "video/mp4"),
            (b"\0\0\0\x20ftypM4A ", "audio/mp4"),
            (b"\0\0\0\x14ftypqt  ", "video/quicktime"),
            (b"\0\0\0\x08wide\0\0", "video/quicktime"),
            (b"OggS\0\x02", "audio/ogg"),
            (b"\x1A\x45\xDF\xA3\x9F", "video/webm"),
            (b"\xFF\xFB\x90\x64", "audio/mpeg"),
            (b"\xFF\xF3\x84\xC4", "audio/mpeg"),
            (b"\xFF\xFD\x84\xC4", "audio/mpeg"),
            (b"\xFF\xF1\x50\x80", "audio/aac"),
            (b"ADIF", "audio/aac"),
            (b"ID3\x04", "audio/mpeg"),
            (b"ID3\x04\0\0\0\0\0\x02\0\0\xFF\xF1\x50", "audio/aac"),
            (b"ID3\x04\0\0\0\0\0\x02\0\0\xFF\xFB\x90", "audio/mpeg"),
            (b"ID3\x04\0\0\0\0\x7F\x7F", "audio/mpeg"),
            (b"fLaC\0\0\0\x22", "audio/flac"),
            (b"FORM\0\0\0\0AIFC", "audio/aiff"),
            (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11\xA6", "video/x-ms-asf"),
            (b"%PDF-1.7", "application/pdf"),
            (b"<!doctype html>", "text/html"),
        ];
        for (beginning, expected) in table {
            assert_eq!(media_type(beginning), Some(*expected), "{beginning:?}");
        }
    }

    #[test]
    fn what_has_no_mark_has_no_type() {
        for other in [
            &b""[..],
            b"RIFF",
            b"RIFF\0\0\0\0CDXA",
            b"\xFF",
            b"\xFF\xFF\xFF\xFF",
            b"\xFF\xFEh\0",
            b"\0\0\x10\0\x11\0",
            b"so it goes",
        ] {
            assert_eq!(media_type(other), None, "{other:?}");
        }
    }
}
