//! Headers that programs write when they do not know a length yet, put right before decoding.
//!
//! A WAV that was streamed says 0 or 4 GiB for its data; one that was cut off says more than it has; a large one is
//! an RF64. Players read on to the end of the file, and so do we.

use bytes::Bytes;

const CHUNK_HEAD: usize = 8;
const TAG_MP3: u16 = 0x0055;

/// The same audio with a header that tells the truth; what is not WAV passes unchanged.
#[must_use]
pub fn repair(file: Bytes) -> Bytes {
    let Some(wav) = Wav::find(&file) else { return file };
    if wav.format_tag == Some(TAG_MP3) {
        // An MP3 stream in a WAV coat: the coat is of no use to the decoder.
        return file.slice(wav.data_at..wav.data_at + wav.data_len);
    }
    if &file[..4] == b"RIFF" && wav.said_len == wav.data_len {
        return file;
    }
    let mut file = file[..wav.data_at + wav.data_len].to_vec();
    let riff_len = u32::try_from(file.len() - CHUNK_HEAD).unwrap_or(u32::MAX);
    let data_len = u32::try_from(wav.data_len).unwrap_or(u32::MAX);
    file[..4].copy_from_slice(b"RIFF");
    file[4..8].copy_from_slice(&riff_len.to_le_bytes());
    file[wav.data_at - 4..wav.data_at].copy_from_slice(&data_len.to_le_bytes());
    file.into()
}

/// Where the samples of a WAV file lie.
struct Wav {
    format_tag: Option<u16>,
    data_at: usize,
    data_len: usize,
    said_len: usize,
}

impl Wav {
    fn find(file: &[u8]) -> Option<Self> {
        let is_wav = file.len() >= 12 && (&file[..4] == b"RIFF" || &file[..4] == b"RF64") && &file[8..12] == b"WAVE";
        let (mut at, mut format_tag) = (12, None);
        if !is_wav {
            return None;
        }
        loop {
            let head = file.get(at..at + CHUNK_HEAD)?;
            let said_len = u32::from_le_bytes(head[4..].try_into().ok()?) as usize;
            let body = at + CHUNK_HEAD;
            if &head[..4] == b"data" {
                let left = file.len() - body;
                let known = said_len != 0 && said_len <= left;
                return Some(Self { format_tag, data_at: body, data_len: if known { said_len } else { left }, said_len });
            }
            if &head[..4] == b"fmt " {
                format_tag = file.get(body..body + 2).map(|tag| u16::from_le_bytes([tag[0], tag[1]]));
            }
            at = body.checked_add(said_len)?.checked_add(said_len % 2)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(riff: [u8; 4], said_len: u32) -> Bytes {
        let mut file = riff.to_vec();
        file.extend([0xFF; 4]);
        file.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data");
        file.extend(said_len.to_le_bytes());
        file.extend([7; 100]);
        file.into()
    }

    fn said_len(file: &[u8]) -> u32 {
        u32::from_le_bytes(file[40..44].try_into().unwrap())
    }

    #[test]
    fn an_unknown_or_wrong_length_becomes_the_real_one() {
        for said in [0, u32::MAX, 101] {
            assert_eq!(said_len(&repair(wav(*b"RIFF", said))), 100, "{said}");
        }
        assert_eq!(said_len(&repair(wav(*b"RF64", u32::MAX))), 100);
        assert_eq!(&repair(wav(*b"RF64", u32::MAX))[..4], b"RIFF");
    }

    #[test]
    fn a_true_header_stays() {
        assert_eq!(repair(wav(*b"RIFF", 60)), wav(*b"RIFF", 60));
        assert_eq!(repair(Bytes::from_static(b"RIFF")), "RIFF");
        assert_eq!(repair(Bytes::from_static(b"RIFF\0\0\0\0WAVEfmt \xff\xff\xff\xff")).len(), 20);
    }
}
