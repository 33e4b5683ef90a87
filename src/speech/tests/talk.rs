//! Who spoke how long and how fast, and who asked what.

use super::*;

#[test]
fn pauses_of_a_second_are_speech_and_nothing_counts_twice() {
    let said = vec![
        word("one", 0, 500, Some(0)),
        word("two", 1_500, 2_000, Some(0)),
        word("three", 3_001, 3_501, Some(0)),
        word("oh", 3_100, 3_300, Some(0)),
        word("yes", 400, 900, Some(1)),
    ];
    let talk = speech(&["a", "b", "c"], said).talk();
    let spoken: Vec<(u64, u64)> = talk.iter().map(|talk| (talk.spoken_ms, talk.words)).collect();
    assert_eq!(spoken, [(2_500, 4), (500, 1), (0, 0)]);
}

#[test]
fn turns_alone_are_counted_too() {
    let turns = vec![turn("one two three", 0, 1_000, Some(0)), turn("", 1_500, 3_500, Some(1))];
    let talk = Speech { turns, ..speech(&["a", "b"], vec![]) }.talk();
    assert_eq!(talk, [Talk { spoken_ms: 1_000, words: 3 }, Talk { spoken_ms: 2_000, words: 0 }]);
}

#[test]
fn words_that_no_spaces_part_are_not_counted() {
    let turns =
        vec![turn("吾輩は猫である。 名前はまだ無い。", 0, 4_000, Some(0)), turn("고양이 이로소이다", 4_000, 6_000, Some(1))];
    let talk = Speech { turns, ..speech(&["a", "b"], vec![]) }.talk();
    assert_eq!(talk, [Talk { spoken_ms: 4_000, words: 0 }, Talk { spoken_ms: 2_000, words: 2 }]);
}

#[test]
fn pace_has_three_classes_and_needs_five_words() {
    let pace = |words, spoken_ms| Talk { spoken_ms, words }.pace();
    let classes: Vec<_> =
        [1_099, 1_100, 1_600, 1_601].map(|words| pace(words, 600_000).unwrap()).map(|pace| (pace.class, pace.tenths_wpm)).into();
    assert_eq!(classes, [("slow", 1_099), ("medium", 1_100), ("medium", 1_600), ("fast", 1_601)]);
    assert_eq!((pace(4, 1_000), pace(5, 0)), (None, None));
    assert_eq!(pace(5, 1_000).unwrap().tenths_wpm, 3_000);
}

#[test]
fn ratios_sum_up_to_a_hundred_and_mirror_each_other() {
    let ratios = |spoken: &[u64]| talk_to_listen(&spoken.iter().map(|ms| Talk { spoken_ms: *ms, words: 1 }).collect::<Vec<_>>());
    assert_eq!(ratios(&[58_000, 42_000]).unwrap(), ["58:42", "42:58"]);
    assert_eq!(ratios(&[505, 495]).unwrap(), ["50:50", "50:50"]);
    assert_eq!(ratios(&[515, 485]).unwrap(), ["52:48", "48:52"]);
    assert_eq!(ratios(&[1, 1, 1]).unwrap(), ["33:67", "33:67", "33:67"]);
    assert_eq!(ratios(&[7]).unwrap(), ["100:0"]);
    assert_eq!((ratios(&[0, 0]), ratios(&[])), (None, None));
}

#[test]
fn a_question_is_a_sentence_that_ends_with_its_mark() {
    let speech = speech(&["a", "b"], [words("I see. Is it so? Yes.", 0, Some(0)), words("“Really?”", 2_400, Some(1))].concat());
    let passages = speech.passages();
    let asked = questions(&passages).unwrap();
    let asked: Vec<_> = asked.iter().map(|asked| (asked.value.as_str(), asked.start_ms, asked.end_ms, asked.speaker)).collect();
    assert_eq!(asked, [("Is it so?", Some(800), Some(1_900), Some(0)), ("“Really?”", Some(2_400), Some(2_700), Some(1))]);
}

#[test]
fn nobody_knows_the_questions_of_a_text_without_punctuation() {
    assert_eq!(questions(&passages(&["what is it", "a headset"])), None);
    assert_eq!(questions(&passages(&["What is it", "A headset."])), Some(vec![]));
    assert_eq!(questions(&[]), Some(vec![]));
}
