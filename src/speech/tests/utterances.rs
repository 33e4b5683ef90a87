//! How words and turns become utterances.

use super::*;

/// Speaker, start, end and text of each.
fn cut(speech: &Speech) -> Vec<(Option<u16>, u64, u64, String)> {
    let utterances = speech.utterances();
    utterances.iter().map(|said| (said.speaker, said.start_ms, said.end_ms, said.text.clone().into_owned())).collect()
}

fn texts(speech: &Speech) -> Vec<String> {
    cut(speech).into_iter().map(|(.., text)| text).collect()
}

#[test]
fn a_change_of_speaker_begins_an_utterance() {
    let speech = speech(
        &["0", "1"],
        [words("Hello, Ann.", 0, Some(0)), words("Hi.", 800, Some(1)), words("So.", 1_200, Some(0))].concat(),
    );
    let said = |speaker, start_ms, end_ms, text: &str| (Some(speaker), start_ms, end_ms, text.to_owned());
    assert_eq!(cut(&speech), [said(0, 0, 700, "Hello, Ann."), said(1, 800, 1_100, "Hi."), said(0, 1_200, 1_500, "So.")]);
}

#[test]
fn so_does_a_silence_of_two_seconds() {
    let after = |silence_ms: u64| speech(&[], [words("Wait", 0, None), words("here", 300 + silence_ms, None)].concat());
    assert_eq!(texts(&after(1_999)), ["Wait here"]);
    assert_eq!(texts(&after(2_000)), ["Wait", "here"]);
}

#[test]
fn a_long_utterance_ends_with_a_sentence_and_an_endless_one_ends() {
    let long = "One two three four five. ".repeat(20);
    let lengths: Vec<u64> = cut(&speech(&[], words(&long, 0, None))).iter().map(|said| said.2 - said.1).collect();
    assert_eq!(lengths, [21_900, 17_900]);
    let endless = "word ".repeat(400);
    assert!(cut(&speech(&[], words(&endless, 0, None))).iter().all(|said| (39_000..61_000).contains(&(said.2 - said.1))));
}

#[test]
fn who_talks_at_once_has_utterances_of_their_own() {
    let mut words = [words("one two three", 0, Some(0)), words("ah yes sure", 150, Some(1))].concat();
    words.sort_by_key(|word| word.start_ms);
    let speech = speech(&["0", "1"], words);
    assert_eq!(texts(&speech), ["one two three", "ah yes sure"]);
}

#[test]
fn turns_stay_as_the_service_cut_them() {
    let words = [words("hello ann", 0, Some(0)), words("how are you", 800, Some(0))].concat();
    let turns = vec![turn("Hello, Ann.", 0, 700, Some(0)), turn("How are you?", 800, 1_950, Some(0))];
    let speech = Speech { turns, ..speech(&["0"], words) };
    assert_eq!(texts(&speech), ["Hello, Ann.", "How are you?"]);
    let counts: Vec<usize> = speech.utterances().iter().map(|said| said.words.len()).collect();
    assert_eq!(counts, [2, 3]);
    // The turn lasts longer than its last word.
    assert_eq!(speech.utterances()[1].end_ms, 1_950);
}

#[test]
fn turns_in_which_a_word_does_not_lie_are_not_believed() {
    let turns = vec![turn("Hello, Ann.", 0, 700, Some(0))];
    let far = Speech {
        turns: turns.clone(),
        ..speech(&["0"], [words("Hello, Ann.", 0, Some(0)), words("Bye.", 9_000, Some(0))].concat())
    };
    assert_eq!(texts(&far), ["Hello, Ann.", "Bye."]);
    let anothers = Speech { turns, ..speech(&["0", "1"], [words("Hello,", 0, Some(0)), words("Ann.", 400, Some(1))].concat()) };
    assert_eq!(texts(&anothers), ["Hello,", "Ann."]);
}

#[test]
fn a_turns_confidence_is_its_own_or_the_mean_of_its_words() {
    let sure = |confidence, word: Word| Word { confidence, ..word };
    let of = |one, other| {
        let said = words("one two", 0, None);
        speech(&[], vec![sure(one, said[0].clone()), sure(other, said[1].clone())]).utterances()[0].confidence
    };
    assert_eq!((of(Some(9_000), Some(9_501)), of(Some(9_000), None)), (Some(9_251), None));
    let turns = vec![Turn { confidence: Some(5), ..turn("One two.", 0, 700, None) }];
    assert_eq!(Speech { turns, ..speech(&[], words("one two", 0, None)) }.utterances()[0].confidence, Some(5));
}

#[test]
fn bare_words_take_the_spelling_of_their_text() {
    let written = |speech: Speech| speech.spelled().words.into_iter().map(|word| word.written).collect::<Vec<_>>();
    let bare = "so parker scarf is a hundred percent wool right";
    let text = Some("So, Parker — scarf is 100 % wool; right?".to_owned());
    let whole = Speech { text, ..speech(&[], words(bare, 0, None)) };
    assert_eq!(written(whole), ["So,", "Parker", "scarf", "is", "a", "hundred", "percent", "wool;", "right?"]);
    let cut_out = Speech { text: Some("So, Ann.".to_owned()), ..speech(&[], words("so a b c d e f g h i ann", 0, None)) };
    assert_eq!(written(cut_out), ["So,", "a", "b", "c", "d", "e", "f", "g", "h", "i", "ann"]);
    let another = ["So, ", &"x ".repeat(20), "Ann."].concat();
    let another = Speech { text: Some(another), ..speech(&[], words(&["so ", &"y ".repeat(20), "ann"].concat(), 0, None)) };
    assert_eq!(written(another).last().unwrap(), "Ann.");
    let turns = vec![turn("Yes.", 0, 300, Some(0)), turn("Yes?", 400, 700, Some(1))];
    let both = [words("yes", 0, Some(0)), words("yes", 400, Some(1))].concat();
    assert_eq!(written(Speech { turns, ..speech(&["a", "b"], both) }), ["Yes.", "Yes?"]);
}
