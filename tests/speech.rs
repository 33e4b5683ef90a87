//! Laws that hold for whatever a speech service says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

mod heard;

use heard::any_speech;
use proptest::prelude::*;
use ringcentral_ai::speech::claims::{Claims, punctuation};
use ringcentral_ai::speech::{Speech, Talk, Word, key_phrases, questions, spoken, summary, talk_to_listen};

proptest! {
    #[test]
    fn every_word_is_in_one_utterance_and_within_its_times(speech in any_speech()) {
        let utterances = speech.utterances();
        prop_assert!(utterances.is_sorted_by_key(|said| said.start_ms));
        let mut said: Vec<&Word> = utterances.iter().flat_map(|said| said.words.iter().copied()).collect();
        said.sort_by_key(|word| word.start_ms);
        let key = |word: &&Word| (word.start_ms, word.end_ms, word.written.clone());
        let (mut said, mut words) = (said.iter().map(key).collect::<Vec<_>>(), speech.words_in_time().iter().map(key).collect::<Vec<_>>());
        said.sort();
        words.sort();
        prop_assert_eq!(said, words);
        for utterance in &utterances {
            let is_within = |word: &&Word| utterance.start_ms <= word.start_ms && word.end_ms <= utterance.end_ms;
            prop_assert!(utterance.words.iter().all(is_within) && utterance.words.is_sorted_by_key(|word| word.start_ms));
        }
    }

    #[test]
    fn spelling_changes_no_word_that_is_heard(speech in any_speech()) {
        let heard = |speech: &Speech| {
            let mut heard: Vec<_> = speech.words.iter().map(|word| (word.start_ms, word.end_ms, spoken(&word.written))).collect();
            heard.sort();
            heard
        };
        prop_assert_eq!(heard(&speech), heard(&speech.clone().spelled()));
    }

    #[test]
    fn whatever_is_found_was_said(speech in any_speech()) {
        let passages = speech.passages();
        let claims = Claims::about(&passages);
        let found = [summary(&passages), key_phrases(&passages).unwrap_or_default()].concat();
        for finding in &found {
            prop_assert!(claims.quotation(&finding.value).is_some(), "{:?}", finding);
            prop_assert!(finding.start_ms <= finding.end_ms);
        }
        prop_assert_eq!(summary(&passages), summary(&passages));
        let asked = questions(&passages).into_iter().flatten();
        prop_assert!(asked.into_iter().all(|asked| asked.value.contains(['?', '？', '؟'])));
    }

    #[test]
    fn ratios_always_sum_up(spoken in prop::collection::vec(0u64..9_999_999, 0..9)) {
        let talk: Vec<Talk> = spoken.iter().map(|ms| Talk { spoken_ms: *ms, words: ms / 300 }).collect();
        for ratio in talk_to_listen(&talk).unwrap_or_default() {
            let (own, others) = ratio.split_once(':').unwrap();
            prop_assert_eq!(own.parse::<u64>().unwrap() + others.parse::<u64>().unwrap(), 100);
        }
    }

    #[test]
    fn punctuation_is_held_to_the_words(one in "[a-z]{1,5}( [a-z]{1,5}){0,5}", other in "[a-z]{1,5}( [a-z]{1,5}){0,5}") {
        let punctuated = one.replace(' ', ", ").to_uppercase() + "!";
        prop_assert_eq!(punctuation(&one, &punctuated), Some(punctuated.clone()));
        prop_assert_eq!(punctuation(&other, &punctuated).is_some(), one == other);
    }
}
