//! Laws that hold for whatever a payload says.

use crate::transcript::layout::{MAX_LINE_CHARS, MAX_LINES};
use crate::transcript::letters::{has_words, heard, tokens};
use crate::transcript::{Cue, Format, Segment, Transcript};
use proptest::prelude::*;
use serde_json::{Value, json};

fn seconds() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (0u32..40_000).prop_map(|ms| json!(f64::from(ms) / 1000.0)),
        1 => any::<f64>().prop_filter("JSON has no such numbers", |x| x.is_finite()).prop_map(Value::from),
        1 => Just(Value::Null),
        1 => (0u32..99).prop_map(|s| json!(s.to_string())),
    ]
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![6 => "[a-zA-Z]{1,9}[.,?!]?", 1 => "\\PC{0,60}", 1 => "[-<>&% \n]{1,4}", 1 => "[a-z]{40,130}", 1 => ".{0,5}"]
}

fn speaker() -> impl Strategy<Value = Value> {
    prop_oneof![3 => Just(Value::Null), 4 => (0u8..3).prop_map(|id| json!(id.to_string())), 1 => any::<u8>().prop_map(Value::from), 1 => ".{0,50}".prop_map(Value::from)]
}

fn timed(key: &'static str) -> impl Strategy<Value = Value> {
    (word(), seconds(), seconds(), speaker())
        .prop_map(move |(word, start, end, speaker)| json!({key: word, "start": start, "end": end, "speakerId": speaker}))
}

fn utterance() -> impl Strategy<Value = Value> {
    let text = prop::collection::vec(word(), 0..12).prop_map(|words| words.join(" "));
    (text, seconds(), seconds(), speaker(), prop::collection::vec(timed("word"), 0..8))
        .prop_map(|(text, start, end, speaker, words)| json!({"text": text, "start": start, "end": end, "speakerId": speaker, "wordTimings": words}))
}

fn transcript_of(response: &Value) -> Option<Transcript> {
    Transcript::read(json!({"status": "Success", "response": response}).to_string().as_bytes()).ok()
}

fn words_of<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    texts.flat_map(tokens).map(std::borrow::Cow::into_owned).collect()
}

fn texts<'a>(list: &'a [Value], key: &str) -> Vec<&'a str> {
    list.iter().filter_map(|value| value[key].as_str()).collect()
}

fn said(transcript: &Transcript) -> Vec<String> {
    transcript.segments.iter().flat_map(|segment| &segment.words).map(|word| word.text.clone()).collect()
}

fn sorted(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    texts
}

/// The times of a transcript: segments in the order of their starts, words one after the other within their segment.
fn assert_in_time(transcript: &Transcript) {
    assert!(transcript.segments.is_sorted_by_key(|segment| segment.start_ms), "{transcript:?}");
    for segment in &transcript.segments {
        let inner = segment.words.iter().flat_map(|word| [word.start_ms, word.end_ms]);
        let times: Vec<u64> = [segment.start_ms].into_iter().chain(inner).chain([segment.end_ms]).collect();
        assert!(times.is_sorted() && !segment.words.is_empty(), "{segment:?}");
    }
}

/// What holds for every transcript.
fn assert_lawful(transcript: &Transcript) {
    assert_shown_well(&transcript.cues(), &said(transcript));
    assert_captions_as_meant(transcript);
    assert_json_as_meant(transcript);
    assert_in_time(transcript);
    let lines = transcript.segments.iter().map(Segment::text);
    let text = transcript.write(Format::Text);
    assert!(text.lines().zip(lines).all(|(line, text)| line.ends_with(&text)), "{text}");
}

fn assert_shown_well(cues: &[Cue], words: &[String]) {
    for cue in cues {
        assert!((1000..=7000).contains(&(cue.end_ms - cue.start_ms)), "{cue:?}");
        assert!((1..=MAX_LINES).contains(&cue.lines.len()), "{cue:?}");
        for line in &cue.lines {
            assert!((1..=MAX_LINE_CHARS).contains(&line.chars().count()) && line.trim() == line, "{cue:?}");
        }
    }
    for pair in cues.windows(2) {
        assert!(pair[0].end_ms <= pair[1].start_ms, "{pair:?}");
    }
    let shown: String = cues.iter().flat_map(|cue| &cue.lines).flat_map(|line| line.chars()).filter(|c| *c != ' ').collect();
    assert_eq!(shown, words.concat());
}

fn ms(clock: &str) -> u64 {
    let parts: Vec<u64> = clock.split([':', ',', '.']).map(|part| part.parse().unwrap()).collect();
    let [hours, minutes, seconds, ms] = parts[..] else { panic!("{clock}") };
    ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
}

/// Start, end and lines of every block that has times.
fn blocks(captions: &str) -> Vec<(u64, u64, Vec<&str>)> {
    let block = |block: &'_ str| {
        let (head, lines) =
            block.split_once(" --> ").map(|(head, rest)| (head.lines().last().unwrap_or_default().to_owned(), rest))?;
        let (end, _) = lines.split_once('\n')?;
        Some((ms(&head), ms(end)))
    };
    let parsed = captions.split("\n\n").filter_map(|text| Some((block(text)?, text)));
    parsed
        .map(|((start, end), text)| (start, end, text.lines().skip_while(|line| !line.contains(" --> ")).skip(1).collect()))
        .collect()
}

fn assert_captions_as_meant(transcript: &Transcript) {
    let cues = transcript.cues();
    let times: Vec<_> = cues.iter().map(|cue| (cue.start_ms, cue.end_ms)).collect();
    let (srt, vtt) = (transcript.write(Format::Srt), transcript.write(Format::Vtt));
    let unescape = |line: &str| line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let (srt, vtt) = (blocks(&srt), blocks(&vtt));
    assert_eq!(srt.iter().map(|block| (block.0, block.1)).collect::<Vec<_>>(), times);
    assert_eq!(vtt.iter().map(|block| (block.0, block.1)).collect::<Vec<_>>(), times);
    for ((srt, vtt), cue) in srt.iter().zip(&vtt).zip(&cues) {
        assert!(srt.2.len() <= MAX_LINES && srt.2.iter().all(|line| line.chars().count() <= MAX_LINE_CHARS), "{srt:?}");
        let shown = vtt.2.join("\n");
        let text = match &cue.speaker {
            None => shown,
            Some(speaker) => {
                let (voice, text) = shown.strip_prefix("<v ").unwrap().split_once('>').unwrap();
                assert_eq!(&unescape(voice), speaker);
                text.strip_suffix("</v>").unwrap().to_owned()
            }
        };
        assert_eq!(unescape(&text).lines().collect::<Vec<_>>(), cue.lines);
    }
}

fn assert_json_as_meant(transcript: &Transcript) {
    let value: Value = serde_json::from_str(&transcript.write(Format::Json)).unwrap();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "times are in range")]
    let ms = |seconds: &Value| (seconds.as_f64().unwrap() * 1000.0).round() as u64;
    let segments = value["segments"].as_array().unwrap();
    assert_eq!(segments.len(), transcript.segments.len());
    for (read, segment) in segments.iter().zip(&transcript.segments) {
        assert_eq!(
            (read["speaker"].as_str(), read["text"].as_str()),
            (segment.speaker.as_deref(), Some(segment.text().as_str()))
        );
        assert_eq!((ms(&read["start"]), ms(&read["end"])), (segment.start_ms, segment.end_ms));
        for (read, word) in read["words"].as_array().unwrap().iter().zip(&segment.words) {
            assert_eq!(
                (ms(&read["start"]), ms(&read["end"]), read["word"].as_str()),
                (word.start_ms, word.end_ms, Some(word.text.as_str()))
            );
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Transcript::read(&bytes);
    }

    #[test]
    fn words_come_once(words in prop::collection::vec(timed("word"), 0..60), joined in any::<bool>()) {
        let expected = words_of(texts(&words, "word").into_iter());
        prop_assume!(expected.iter().any(|word| heard(word).letters > 0));
        let transcript = if joined { expected.join(" ") } else { "Zzz qqq.".into() };
        let transcript = transcript_of(&json!({"words": words, "transcript": transcript})).unwrap();
        prop_assert_eq!(sorted(said(&transcript)), sorted(expected));
        assert_lawful(&transcript);
    }

    #[test]
    fn a_transcript_that_says_more_or_less_loses_no_word(
        words in prop::collection::vec(("[a-c]{1,2}", 0u8..9, "[A-C]{1,2}[.,]?"), 1..60), seed in any::<bool>()
    ) {
        let heard: Vec<Value> = words.iter().filter(|(_, fate, _)| *fate != 0).map(|(word, ..)| json!({"word": word})).collect();
        prop_assume!(!heard.is_empty());
        let written: Vec<&str> = words.iter().filter(|(_, fate, _)| *fate != 1)
            .map(|(word, fate, other)| if *fate == 2 { other.as_str() } else { word.as_str() }).collect();
        let transcript = transcript_of(&json!({"words": heard, "transcript": written.join(if seed { " " } else { "  " })})).unwrap();
        let letters = |words: &[String]| sorted(words.concat().to_lowercase().chars().map(String::from).collect());
        let expected = letters(&words_of(texts(&heard, "word").into_iter()));
        let found = letters(&said(&transcript));
        prop_assert!(expected.iter().all(|letter| found.contains(letter)) && found.len() >= expected.len());
        assert_lawful(&transcript);
    }

    #[test]
    fn utterances_come_once(utterances in prop::collection::vec(utterance(), 1..8), insights in any::<bool>()) {
        let key = if insights { "utteranceInsights" } else { "utterances" };
        let transcript = transcript_of(&json!({key: utterances})).unwrap();
        let texts = texts(&utterances, "text");
        if texts.iter().all(|text| has_words(text)) {
            let expected = texts.iter().map(|text| words_of([*text].into_iter()).join(" ")).collect();
            prop_assert_eq!(sorted(transcript.segments.iter().map(Segment::text).collect()), sorted(expected));
        }
        assert_lawful(&transcript);
    }
}
