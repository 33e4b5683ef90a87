//! What a message holds: texts in a list, or lines of a transcript with their speakers, times and numbers.

use serde_json::Value;

use crate::words::{Call, Utterance, Word, Words};

/// One text of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// What is said.
    pub text: String,
    /// By whom, where it says so.
    pub speaker: Option<String>,
    /// From when to when, in seconds; zeros where it does not say so.
    pub span: [f64; 2],
    /// The number that the message gives it, or its place.
    pub number: u64,
}

/// All of it.
#[derive(Debug)]
pub struct Material {
    /// The texts in their order.
    pub lines: Vec<Line>,
    /// Whether the texts are to be punctuated.
    pub is_for_punctuation: bool,
}

impl Material {
    /// Reads a message.
    #[must_use]
    pub fn read(message: &str, is_for_punctuation: bool) -> Self {
        let of_json = json_in(message).map(|json| {
            let mut lines = Vec::new();
            collect(&json, &mut lines);
            lines
        });
        let lines = of_json.filter(|lines| !lines.is_empty()).unwrap_or_else(|| written(message));
        Self { lines, is_for_punctuation }
    }

    /// It as the words of a conversation, so that it can be weighed as one.
    #[must_use]
    pub fn words(&self) -> Words {
        let word = |line: &Line, text: &str| Word { text: text.to_owned(), start: line.span[0], end: line.span[1] };
        let lines = self.lines.iter().filter(|line| !line.text.trim().is_empty());
        let utterances = lines.map(|line| Utterance {
            speaker_id: line.speaker.clone().unwrap_or_default(),
            confidence: 1.0,
            words: line.text.split_whitespace().map(|text| word(line, text)).collect(),
        });
        Words { call: Call::default(), meeting: None, voicemail: false, utterances: utterances.collect() }
    }
}

/// The first JSON list or object in a message.
fn json_in(message: &str) -> Option<Value> {
    let starts = message.char_indices().filter(|(_, sign)| ['{', '['].contains(sign));
    let read = |(at, _): (usize, char)| serde_json::Deserializer::from_str(&message[at..]).into_iter::<Value>().next()?.ok();
    // A number in brackets is the mark of a line, and no list.
    starts
        .filter_map(read)
        .find(|json| json.is_object() || json.as_array().is_some_and(|list| list.iter().any(|one| !one.is_number())))
}

/// Every text in it: those of lists, and those that a field calls so.
fn collect(json: &Value, lines: &mut Vec<Line>) {
    match json {
        Value::Array(list) => {
            for one in list {
                if let Some(text) = one.as_str() {
                    lines.push(Line { text: text.to_owned(), speaker: None, span: [0.0; 2], number: lines.len() as u64 });
                } else {
                    collect(one, lines);
                }
            }
        }
        Value::Object(fields) => match fields.get("text").and_then(Value::as_str) {
            Some(text) => {
                let named = |names: &[&str]| names.iter().find_map(|name| fields.get(*name));
                let speaker = named(&["speakerId", "speaker"]).map(|speaker| speaker.to_string().trim_matches('"').to_owned());
                let time = |name: &str| fields.get(name).and_then(Value::as_f64).unwrap_or_default();
                let number = named(&["index", "id", "number"]).and_then(Value::as_u64).unwrap_or(lines.len() as u64);
                lines.push(Line { text: text.to_owned(), speaker, span: [time("start"), time("end")], number });
            }
            None => fields.values().for_each(|value| collect(value, lines)),
        },
        _ => {}
    }
}

/// The lines of a text. Where some are numbered, those alone; else, where some name a speaker, those alone.
fn written(message: &str) -> Vec<Line> {
    let lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    let read: Vec<_> = lines.map(Marked::read).collect();
    let is_better = |fits: fn(&Marked<'_>) -> bool| read.iter().any(fits).then_some(fits);
    let fits = is_better(|line| line.number.is_some()).or_else(|| is_better(|line| line.speaker.is_some())).unwrap_or(|_| true);
    let kept = read.iter().filter(|line| fits(line)).enumerate();
    let line = |(place, line): (usize, &Marked<'_>)| Line {
        text: line.text.to_owned(),
        speaker: line.speaker.map(str::to_owned),
        span: line.span,
        number: line.number.unwrap_or(place as u64),
    };
    kept.map(line).collect()
}

/// A line with what stands before its text.
struct Marked<'a> {
    number: Option<u64>,
    span: [f64; 2],
    speaker: Option<&'a str>,
    text: &'a str,
}

impl<'a> Marked<'a> {
    fn read(line: &'a str) -> Self {
        let mut marked = Self { number: None, span: [0.0; 2], speaker: None, text: line };
        while let Some((mark, rest)) = mark(marked.text) {
            let numbers: Vec<f64> =
                mark.split(|sign: char| !sign.is_ascii_digit() && sign != '.').filter_map(|part| part.parse().ok()).collect();
            match mark.parse() {
                Ok(number) if marked.number.is_none() => marked.number = Some(number),
                _ if numbers.len() >= 2 => marked.span = [numbers[0], numbers[1]],
                _ => {}
            }
            marked.text = rest;
        }
        // A speaker's name is short, and no sentence.
        let is_name = |name: &str| name.len() <= 24 && !name.contains(['.', '?', '!', ',']);
        if let Some((name, text)) = marked.text.split_once(": ").filter(|(name, _)| is_name(name)) {
            (marked.speaker, marked.text) = (Some(name), text.trim_start());
        }
        marked
    }
}

/// What is in brackets, or a number with a point, at the beginning of a line; and what follows.
fn mark(line: &str) -> Option<(&str, &str)> {
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some((inside, rest)) = line.strip_prefix(open).and_then(|line| line.split_once(close)) {
            return inside.chars().any(|sign| sign.is_ascii_digit()).then_some((inside, rest.trim_start()));
        }
    }
    let bare = line.strip_prefix('#').unwrap_or(line);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let rest = bare[digits..].strip_prefix(['.', ')']).or((bare.len() < line.len()).then_some(&bare[digits..]))?;
    (digits > 0 && rest.starts_with(' ')).then_some((&bare[..digits], rest.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(message: &str) -> Vec<(String, Option<String>, [f64; 2], u64)> {
        let lines = Material::read(message, false).lines;
        lines.into_iter().map(|line| (line.text, line.speaker, line.span, line.number)).collect()
    }

    fn line(text: &str, speaker: Option<&str>, span: [f64; 2], number: u64) -> (String, Option<String>, [f64; 2], u64) {
        (text.to_owned(), speaker.map(str::to_owned), span, number)
    }

    #[test]
    fn a_transcript_is_read_in_any_usual_form() {
        for (message, expected) in [
            ("Hello there. How are you?", vec![line("Hello there. How are you?", None, [0.0; 2], 0)]),
            ("Sum this up:\n\n0: Hi.\n1: Yes?", vec![line("Hi.", Some("0"), [0.0; 2], 0), line("Yes?", Some("1"), [0.0; 2], 1)]),
            ("Texts\n1. so it goes\n2) well", vec![line("so it goes", None, [0.0; 2], 1), line("well", None, [0.0; 2], 2)]),
            ("[7] (0.5-2.25) Speaker 1: It is 12.5: fine.", vec![line("It is 12.5: fine.", Some("Speaker 1"), [0.5, 2.25], 7)]),
            ("#3 A: Yes.", vec![line("Yes.", Some("A"), [0.0; 2], 3)]),
            ("Here: [\"so it goes\", \"\"]", vec![line("so it goes", None, [0.0; 2], 0), line("", None, [0.0; 2], 1)]),
            (
                r#"{"utterances": [{"speakerId": "0", "start": 1, "end": 2.5, "text": "Hi."}, {"speaker": 1, "index": 9, "text": "Yes."}]}"#,
                vec![line("Hi.", Some("0"), [1.0, 2.5], 0), line("Yes.", Some("1"), [0.0; 2], 9)],
            ),
            ("", vec![]),
        ] {
            assert_eq!(read(message), expected, "{message}");
        }
    }
}
