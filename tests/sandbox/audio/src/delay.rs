//! Samples that a coder put before the beginning of a recording: the clock starts after them.

use symphonia::core::codecs::CodecParameters;

use crate::opus;

const BOX_HEAD: usize = 8;

/// Which part of a decoded track is the recording.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Cut {
    /// Samples that come before its beginning.
    pub delay: u64,
    /// Its length in seconds, where the container tells: without what the coder put before and behind it.
    pub length_s: Option<f64>,
}

/// The part of the audio track of a file that its container or codec tells of.
#[must_use]
pub fn cut(file: &[u8], params: &CodecParameters) -> Cut {
    if let Some((edit, rate)) = Edit::find(file).zip(params.sample_rate) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast of a float ends at the limits")]
        let delay = (edit.start_s * f64::from(rate)).round() as u64;
        return Cut { delay, length_s: edit.length_s };
    }
    let told = params.delay.or_else(|| opus::pre_skip(params));
    Cut { delay: told.map_or(0, u64::from), length_s: None }
}

/// The part of a track that an MP4 plays: the first entry of its edit list that is no pause.
#[derive(Debug, PartialEq)]
struct Edit {
    start_s: f64,
    length_s: Option<f64>,
}

impl Edit {
    fn find(file: &[u8]) -> Option<Self> {
        if file.get(4..8)? != b"ftyp" {
            return None;
        }
        let movie = find(file, &[b"moov"])?;
        let mut tracks = boxes(movie).filter(|(name, _)| name == b"trak").map(|(_, track)| track);
        let sounds = |track: &&[u8]| find(track, &[b"mdia", b"hdlr"]).is_some_and(|handler| handler.get(8..12) == Some(b"soun"));
        let track = tracks.find(sounds)?;
        let track_scale = timescale(find(track, &[b"mdia", b"mdhd"])?)?;
        let list = find(track, &[b"edts", b"elst"])?;
        let width = if list.first()? == &1 { 8 } else { 4 };
        let pause = if width == 8 { u64::MAX } else { u32::MAX.into() };
        let entries = list.get(8..)?.chunks_exact(2 * width + 4);
        let mut parts = entries.filter_map(|entry| number(entry, 0, width).zip(number(entry, width, width)));
        let (length, start) = parts.find(|(_, start)| *start != pause)?;
        // A file that was written while it was recorded says 0; one with several parts is longer than its first.
        let movie_scale = find(movie, &[b"mvhd"]).and_then(timescale).filter(|_| length > 0 && parts.next().is_none());
        Some(Self { start_s: start as f64 / track_scale, length_s: movie_scale.map(|scale| length as f64 / scale) })
    }
}

/// Units to a second, as the header of a movie or a track says.
fn timescale(header: &[u8]) -> Option<f64> {
    let scale = number(header, if header.first()? == &1 { 20 } else { 12 }, 4)?;
    (scale > 0).then_some(scale as f64)
}

fn find<'a>(inside: &'a [u8], path: &[&[u8; 4]]) -> Option<&'a [u8]> {
    path.iter().try_fold(inside, |inside, wanted| boxes(inside).find(|(name, _)| &name == wanted).map(|(_, body)| body))
}

/// Names and bodies of the boxes of an MP4, up to the first that does not fit.
fn boxes(mut rest: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    std::iter::from_fn(move || {
        let name = rest.get(4..BOX_HEAD)?.try_into().ok()?;
        // 1: the length stands behind the name, in eight bytes; 0: up to the end.
        let (head, length) = match number(rest, 0, 4)? {
            1 => (2 * BOX_HEAD, usize::try_from(number(rest, BOX_HEAD, 8)?).ok()?),
            0 => (BOX_HEAD, rest.len()),
            length => (BOX_HEAD, usize::try_from(length).ok()?),
        };
        let body = rest.get(head..length)?;
        rest = &rest[length..];
        Some((name, body))
    })
}

fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let digits = bytes.get(at..at + width)?;
    Some(digits.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + BOX_HEAD).unwrap();
        [&length.to_be_bytes()[..], &name, body].concat()
    }

    fn track(kind: [u8; 4], edits: &[[u32; 3]]) -> Vec<u8> {
        let edits: Vec<u8> = edits.iter().flatten().flat_map(|number| number.to_be_bytes()).collect();
        let edits = boxed(*b"elst", &[&[0; 8], &edits[..]].concat());
        let media = [
            boxed(*b"mdhd", &[&[0; 12][..], &8000_u32.to_be_bytes(), &[0; 8]].concat()),
            boxed(*b"hdlr", &[&[0; 8], &kind[..]].concat()),
        ];
        boxed(*b"trak", &[boxed(*b"edts", &edits), boxed(*b"mdia", &media.concat())].concat())
    }

    fn file(tracks: &[Vec<u8>]) -> Vec<u8> {
        let header = boxed(*b"mvhd", &[&[0; 12][..], &1000_u32.to_be_bytes()].concat());
        [boxed(*b"ftyp", b"isom"), boxed(*b"moov", &[header, tracks.concat()].concat())].concat()
    }

    #[test]
    fn the_edit_list_of_the_sound_is_read_after_a_pause() {
        let (picture, sound) = (track(*b"vide", &[[1, 9, 1]]), track(*b"soun", &[[5, u32::MAX, 1], [9, 1024, 1]]));
        let mp4 = file(&[picture.clone(), sound]);
        assert_eq!(Edit::find(&mp4), Some(Edit { start_s: 0.128, length_s: Some(0.009) }));
        let expected = Cut { delay: 2048, length_s: Some(0.009) };
        assert_eq!(cut(&mp4, CodecParameters::new().with_sample_rate(16_000)), expected);
        let two_parts = file(&[track(*b"soun", &[[9, 1024, 1], [9, 4096, 1]])]);
        assert_eq!(Edit::find(&two_parts), Some(Edit { start_s: 0.128, length_s: None }));
        for end in 0..mp4.len() {
            assert_eq!(Edit::find(&mp4[..end]), None, "{end}");
        }
        assert_eq!(Edit::find(&file(&[picture])), None);
        assert_eq!(Edit::find(&[0; 40]), None);
    }

    #[test]
    fn what_a_codec_tells_counts_where_no_list_says_other() {
        assert_eq!(cut(b"", CodecParameters::new().with_delay(1105).with_sample_rate(8000)).delay, 1105);
        assert_eq!(cut(b"", &CodecParameters::new()), Cut::default());
    }
}
