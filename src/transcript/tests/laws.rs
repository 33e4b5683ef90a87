//! Laws that hold for whatever a payload says.

use crate::transcript::clusters::{graphemes, width};
use crate::transcript::letters::{has_words, heard, tokens};
use crate::transcript::{Cue, Format, Options, Segment, Slice, Transcript, Word};
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

/// A segment as this room writes it, but that nothing has to fit to anything.
fn edited() -> impl Strategy<Value = Value> {
    let text = prop::collection::vec(word(), 0..9).prop_map(|words| words.join(" "));
    (text, seconds(), seconds(), speaker(), prop::collection::vec(timed("word"), 0..8))
        .prop_map(|(text, start, end, speaker, words)| json!({"text": text, "start": start, "end": end, "speaker": speaker, "words": words}))
}

fn options() -> impl Strategy<Value = Options> {
    let any = (10usize..=100, 1usize..=4, 2000u64..=30_000, any::<bool>());
    let any = any.prop_map(|(max_chars_per_line, max_lines, max_duration_ms, speaker_labels)| Options {
        max_chars_per_line,
        max_lines,
        max_duration_ms,
        speaker_labels,
        ..Options::default()
    });
    prop_oneof![Just(Options::default()), any]
}

fn transcript_of(response: &Value) -> Option<Transcript> {
    let body = json!({"status": "Success", "response": response}).to_string();
    let read = Transcript::read(body.as_bytes()).ok();
    assert_eq!(Transcript::is_in(body.as_bytes()), read.is_some(), "{body}");
    read.inspect(assert_in_time).inspect(assert_read_as_written)
}

fn assert_read_as_written(transcript: &Transcript) {
    assert_eq!(&Transcript::read(transcript.write(Format::Json).as_bytes()).unwrap(), transcript);
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
fn assert_lawful(transcript: &Transcript, options: &Options) {
    let cues = transcript.cues_with(options);
    assert_shown_well(&cues, options);
    assert_nothing_lost(transcript, options);
    assert_captions_as_meant(transcript, options);
    assert_json_as_meant(transcript);
    let text = transcript.write_with(Format::Text, &Options { speaker_labels: false, ..*options });
    assert_eq!(words_of([text.as_str()].into_iter()), said(transcript));
    assert!(text.split_whitespace().any(|word| word.len() > 500) || text.lines().all(|line| line.len() <= 2000), "{text}");
}

fn assert_shown_well(cues: &[Cue], options: &Options) {
    for cue in cues {
        assert!((1..=options.max_duration_ms).contains(&(cue.end_ms - cue.start_ms)), "{cue:?}");
        let text = cue.text();
        assert!((1..=options.max_lines).contains(&text.lines().count()), "{cue:?}");
        for line in text.lines() {
            assert!((1..=options.max_chars_per_line).contains(&width(line, graphemes)) && line.trim() == line, "{cue:?}");
        }
    }
    for pair in cues.windows(2) {
        assert!(pair[0].end_ms <= pair[1].start_ms, "{pair:?}");
        assert!(matches!(pair[1].start_ms - pair[0].end_ms, 0 | 83 | 500..), "{pair:?}");
    }
    let next_ms = cues.iter().skip(1).map(|cue| cue.start_ms).chain([u64::MAX]);
    for (cue, next_ms) in cues.iter().zip(next_ms) {
        let (shown_ms, room_ms) = (cue.end_ms - cue.start_ms, next_ms - cue.end_ms);
        let text = cue.text();
        let chars = text.lines().map(|line| width(line, graphemes)).sum::<usize>() as u64;
        let is_too_fast = chars * 1000 > 20 * shown_ms;
        assert!(!is_too_fast || room_ms < 500 || shown_ms + 500 > options.max_duration_ms, "{cue:?}");
        assert!(shown_ms >= 833 || room_ms == 0, "{cue:?}");
    }
}

/// Every letter of every word is shown once; names and dashes apart.
fn assert_nothing_lost(transcript: &Transcript, options: &Options) {
    let options = Options { speaker_labels: false, ..*options };
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        letters.sort_unstable();
        letters
    };
    let shown: String = transcript.cues_with(&options).iter().map(Cue::text).collect();
    assert_eq!(sorted(&shown), sorted(&said(transcript).concat()));
}

fn ms(clock: &str) -> u64 {
    let parts: Vec<u64> = clock.split([':', ',', '.']).map(|part| part.parse().unwrap()).collect();
    let [hours, minutes, seconds, ms] = parts[..] else { panic!("{clock}") };
    ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms
}

/// Start, end and text of every block that has times, as a simple reader finds them.
fn blocks(captions: &str) -> Vec<(u64, u64, String)> {
    let mut blocks = Vec::new();
    let mut lines = captions.lines();
    while let Some(line) = lines.next() {
        if let Some((start, end)) = line.split_once(" --> ") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
            blocks.push((ms(start), ms(end), text.join("\n")));
        }
    }
    blocks
}

/// A text without the spans of voices, and these.
fn voices(text: &str) -> (String, Vec<String>) {
    let (mut bare, mut voices) = (String::new(), Vec::new());
    for part in text.replace("</v>", "").split("<v ").enumerate() {
        match part {
            (0, text) => bare.push_str(text),
            (_, span) => {
                let (voice, text) = span.split_once('>').unwrap();
                voices.push(voice.to_owned());
                bare.push_str(text);
            }
        }
    }
    (bare.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), voices)
}

/// What reads SRT and VTT finds the captions again.
fn assert_captions_as_meant(transcript: &Transcript, options: &Options) {
    let cues = transcript.cues_with(options);
    let (srt, vtt) = (transcript.write_with(Format::Srt, options), transcript.write_with(Format::Vtt, options));
    let (srt, vtt) = (blocks(&srt), blocks(&vtt));
    assert_eq!((srt.len(), vtt.len()), (cues.len(), cues.len()));
    let plain = |text: &str| {
        text.replace("-->", "→")
            .replace(['<', '‹'], "‹")
            .replace(['>', '›'], "›")
            .replace('{', "(")
            .replace('}', ")")
            .replace('\u{2060}', "")
    };
    for ((srt, vtt), cue) in srt.into_iter().zip(vtt).zip(&cues) {
        assert_eq!((srt.0, srt.1, plain(&srt.2)), (cue.start_ms, cue.end_ms, plain(&cue.text())));
        let (text, voices) = voices(&vtt.2);
        assert_eq!((vtt.0, vtt.1, text), (cue.start_ms, cue.end_ms, cue.text()));
        assert_eq!(voices, cue.spans.iter().filter_map(|span| span.speaker.clone()).collect::<Vec<_>>());
        assert!(voices.iter().all(|voice| !voice.is_empty() && !voice.contains(['<', '>', '&'])), "{voices:?}");
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
        prop_assert_eq!(Transcript::is_in(&bytes), Transcript::read(&bytes).is_ok());
    }

    #[test]
    fn whether_there_is_a_transcript_is_known_without_reading_it(
        status in prop::sample::select(vec!["Success", "success", "Fail", "fail", "InProgress", ""]),
        field in prop::sample::select(vec!["transcript", "words", "utterances", "utteranceInsights", "segments", "summaries"]),
        value in prop::sample::select(vec![json!(null), json!("so"), json!([]), json!([{"text": "so"}]), json!([{"speakerId": "0"}]), json!(7)]),
        is_bare in any::<bool>(), is_nested in any::<bool>()
    ) {
        let mut body = json!({"response": {field: value.clone()}});
        if is_bare {
            body = json!({field: value, "response": if is_nested { json!([1]) } else { json!(null) }});
        }
        if !status.is_empty() {
            body["status"] = json!(status);
        }
        let body = body.to_string();
        prop_assert_eq!(Transcript::is_in(body.as_bytes()), Transcript::read(body.as_bytes()).is_ok(), "{}", body);
    }

    #[test]
    fn words_come_once(words in prop::collection::vec(timed("word"), 0..60), joined in any::<bool>(), options in options()) {
        let expected = words_of(texts(&words, "word").into_iter());
        prop_assume!(expected.iter().any(|word| heard(word).letters > 0));
        let transcript = if joined { expected.join(" ") } else { "Absolutely.".into() };
        let transcript = transcript_of(&json!({"words": words, "transcript": transcript})).unwrap();
        prop_assert_eq!(sorted(said(&transcript)), sorted(expected));
        assert_lawful(&transcript, &options);
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
        assert_lawful(&transcript, &Options::default());
    }

    #[test]
    fn utterances_come_once(utterances in prop::collection::vec(utterance(), 1..8), insights in any::<bool>(), options in options()) {
        let key = if insights { "utteranceInsights" } else { "utterances" };
        let transcript = transcript_of(&json!({key: utterances})).unwrap();
        let texts = texts(&utterances, "text");
        if texts.iter().all(|text| has_words(text)) {
            let expected = texts.iter().map(|text| words_of([*text].into_iter()).join(" ")).collect();
            prop_assert_eq!(sorted(transcript.segments.iter().map(Segment::text).collect()), sorted(expected));
        }
        assert_lawful(&transcript, &options);
    }

    #[test]
    fn slices_that_follow_each_other_hold_each_word_once(
        utterances in prop::collection::vec(utterance(), 1..8), mut cuts in prop::collection::vec(0u64..50_000, 0..6), options in options()
    ) {
        let transcript = transcript_of(&json!({"utterances": utterances})).unwrap();
        cuts.sort_unstable();
        let mut heard = Vec::new();
        let starts: Vec<u64> = [0].into_iter().chain(cuts.iter().copied()).collect();
        for (from_ms, to_ms) in starts.iter().copied().zip(cuts.into_iter().chain([u64::MAX])) {
            let whole = Slice { from_ms, to_ms, starts_at_zero: false };
            let slice = transcript.clone().slice(&whole);
            assert_in_time(&slice);
            assert_read_as_written(&slice);
            assert_lawful(&slice, &options);
            prop_assert!(slice.segments.iter().all(|segment| segment.start_ms >= from_ms));
            prop_assert!(slice.segments.iter().flat_map(|segment| &segment.words).all(|word| (from_ms..to_ms).contains(&word.start_ms)));
            let clip = transcript.clone().slice(&Slice { starts_at_zero: true, ..whole });
            let starts = |transcript: &Transcript| transcript.segments.iter().map(|segment| segment.start_ms).collect::<Vec<_>>();
            prop_assert_eq!(starts(&clip).into_iter().map(|ms| ms + from_ms).collect::<Vec<_>>(), starts(&slice));
            prop_assert_eq!(said(&clip), said(&slice));
            heard.extend(said(&slice));
        }
        prop_assert_eq!(sorted(heard), sorted(said(&transcript)));
        prop_assert_eq!(&transcript.clone().slice(&Slice::default()), &transcript);
    }

    #[test]
    fn what_was_written_here_is_read_whatever_somebody_made_of_it(segments in prop::collection::vec(edited(), 0..6)) {
        let transcript = Transcript::read(json!({"segments": segments}).to_string().as_bytes()).unwrap();
        assert_in_time(&transcript);
        let texts = texts(&segments, "text");
        if texts.iter().all(|text| has_words(text)) {
            let expected = texts.iter().map(|text| words_of([*text].into_iter()).join(" ")).collect();
            prop_assert_eq!(sorted(transcript.segments.iter().map(Segment::text).collect()), sorted(expected));
        }
    }

    /// People who talk at a human pace, up to three of them at once.
    #[test]
    fn what_is_said_at_a_believable_time_is_read_at_that_time(people in prop::collection::vec(person(), 1..=3), is_by_channel in any::<bool>()) {
        let mut segments = people.into_iter().enumerate().flat_map(|(id, turns)| spoken(id, &turns)).collect::<Vec<_>>();
        if !is_by_channel {
            segments.sort_by_key(|segment| segment.start_ms);
        }
        let words: Vec<Word> = segments.iter().flat_map(|segment| segment.words.clone()).collect();
        let transcript = Transcript { segments, names: Vec::new() };
        let options = Options::default();
        assert_lawful(&transcript, &options);
        let cues = transcript.cues_with(&options);
        let mut shown: Vec<(String, u64, u64)> = Vec::new();
        for cue in &cues {
            shown.extend(cue.text().split_whitespace().map(|word| (word.to_owned(), cue.start_ms, cue.end_ms)));
        }
        for word in &words {
            let places: Vec<_> = shown.iter().filter(|(text, ..)| *text == word.text).collect();
            prop_assert_eq!(places.len(), 1, "{} in {:#?}", word.text, cues);
            let (_, from_ms, until_ms) = *places[0];
            let is_on_time = from_ms <= word.start_ms + 1500 && word.start_ms <= until_ms + 1500;
            prop_assert!(is_on_time, "{:?} in {:#?}", word, cues);
        }
    }
}

/// One person's turns: the silence before each, and the length of each word.
fn person() -> impl Strategy<Value = Vec<(u64, Vec<usize>)>> {
    let turn = prop_oneof![3 => prop::collection::vec(1usize..4, 1..4), 2 => prop::collection::vec(1usize..10, 1..60)];
    prop::collection::vec((prop_oneof![0u64..500, 500u64..8000], turn), 1..12)
}

/// These turns as segments, no two words alike: 60 ms for a letter, 17 letters a second.
fn spoken(id: usize, turns: &[(u64, Vec<usize>)]) -> Vec<Segment> {
    let mut now_ms = 0;
    let mut number = 0;
    let mut segments = Vec::new();
    for (silence_ms, letters) in turns {
        now_ms += silence_ms;
        let mut words = Vec::new();
        for length in letters {
            number += 1;
            let mark = ["", "", "", ",", "."][number % 5];
            let text = format!("{}{number}{}{mark}", ["a", "b", "c"][id], "x".repeat(*length));
            let start_ms = now_ms;
            now_ms += text.len() as u64 * 60;
            words.push(Word { start_ms, end_ms: now_ms, text });
            now_ms += 30;
        }
        let speaker = Some(id.to_string());
        segments.push(Segment { speaker, start_ms: words[0].start_ms, end_ms: now_ms, words });
    }
    segments
}
