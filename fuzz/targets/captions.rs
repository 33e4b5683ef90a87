//! Any result as captions and text in any form, with any options that are taken: every caption ends after it begins, none begins before
//! the one before it ends, and no word is lost.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::transcript::{Format, Options, Transcript};

fuzz_target!(|data: &[u8]| {
    let Some((head, body)) = data.split_first_chunk::<4>() else { return };
    let [chars, lines, seconds, labels] = head.map(u64::from);
    let values = [
        ("maxCharsPerLine", (10 + chars % 91).to_string()),
        ("maxLines", (1 + lines % 4).to_string()),
        ("maxDurationS", (2 + seconds % 29).to_string()),
        ("speakerLabels", (labels % 2 == 0).to_string()),
    ];
    let values: Vec<_> = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let (Ok(options), Ok(transcript)) = (Options::default().with(&values), Transcript::read(body)) else { return };
    let cues = transcript.cues_with(&options);
    for pair in cues.windows(2) {
        assert!(pair[0].end_ms <= pair[1].start_ms, "captions overlap: {pair:?}");
    }
    assert!(cues.iter().all(|cue| cue.start_ms < cue.end_ms && !cue.spans.is_empty()), "{cues:?}");
    let has_words = transcript.segments.iter().any(|segment| !segment.words.is_empty());
    assert_eq!(has_words, !cues.is_empty());
    for format in [Format::Text, Format::Srt, Format::Vtt, Format::Json] {
        assert_eq!(
            transcript.write_with(format, &options).is_empty(),
            !has_words && matches!(format, Format::Text | Format::Srt)
        );
    }
});
