//! `transcript`, `words`, and with speaker diarization who said what.

use super::fields::{bare, id, sure, tells_speakers, utterance, word};
use super::wanted::flag;
use crate::engine::Input;
use crate::json::Object;
use crate::speech::order::in_time;
use crate::speech::{Speech, Utterance, Word, push_word};
use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// The response. Utterances are there with `enableSpeakerDiarization`, and where a service times no words: what is said has no
/// other times then.
pub(super) fn response(input: &Input, speech: &Speech) -> String {
    let is_diarized = flag(input, "enableSpeakerDiarization", false);
    let is_punctuated = flag(input, "enablePunctuation", true);
    let utterances = speech.utterances();
    let speaker = |of: Option<u16>| id(&speech.speakers, of).filter(|_| is_diarized);
    let text = |said: &Utterance<'_>| if is_punctuated { said.text.clone().into_owned() } else { bare(&said.text) };

    let transcript = transcript(speech, &utterances);
    let transcript = if is_punctuated { transcript } else { bare(&transcript).into() };
    let object = sure(Object::new().text("transcript", &transcript), speech.overall_confidence());
    let count = (is_diarized && tells_speakers(speech)).then_some(speech.speakers.len() as u64);
    let words = words(&utterances).into_iter().map(|(of, timed)| word(timed, speaker(of)));
    let object = object.optional_number("speakerCount", count).list("words", words);
    if !is_diarized && (!speech.words.is_empty() || utterances.is_empty()) {
        return object.write();
    }
    let said = utterances.iter().filter(|said| !said.text.is_empty());
    object.list("utterances", said.map(|said| utterance(said, &text(said), speaker(said.speaker)))).write()
}

/// The words in the order of time, each with its speaker.
fn words<'a>(utterances: &[Utterance<'a>]) -> Vec<(Option<u16>, &'a Word)> {
    let each = utterances.iter().flat_map(|said| said.words.iter().map(|word| (said.speaker, *word)));
    in_time(each.filter(|(_, word)| !word.spoken.is_empty()).collect(), |(_, word)| word.start_ms)
}

/// The whole text as the service wrote it, else all that is said.
fn transcript<'a>(speech: &'a Speech, utterances: &[Utterance<'_>]) -> Cow<'a, str> {
    if let Some(text) = speech.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        return text.into();
    }
    let mut text = String::new();
    for said in utterances {
        push_word(&mut text, &said.text);
    }
    text.into()
}
