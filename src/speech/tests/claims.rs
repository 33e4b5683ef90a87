//! Claims that hold and claims that do not.

use super::*;
use crate::speech::claims::{Claims, punctuation};

fn call() -> Speech {
    let said = [words("It's a follow-up call, Ann.", 0, Some(0)), words("A call about 3.5 things.", 4_000, Some(1))];
    speech(&["0", "1"], said.concat())
}

#[test]
fn a_phrase_has_its_place_whatever_its_case_and_punctuation() {
    let (speech, place) =
        (call(), |found: Option<Finding>| found.map(|found| (found.value, found.start_ms, found.end_ms, found.speaker)));
    let passages = speech.passages();
    let claims = Claims::about(&passages);
    let found = |value: &str, start_ms, end_ms, speaker| Some((value.to_owned(), Some(start_ms), Some(end_ms), Some(speaker)));
    assert_eq!(place(claims.phrase(" Follow up Call ")), found("Follow up Call", 800, 1_500, 0));
    assert_eq!(place(claims.phrase("call")), found("call", 1_200, 1_500, 0));
    assert_eq!(place(claims.phrase("3.5 Things")), found("3.5 Things", 5_200, 5_900, 1));
    for claimed in ["call Bob", "35 things", "call back", "Ann a call", "", "…"] {
        assert_eq!(claims.phrase(claimed), None, "{claimed}");
    }
}

#[test]
fn a_quotation_is_what_was_said() {
    let speech = call();
    let passages = speech.passages();
    let claims = Claims::about(&passages);
    let value = |claimed: &str| claims.quotation(claimed).map(|found| found.value);
    assert_eq!(value("its a follow up call ann"), Some("It's a follow-up call, Ann.".to_owned()));
    assert_eq!(value("its a good call"), None);
    // Two speakers together say it, and nobody does.
    assert_eq!(value("Ann. A call"), None);
}

#[test]
fn who_goes_on_after_a_pause_is_quoted_as_one() {
    let speech = speech(&["0"], [words("We meet on", 0, Some(0)), words("Monday.", 9_000, Some(0))].concat());
    let passages = speech.passages();
    assert_eq!(passages.len(), 2);
    let found = Claims::about(&passages).quotation("on Monday").unwrap();
    assert_eq!((found.value.as_str(), found.start_ms, found.end_ms), ("on Monday.", Some(800), Some(9_300)));
}

#[test]
fn a_text_alone_places_a_phrase_without_a_time() {
    let speech = Speech { text: Some("Hello, Ann.".to_owned()), ..Speech::default() };
    let found = Claims::about(&speech.passages()).phrase("ann");
    assert_eq!(found, Some(Finding { value: "ann".to_owned(), ..Finding::default() }));
}

#[test]
fn punctuation_changes_no_word() {
    let given = "so its more fluid than it is right";
    assert_eq!(
        punctuation(given, " So it's more fluid than it is, right?\n").as_deref(),
        Some("So it's more fluid than it is, right?")
    );
    for claimed in
        ["So it is more fluid than it is, right?", "So it's more fluid than it is.", "So it's more fluid, than is it right", ""]
    {
        assert_eq!(punctuation(given, claimed), None, "{claimed}");
    }
}
