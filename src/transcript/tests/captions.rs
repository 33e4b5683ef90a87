use super::read;
use crate::transcript::{Cue, Format};
use std::fmt::Write as _;

/// A body of words, each a second long, with or without a speaker.
fn words(words: &[(&str, u32, Option<&str>)]) -> String {
    let mut body = String::from(r#"{"words":["#);
    for (index, (word, start, speaker)) in words.iter().enumerate() {
        let comma = if index > 0 { "," } else { "" };
        let speaker = speaker.map_or(String::new(), |id| format!(r#","speakerId":"{id}""#));
        write!(body, r#"{comma}{{"word":"{word}","start":{start},"end":{}{speaker}}}"#, start + 1).unwrap();
    }
    body + "]}"
}

fn srt(body: &str) -> String {
    read(body).write(Format::Srt)
}

/// When each caption comes and goes, and what it says, its lines parted by slashes.
pub(super) fn shown(body: &str) -> Vec<String> {
    shown_of(&read(body).cues())
}

pub(super) fn shown_of(cues: &[Cue]) -> Vec<String> {
    cues.iter().map(|cue| format!("{} {} {}", cue.start_ms, cue.end_ms, cue.text().replace('\n', "/"))).collect()
}

fn vtt(body: &str) -> String {
    read(body).write(Format::Vtt)
}

fn json(body: &str) -> String {
    read(body).write(Format::Json)
}

#[test]
fn captions_name_speakers_where_they_change() {
    let body = words(&[("hello", 0, Some("0")), ("there", 1, Some("0")), ("hi", 2, Some("1")), ("again", 9, Some("1"))]);
    assert_eq!(
        srt(&body),
        "1\n00:00:00,000 --> 00:00:02,000\nSpeaker 0: hello there\n\n\
         2\n00:00:02,000 --> 00:00:03,500\nSpeaker 1: hi\n\n\
         3\n00:00:09,000 --> 00:00:10,000\nagain\n\n"
    );
    assert_eq!(
        vtt(&body),
        "WEBVTT\n\n\
         00:00:00.000 --> 00:00:02.000\n<v Speaker 0>Speaker 0: hello there</v>\n\n\
         00:00:02.000 --> 00:00:03.500\n<v Speaker 1>Speaker 1: hi</v>\n\n\
         00:00:09.000 --> 00:00:10.000\n<v Speaker 1>again</v>\n\n"
    );
}

#[test]
fn captions_end_with_sentences_and_lines_are_even() {
    let body = include_str!("../../../tests/payloads/stt-success-diarized-2024-01-09.json");
    assert_eq!(
        srt(body),
        "1\n00:00:00,160 --> 00:00:03,471\nSpeaker 0: This call is now\nbeing recorded. Parker Scarves.\n\n\
         2\n00:00:03,471 --> 00:00:04,800\nHow may I help you?\n\n\
         3\n00:00:04,800 --> 00:00:07,302\nSpeaker 1: I bought a scarf\non line for my whites,\n\n\
         4\n00:00:07,302 --> 00:00:09,780\nand it turns out they\nshipped the wrong color.\n\n"
    );
}

#[test]
fn what_has_a_meaning_in_vtt_is_escaped() {
    let body = words(&[("<b>&amp;", 0, Some("a>b&<c")), ("-->", 1, Some("a>b&<c"))]);
    assert!(vtt(&body).ends_with("<v a›b+‹c>a›b+‹c: &lt;b&gt;&amp;amp; --&gt;</v>\n\n"), "{}", vtt(&body));
}

#[test]
fn no_text_of_an_srt_is_a_line_of_times() {
    let body = words(&[
        ("00:00:01,000", 0, Some("-->")),
        ("-->", 1, Some("-->")),
        ("00:00:02,000", 2, Some("-->")),
        ("--->", 9, Some("-->")),
    ]);
    let srt = srt(&body);
    assert_eq!(srt.matches("-->").count(), 2, "{srt}");
    assert!(srt.contains("--›: 00:00:01,000 → 00:00:02,000\n"), "{srt}");
}

#[test]
fn json_has_its_times_in_seconds() {
    let body = words(&[("sa\\\"id\\\\", 4, Some("\\u0001x")), ("é\u{2028}", 5, Some("\\u0001x"))]);
    let expected = r#"{"segments":[{"speaker":"\u0001x","start":4.000,"end":6.000,"text":"sa\"id\\ é","words":[{"start":4.000,"end":5.000,"word":"sa\"id\\"},{"start":5.000,"end":6.000,"word":"é"}]}]}"#;
    assert_eq!(json(&body), expected);
    let value: serde_json::Value = serde_json::from_str(expected).unwrap();
    assert_eq!(value["segments"][0]["words"][1]["start"], 5.0);
}

#[test]
fn a_word_wider_than_a_line_goes_on_below() {
    let long: String = ('a'..='z').cycle().take(100).collect();
    let cues = read(&words(&[(&long, 0, None), ("end", 1, None)])).cues();
    let text = cues.iter().map(Cue::text).collect::<Vec<_>>().join("\n");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines, [&long[..42], &long[42..84], &[&long[84..], " end"].concat()]);
}

#[test]
fn a_name_that_leaves_no_room_has_its_own_line() {
    let (name, word) = ("n".repeat(40), "w".repeat(42));
    let srt = srt(&words(&[(&word, 0, Some(&name)), ("and", 1, Some(&name))]));
    let shown = ["n".repeat(20), "…".into(), "n".repeat(10)].concat();
    let expected = format!("1\n00:00:00,000 --> 00:00:01,000\n{shown}:\n{word}\n\n2\n00:00:01,000 --> 00:00:02,000\nand\n\n");
    assert_eq!(srt, expected);
}

#[test]
fn what_is_said_at_the_same_time_is_read_at_the_same_time() {
    let body = words(&[("a", 0, Some("1")), ("b", 0, Some("2")), ("c", 0, Some("1")), ("d", 30, Some("2"))]);
    assert_eq!(shown(&body), ["0 833 - a/- b", "833 1833 Speaker 1: c", "30000 31000 Speaker 2: d"]);
}

#[test]
fn long_silences_and_long_words_do_not_stretch_a_caption() {
    let body = r#"{"words":[{"word":"a","start":0,"end":1},{"word":"b","start":2.4,"end":3},{"word":"c","start":5,"end":20},{"word":"d","start":20,"end":21}]}"#;
    let times: Vec<_> = read(body).cues().iter().map(|cue| (cue.start_ms, cue.end_ms, cue.text())).collect();
    assert_eq!(times, [(0, 3500, "a b".into()), (5000, 12_000, "c".into()), (20_000, 21_000, "d".into())]);
}

#[test]
fn hours_may_have_three_digits() {
    let srt = srt(&words(&[("late", 360_000, None)]));
    assert_eq!(srt, "1\n100:00:00,000 --> 100:00:01,000\nlate\n\n");
}

#[test]
fn right_to_left_and_combining_text_passes_unchanged() {
    let srt = srt(&words(&[("שלום", 0, None), ("עולם", 1, None), ("e\u{301}te\u{301}", 2, None)]));
    assert!(srt.contains("\nשלום עולם e\u{301}te\u{301}\n"), "{srt}");
}
