//! Summaries and key phrases: what is found, and what is not.

use super::*;
use serde_json::Value;

/// The conversation of RingCentral's own sample request.
fn sample(with: impl Fn(&[Passage<'_>])) {
    let request: Value = serde_json::from_str(include_str!("../../../tests/payloads/request-summarize.json")).unwrap();
    let utterances = request["utterances"].as_array().unwrap();
    let passages = (0..).zip(utterances).map(|(at, said)| {
        let speaker = said["speakerId"].as_str().unwrap().parse().ok();
        Passage::of_text(said["text"].as_str().unwrap(), speaker, Some(at), Some(at + 1))
    });
    with(&passages.collect::<Vec<_>>());
}

fn values(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|finding| finding.value.as_str()).collect()
}

#[test]
fn the_sample_is_summed_up_in_its_own_sentences() {
    sample(|passages| {
        let found = summary(passages);
        let expected = [
            "Okay, ma'am, so have you tried fairly pairing it with your headset with your phone?",
            "Now, please switch off your phone, then turn it on again after around 5 s.",
            "Well, yes, ma'am, I understand where you are coming from, that is why I am trying to help you, okay?",
        ];
        assert_eq!(values(&found), expected);
        assert_eq!((found[0].start_ms, found[0].end_ms, found[0].speaker), (Some(8), Some(9), Some(0)));
    });
}

#[test]
fn the_samples_phrases_are_what_it_is_about() {
    sample(|passages| {
        let found = key_phrases(passages).unwrap();
        assert!(values(&found).starts_with(&["tried fairly pairing", "phone"]), "{:?}", values(&found));
        let mark = found.iter().find(|finding| finding.value == "Plantronics Mark").unwrap();
        assert_eq!((mark.start_ms, mark.speaker), (Some(7), Some(1)));
    });
}

#[test]
fn a_phrase_has_the_time_of_its_words() {
    let speech = speech(&["a"], words("The royal blue scarf, the Royal Blue scarf and the line were for you.", 0, Some(0)));
    let found = key_phrases(&speech.passages()).unwrap();
    let scarf = &found[0];
    assert_eq!(
        (scarf.value.as_str(), scarf.start_ms, scarf.end_ms, scarf.speaker),
        ("royal blue scarf", Some(400), Some(1_500), Some(0))
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn another_language_has_a_summary_and_no_phrases() {
    let german = [
        "Die Rechnung vom März ist falsch, und die Mahnung dazu ist es auch.",
        "Der Hund hat gestern Abend lange gebellt.",
        "Ich prüfe die Rechnung und die Mahnung noch heute.",
        "Die Mahnung ziehe ich zurück, und die Rechnung schicke ich neu.",
        "Gut, dann warte ich auf die neue Rechnung.",
    ];
    let passages = passages(&german);
    assert_eq!(key_phrases(&passages), None);
    let found = summary(&passages);
    assert!(found.len() == 3 && !values(&found).contains(&german[1]), "{:?}", values(&found));
}

#[test]
fn interjections_are_no_summary_and_silence_has_none() {
    assert_eq!(summary(&passages(&["Yes.", "Oh, I see.", "OK?"])), []);
    assert_eq!(summary(&[]), []);
    assert_eq!(key_phrases(&[]), None);
}

#[test]
fn of_sentences_that_say_the_same_the_first_are_taken() {
    let said = passages(&["The red box holds some honey."; 9]);
    let speakers: Vec<_> = summary(&said).iter().map(|finding| finding.speaker).collect();
    assert_eq!(speakers, [Some(0), Some(1), Some(2)]);
}

#[test]
fn a_day_of_speech_is_not_ranked_sentence_by_sentence() {
    let letters = |number: usize| -> String { number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect() };
    let sentence = |at: usize| ["The ", &letters(at % 700 + 10), " and a ", &letters(at * 7 % 400 + 10), " were late. "].concat();
    let text: String = (0..2_000).map(sentence).collect();
    let said = passages(&[&text]);
    assert_eq!(said[0].sentences().len(), 2_000);
    assert_eq!(summary(&said).len(), 8);
    assert_eq!(key_phrases(&said).unwrap().len(), 10);
}
