//! What another service heard, as it is read out of its answer; and what all these answers have in common.

use crate::error::{ApiError, Code, Error};
use crate::json::{Value, thousandths};
use crate::speech::order::in_time;
use crate::speech::{Finding, Insight, Speech, Turn, Word, spoken};
use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

/// What a service says of a recording.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Heard {
    /// What was said.
    pub(super) speech: Speech,
    /// What the service found in it.
    pub(super) insights: Vec<Insight>,
}

/// A word, or what somebody said in one go, as a service writes it.
#[derive(Debug)]
pub(super) struct Said<'a> {
    start_ms: u64,
    end_ms: u64,
    text: &'a str,
    confidence: Option<u16>,
    speaker: Option<String>,
}

/// A part of an answer, of whose objects these fields are read: null where it is not there, none where it is nested too deeply.
pub(super) fn part<'a>(json: Option<&'a [u8]>, fields: &[&str]) -> Option<Value<'a>> {
    json.map_or(Some(Value::Null), |json| Value::parse_only(json, fields))
}

/// Reads a list of them; `text` is what their texts may be called, `time` reads their times, `speaker` the id of whoever said one.
pub(super) fn said<'a>(
    list: &'a Value<'_>,
    text: &[&str],
    time: fn(&Value<'_>) -> Option<u64>,
    speaker: &dyn Fn(&Value<'_>) -> Option<String>,
) -> Vec<Said<'a>> {
    let mut all = Vec::new();
    for said in list.entries() {
        let start_ms = time(said.get("start")).unwrap_or_default();
        let end_ms = time(said.get("end")).unwrap_or_default().max(start_ms);
        let text = text.iter().find_map(|name| said.get(name).text()).unwrap_or_default().trim();
        all.push(Said { start_ms, end_ms, text, confidence: sure(said.get("confidence")), speaker: speaker(said) });
    }
    all
}

impl Heard {
    /// Adds words, in the order of time; speakers are numbered as they come.
    pub(super) fn add_words(&mut self, words: Vec<Said<'_>>) {
        for (Said { start_ms, end_ms, text, confidence, .. }, speaker) in self.in_order(words) {
            let (spoken, written) = (spoken(text), text.to_owned());
            self.speech.words.push(Word { spoken, written, start_ms, end_ms, confidence, speaker });
        }
    }

    /// The same for what was said in one go.
    pub(super) fn add_turns(&mut self, turns: Vec<Said<'_>>) {
        for (Said { start_ms, end_ms, text, confidence, .. }, speaker) in self.in_order(turns) {
            self.speech.turns.push(Turn { speaker, start_ms, end_ms, text: text.to_owned(), confidence });
        }
    }

    fn in_order<'a>(&mut self, said: Vec<Said<'a>>) -> Vec<(Said<'a>, Option<u16>)> {
        let mut placed = Vec::new();
        for said in in_time(said, |said| said.start_ms) {
            let speaker = said.speaker.as_deref().and_then(|id| place(&mut self.speech.speakers, id));
            placed.push((said, speaker));
        }
        placed
    }
}

/// What an engine's answer is not, although it says that the job is done.
pub(super) fn unusable(engine: &'static str, what: &str) -> Error {
    let message = ["the answer is not ", what].concat();
    let said = ApiError { error_code: String::new(), message, parameter_name: None };
    Error::Engine { engine, code: Code::EngineJobFailed, status: 0, said: [said].into() }
}

/// A time in seconds, as milliseconds; some write it as a text.
pub(super) fn ms(seconds: &Value<'_>) -> Option<u64> {
    match seconds {
        Value::Number(digits) => thousandths(digits),
        Value::Text(digits) => thousandths(digits),
        _ => None,
    }
}

/// A probability, as ten-thousandths.
pub(super) fn sure(probability: &Value<'_>) -> Option<u16> {
    let Value::Number(digits) = probability else { return None };
    // Ten times as much has one digit more before the point.
    let tenfold = thousandths(&[digits, "e1"].concat()).or_else(|| thousandths(digits).map(|thousandths| thousandths * 10));
    tenfold.and_then(|sure| u16::try_from(sure).ok()).filter(|sure| *sure <= 10_000)
}

/// Something that was found in all that was said.
pub(super) fn of_the_whole(value: &str, speech: &Speech) -> Finding {
    let end_ms = speech.duration_ms.or_else(|| speech.words.iter().map(|word| word.end_ms).max());
    Finding { value: value.to_owned(), start_ms: Some(0), end_ms, ..Finding::default() }
}

/// The place of a speaker among all, a new one at the end where nobody has that id yet.
fn place(speakers: &mut Vec<String>, id: &str) -> Option<u16> {
    let known = speakers.iter().position(|speaker| speaker == id);
    let place = known.unwrap_or(speakers.len());
    if known.is_none() {
        speakers.push(id.to_owned());
    }
    u16::try_from(place).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_probabilities_are_read_as_floats_leave_them() {
        let times = ["3.1999998", "0", "12", "1e-5", "-1", "\"3\"", "null"];
        let times = times.map(|text| ms(&Value::parse(text.as_bytes()).unwrap()));
        assert_eq!(times, [Some(3_200), Some(0), Some(12_000), Some(0), None, Some(3_000), None]);
        let table = [
            ("0.99876", Some(9_988)),
            ("1", Some(10_000)),
            ("1.0", Some(10_000)),
            ("9e-1", Some(9_000)),
            ("1.2", None),
            ("true", None),
        ];
        for (text, expected) in table {
            assert_eq!(sure(&Value::parse(text.as_bytes()).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn speakers_are_numbered_as_they_come() {
        let mut speakers = Vec::new();
        let places = ["B", "A", "B", "C"].map(|id| place(&mut speakers, id));
        assert_eq!(
            (places, speakers),
            ([Some(0), Some(1), Some(0), Some(2)], vec!["B".to_owned(), "A".to_owned(), "C".to_owned()])
        );
    }
}
