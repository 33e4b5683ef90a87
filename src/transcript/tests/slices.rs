use super::read;
use crate::error::Error;
use crate::transcript::{Format, Slice, Transcript};

/// Two who speak at once, named; the second answers into the first one's sentence.
const TALK: &str = r#"{"response": {"utterances": [
    {"speakerId": "0", "start": 1, "end": 9, "text": "One two three.", "wordTimings": [
        {"word": "one", "start": 1, "end": 2}, {"word": "two", "start": 4, "end": 5}, {"word": "three", "start": 7, "end": 8}]},
    {"speakerId": "1", "start": 4.5, "end": 5.5, "text": "Yes.", "wordTimings": [{"word": "yes", "start": 4.6, "end": 5.2}]}
]}}"#;

fn talk() -> Transcript {
    read(TALK).named(vec![("0".into(), "Ann".into()), ("7".into(), "Nobody".into())])
}

fn slice(from_ms: u64, to_ms: u64) -> Vec<(u64, u64, String)> {
    let slice = talk().slice(&Slice { from_ms, to_ms, starts_at_zero: false });
    slice.segments.iter().map(|segment| (segment.start_ms, segment.end_ms, segment.text())).collect()
}

#[test]
fn a_word_is_in_the_slice_in_which_it_begins() {
    for (from_ms, to_ms, expected) in [
        (0, u64::MAX, &[(1000, 9000, "One two three."), (4500, 5500, "Yes.")][..]),
        (1000, 1001, &[(1000, 2000, "One")]),
        (1001, 4000, &[]),
        (4000, 4600, &[(4000, 5000, "two")]),
        (4200, 7001, &[(4500, 5500, "Yes."), (7000, 8000, "three.")]),
        (4000, 8500, &[(4000, 8500, "two three."), (4500, 5500, "Yes.")]),
        (4600, 4700, &[(4600, 5200, "Yes.")]),
        (9000, 1000, &[]),
    ] {
        let found = slice(from_ms, to_ms);
        let found: Vec<(u64, u64, &str)> = found.iter().map(|(start, end, text)| (*start, *end, text.as_str())).collect();
        assert_eq!(found, expected, "{from_ms} to {to_ms}");
    }
}

#[test]
fn a_clip_of_its_own_begins_at_zero_and_keeps_names() {
    let clip = talk().slice(&Slice { from_ms: 3500, to_ms: 6000, starts_at_zero: true });
    assert_eq!(clip.write(Format::Text), "Ann: two\nSpeaker 1: Yes.\n");
    assert_eq!((clip.segments[0].start_ms, clip.segments[1].words[0].start_ms), (500, 1100));
    assert!(clip.write(Format::Srt).starts_with("1\n00:00:00,500 --> "));
}

#[test]
fn what_was_written_is_read_as_it_stands() {
    let transcript = talk();
    let json = transcript.write(Format::Json);
    let again = read(&json);
    assert_eq!(again.segments, transcript.segments);
    assert_eq!(again.names, [("0".to_owned(), "Ann".to_owned())]);
    assert_eq!(again.write(Format::Json), json);
    let renamed = again.named(vec![("0".into(), "Bob".into()), ("1".into(), "Cid".into())]);
    assert_eq!(renamed.write(Format::Text), "Bob: One two three.\nCid: Yes.\n");
}

#[test]
fn a_text_that_somebody_corrected_keeps_the_times_of_its_words() {
    let json = talk().write(Format::Json).replace("One two three.", "One or three!");
    let transcript = read(&json);
    assert_eq!(transcript.segments[0].text(), "One or three!");
    assert_eq!(transcript.segments[0].words[2].start_ms, 7000);
    assert_eq!(transcript.segments[0].speaker.as_deref(), Some("0"));
}

#[test]
fn what_contradicts_itself_is_read_as_a_payload_is() {
    for segments in [
        "[]",
        r"[7, null, {}, []]",
        r#"[{"start": 0, "end": 1, "text": "", "words": []}]"#,
        r#"[{"start": null, "end": "soon", "words": 7}]"#,
    ] {
        assert_eq!(read(&format!(r#"{{"segments": {segments}}}"#)).segments, [], "{segments}");
    }
    for segment in [
        r#"{"text": "so it is"}"#,
        r#"{"text": "so it is", "start": -1, "end": 1e99, "words": {}}"#,
        r#"{"start": 5, "end": 1, "words": [{"word": "so it", "start": 3, "end": 2}, {"word": "is", "start": 0}]}"#,
        r#"{"start": 0, "end": 1, "text": "so it is", "words": [{"word": "so", "start": 0, "end": 1}]}"#,
    ] {
        let transcript = read(&format!(r#"{{"segments": [{segment}]}}"#));
        assert_eq!(transcript.segments[0].text(), "so it is", "{segment}");
    }
    assert_eq!(read(r#"{"segments": [{"text": "a", "speaker": 7}]}"#).segments[0].speaker.as_deref(), Some("7"));
    assert_eq!(Transcript::read(br#"{"segments": 7}"#), Err(Error::NoTranscript));
}

#[test]
fn a_slice_says_what_may_not_be() {
    let with = |name: &str, value: &str| Slice::with(&[(name.into(), value.into())]);
    assert_eq!(with("from", "1.5"), Ok(Slice { from_ms: 1500, ..Slice::default() }));
    assert_eq!(with("to", "0"), Ok(Slice { to_ms: 0, ..Slice::default() }));
    assert_eq!(with("startAtZero", "true"), Ok(Slice { starts_at_zero: true, ..Slice::default() }));
    for (name, value) in [("from", "-1"), ("to", "soon"), ("startAtZero", "1"), ("speaker", "0"), ("from", "1e300")] {
        assert!(matches!(with(name, value), Err(Error::InvalidField { field, .. }) if field == name), "{name} {value}");
    }
    let backwards = [("from".to_owned(), "2".to_owned()), ("to".to_owned(), "1".to_owned())];
    assert!(matches!(Slice::with(&backwards), Err(Error::InvalidField { field, .. }) if field == "to"));
}
