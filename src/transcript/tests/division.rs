//! Where captions, lines and paragraphs end, and how long they stay.

use super::captions::{shown, shown_of};
use super::{read, text};
use crate::transcript::{Format, Options};
use serde_json::json;

fn utterances(utterances: &[(f64, f64, &str)]) -> String {
    let utterance = |(start, end, text): &(f64, f64, &str)| json!({"start": start, "end": end, "text": text});
    json!({"utterances": utterances.iter().map(utterance).collect::<Vec<_>>()}).to_string()
}

/// What is shown of one utterance, without its times.
fn divided(end: f64, text: &str) -> Vec<String> {
    read(&utterances(&[(0.0, end, text)])).cues().iter().map(|cue| cue.text().replace('\n', "/")).collect()
}

#[test]
fn what_shortens_a_word_ends_no_caption() {
    let met = "Yesterday at the conference in Berlin I met Dr. Meyer and Mrs. Oliver at 10 p.m. in the hall behind the stage";
    assert_eq!(
        divided(8.0, met),
        ["Yesterday at the conference/in Berlin I met Dr. Meyer", "and Mrs. Oliver at 10 p.m./in the hall behind the stage"]
    );
    let sold = "It sells well in the U.S. That is what they told us when we came to the fair in spring.";
    assert_eq!(
        divided(7.0, sold),
        ["It sells well in the U.S.", "That is what they told us/when we came to the fair in spring."]
    );
}

#[test]
fn nothing_is_divided_behind_an_article_and_no_word_is_left_alone() {
    let orders = "We have looked at all the orders of the last three weeks and none of them went to the address in question now";
    let cues = divided(8.0, orders);
    assert_eq!(
        cues,
        ["We have looked at all the orders/of the last three weeks", "and none of them went/to the address in question now"]
    );
}

#[test]
fn a_caption_stays_into_the_silence_behind_it() {
    let fast = utterances(&[(1.0, 2.5, "Nobody told me that I should have called you."), (9.0, 10.0, "I see.")]);
    assert_eq!(shown(&fast), ["1000 3647 Nobody told me/that I should have called you.", "9000 10000 I see."]);
    let slow = utterances(&[(1.0, 4.0, "Wait a moment."), (9.0, 10.0, "I see.")]);
    assert_eq!(shown(&slow)[0], "1000 4500 Wait a moment.");
    let last = utterances(&[(1.0, 1.5, "Nobody told me that I should have called you.")]);
    assert_eq!(shown(&last), ["1000 3647 Nobody told me/that I should have called you."]);
}

#[test]
fn a_short_gap_becomes_two_frames() {
    let ends = |next: f64| {
        let first = json!({"speakerId": 1, "start": 0, "end": 2, "text": "Come in, please."});
        let second = json!({"speakerId": 2, "start": next, "end": next + 2.0, "text": "Have a seat."});
        read(&json!({"utterances": [first, second]}).to_string()).cues()[0].end_ms
    };
    assert_eq!([2.0, 2.05, 2.3, 2.499, 2.9, 3.0, 3.2].map(ends), [2000, 1967, 2217, 2416, 2817, 2500, 2500]);
}

#[test]
fn a_caption_that_may_stay_no_longer_leaves_a_whole_gap() {
    let body = r#"{"words":[{"word":"slow","start":0,"end":6.9},{"word":"next","start":7.2,"end":8}]}"#;
    assert_eq!(shown(body), ["0 6700 slow", "7200 8200 next"]);
}

#[test]
fn a_long_word_shares_its_time_and_an_address_is_cut_behind_a_slash() {
    let body = format!(r#"{{"words":[{{"word":"{}","start":0,"end":8}},{{"word":"so","start":8,"end":9}}]}}"#, "z".repeat(100));
    let (line, rest) = ("z".repeat(42), "z".repeat(16));
    assert_eq!(shown(&body), [format!("0 6720 {line}/{line}"), format!("6720 9000 {rest} so")]);
    let address = "https://docs.example.org/recordings/transcripts/captions is new";
    assert_eq!(divided(6.0, address), ["https://docs.example.org/recordings//transcripts/captions is new"]);
}

#[test]
fn a_cluster_is_never_cut() {
    let family = "👩‍👩‍👧‍👦";
    let text = family.repeat(50);
    let cues = divided(5.0, &text);
    assert_eq!(cues, [[family.repeat(42), family.repeat(8)].join("/")]);
    assert_eq!(divided(5.0, &"漢".repeat(40)), [["漢".repeat(21), "漢".repeat(19)].join("/")]);
}

#[test]
fn a_long_end_makes_nobody_late() {
    let body = r#"{"words":[{"word":"well","start":1,"end":1.3},{"word":"then","start":1.4,"end":9.8},{"word":"bye","start":9.9,"end":10.3}]}"#;
    assert_eq!(shown(body), ["1000 8000 well then", "9900 10900 bye"]);
}

#[test]
fn options_change_what_is_shown() {
    let text = "I would like to know when the next delivery of the blue chairs comes to our shop in Leeds, please.";
    let body = utterances(&[(0.0, 8.0, text)]);
    let with = |values: &[(&str, &str)]| {
        let values: Vec<_> = values.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        shown_of(&read(&body).cues_with(&Options::default().with(&values).unwrap()))
    };
    assert_eq!(with(&[("maxCharsPerLine", "100"), ("maxLines", "1"), ("maxDurationS", "10")]), [format!("0 8000 {text}")]);
    let narrow = with(&[("maxCharsPerLine", "20"), ("maxLines", "4")]);
    assert!(
        narrow
            .iter()
            .flat_map(|cue| cue.splitn(3, ' ').nth(2).unwrap().split('/').collect::<Vec<_>>())
            .all(|line| line.len() <= 20),
        "{narrow:?}"
    );
    assert!(narrow[0].matches('/').count() >= 2, "{narrow:?}");
    assert!(with(&[("maxDurationS", "3")]).len() > 2);
}

#[test]
fn srt_shows_what_players_would_take_for_markup() {
    let body = utterances(&[(0.0, 6.0, r"A <String> is <inaudible> {\an8} {y:i} C:\New, 1 < 2 > 0 -> x --> y")]);
    let srt = read(&body).write(Format::Srt);
    let text: Vec<&str> = srt.lines().skip(2).collect();
    assert_eq!(text.join(" ").trim(), "A ‹String› is ‹inaudible› (\\\u{2060}an8) (y:i) C:\\\u{2060}New, 1 ‹ 2 › 0 -> x → y");
    assert!(read(&body).write(Format::Vtt).contains("A &lt;String&gt; is &lt;inaudible&gt;"));
}

#[test]
fn plain_text_has_paragraphs() {
    let sentence = "This is a sentence of forty letters now. ";
    let lines: Vec<usize> = text(&utterances(&[(0.0, 900.0, &sentence.repeat(100))])).lines().map(str::len).collect();
    assert_eq!((lines.len(), lines[0]), (8, 532));
    let bare = text(&utterances(&[(0.0, 900.0, &"word ".repeat(100_000))]));
    assert!(bare.lines().all(|line| line.len() <= 1500) && bare.lines().count() > 300);
}
