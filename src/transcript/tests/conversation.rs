//! People who interrupt each other, answer in a word, or talk at once.

use super::captions::{shown, shown_of};
use super::read;
use crate::transcript::{Format, Options};
use serde_json::json;

/// A body of utterances: who, from when to when, what.
fn talk(utterances: &[(&str, f64, f64, &str)]) -> String {
    let utterance =
        |(id, start, end, text): &(&str, f64, f64, &str)| json!({"speakerId": id, "start": start, "end": end, "text": text});
    json!({"utterances": utterances.iter().map(utterance).collect::<Vec<_>>()}).to_string()
}

#[test]
fn a_short_answer_inside_a_long_turn_shares_its_caption() {
    let long = "We have your parcel here. It came in last night. Nobody signed for it yet. You can have it at noon.";
    let body = talk(&[("7", 0.0, 24.0, long), ("8", 8.0, 8.4, "Great."), ("8", 15.0, 15.5, "Oh, well.")]);
    assert_eq!(
        shown(&body),
        [
            "0 6400 Speaker 7: We have your parcel here.",
            "6400 11840 - It came in last night./- Speaker 8: Great.",
            "11840 18240 - Speaker 7: Nobody signed for it yet./- Speaker 8: Oh, well.",
            "18240 24000 Speaker 7: You can have it at noon.",
        ]
    );
}

#[test]
fn quick_answers_share_captions_and_nobody_falls_behind() {
    let letters: Vec<_> = (0..20u8).map(|n| [char::from(b'A' + n).to_string(), ".".into()].concat()).collect();
    let times: Vec<f64> = (0..20u8).map(|n| f64::from(n) * 0.4).collect();
    let turns: Vec<_> =
        letters.iter().enumerate().map(|(n, letter)| (["0", "1"][n % 2], times[n], times[n] + 0.3, letter.as_str())).collect();
    let cues = read(&talk(&turns)).cues();
    assert_eq!(shown_of(&cues)[..2], ["0 833 - A./- B.", "833 1666 - C./- D."]);
    for (n, letter) in letters.iter().enumerate() {
        let cue = cues.iter().find(|cue| cue.text().contains(letter)).unwrap();
        assert!(cue.start_ms <= n as u64 * 400 + 500, "{letter} {cue:?}");
    }
}

#[test]
fn what_is_said_channel_by_channel_is_read_in_the_order_of_time() {
    let body = talk(&[("0", 0.0, 2.0, "Is anybody there?"), ("0", 6.0, 8.0, "Good."), ("1", 2.5, 4.0, "Yes, I am.")]);
    assert_eq!(
        shown(&body),
        ["0 2417 Speaker 0: Is anybody there?", "2500 4500 Speaker 1: Yes, I am.", "6000 8000 Speaker 0: Good."]
    );
}

#[test]
fn two_who_talk_at_once_for_long_have_a_line_each() {
    let (one, other) = ("so I told him to wait for me ".repeat(8), "and you never listen to anybody ".repeat(8));
    for cue in read(&talk(&[("0", 0.0, 18.0, &one), ("1", 0.1, 18.0, &other)])).cues() {
        assert_eq!(cue.spans.len(), 2, "{cue:?}");
        assert!(cue.text().lines().all(|line| line.starts_with("- ")), "{cue:?}");
    }
}

#[test]
fn more_speakers_than_lines_share_a_line() {
    let all = ["good morning to all of you", "we have been waiting", "so here you are"];
    let body = talk(&[("0", 0.0, 1.5, all[0]), ("1", 0.1, 1.6, all[1]), ("2", 0.2, 1.7, all[2])]);
    let vtt = read(&body).write(Format::Vtt);
    let shown = [("0", all[0], "\n"), ("1", all[1], " "), ("2", all[2], "\n")];
    let shown = shown.map(|(id, text, parting)| ["<v Speaker ", id, ">- ", text, "</v>", parting].concat()).concat();
    assert!(vtt.contains(&shown), "{vtt}");
}

#[test]
fn who_asks_not_to_be_named_is_not() {
    let options = Options::default().with(&[("speakerLabels".into(), "false".into())]).unwrap();
    let transcript = read(&talk(&[("0", 0.0, 1.0, "Hello."), ("1", 3.0, 4.0, "Bye.")]));
    assert_eq!(transcript.write_with(Format::Text, &options), "Hello.\nBye.\n");
    assert_eq!(shown_of(&transcript.cues_with(&options)), ["0 1500 Hello.", "3000 4000 Bye."]);
    assert!(transcript.write_with(Format::Vtt, &options).contains("<v Speaker 1>Bye.</v>"));
}

#[test]
fn a_name_holds_no_markup_is_never_empty_and_differs_from_others() {
    for (id, name) in
        [("Ann > Ben", "Ann › Ben: "), ("R&D <b>", "R+D ‹b›: "), ("\u{1}\u{2}", ""), ("  ", ""), ("7", "Speaker 7: ")]
    {
        let [cue] = read(&talk(&[(id, 0.0, 1.0, "Hello.")])).cues().try_into().unwrap();
        assert_eq!(cue.text(), [name, "Hello."].concat());
        assert_eq!(cue.spans[0].speaker.as_deref(), name.strip_suffix(": "));
    }
    let long = |who: &str| ["Customer Service Representative ", who].concat();
    let names: Vec<_> = ["Anna", "Berta"].map(|who| shown(&talk(&[(&long(who), 0.0, 1.0, "Hi.")]))).concat();
    assert_eq!(names, ["0 2117 Customer Service Rep…ative Anna: Hi.", "0 2117 Customer Service Rep…tive Berta: Hi."]);
}

#[test]
fn a_transcript_in_which_nobody_speaks_is_written() {
    let mut silent = read(r#"{"words":[{"word":"a"}]}"#);
    silent.segments.clear();
    assert_eq!([Format::Srt, Format::Vtt, Format::Text].map(|format| silent.write(format)), ["", "WEBVTT\n\n", ""]);
}
