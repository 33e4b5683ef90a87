//! What is spoken in a recording: the `NAME.words.json` file beside it.
//!
//! The file holds each word once, as it is written in a transcript; texts, plain words and times are all taken from
//! that one place, so changing a word there changes it everywhere.

use serde::Deserialize;

/// The contents of a words file.
#[derive(Debug, Clone, Deserialize)]
pub struct Words {
    /// How the recording appears in the call log; without it a plain inbound call.
    #[serde(default)]
    pub call: Call,
    /// The meeting that it is a file of, instead of a call.
    pub meeting: Option<Meeting>,
    /// Whether it was left as a voicemail as well.
    #[serde(default)]
    pub voicemail: bool,
    /// What was said, in the order of time.
    pub utterances: Vec<Utterance>,
}

/// The call that a recording belongs to.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Call {
    /// How long before the sandbox's start the call began.
    pub minutes_ago: u64,
    /// `Inbound` or `Outbound`.
    pub direction: String,
    /// `Automatic` or `OnDemand`.
    pub recording_type: String,
    /// Who called.
    pub from: Party,
    /// Who was called.
    pub to: Party,
}

/// The meeting that a recording is a file of.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meeting {
    /// Its name; files of one name are those of one meeting.
    pub title: String,
    /// How long before the sandbox's start it began.
    pub minutes_ago: u64,
    /// Which of its files this is, from 1.
    pub part: u32,
}

/// One end of a call.
#[derive(Debug, Clone, Default, Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Party {
    /// In E.164 form.
    pub phone_number: String,
    /// As a phone shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// City and state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

/// One turn of one speaker.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Utterance {
    /// `"0"`, `"1"`, … as RingCentral numbers speakers.
    pub speaker_id: String,
    /// What the stand-in answers as its confidence in these words.
    #[serde(default = "certain")]
    pub confidence: f64,
    /// Its words, at least one.
    pub words: Vec<Word>,
}

/// One spoken word.
#[derive(Debug, Clone, Deserialize)]
pub struct Word {
    /// As written, with capitals and punctuation.
    pub text: String,
    /// Seconds from the beginning of the recording.
    pub start: f64,
    /// Seconds from the beginning of the recording.
    pub end: f64,
}

fn certain() -> f64 {
    1.0
}

impl Default for Call {
    fn default() -> Self {
        let party = |number: &str| Party { phone_number: number.to_owned(), ..Party::default() };
        Self {
            minutes_ago: 60,
            direction: "Inbound".to_owned(),
            recording_type: "OnDemand".to_owned(),
            from: party("+14155550100"),
            to: party("+16505550199"),
        }
    }
}

impl Words {
    /// Reads a words file.
    ///
    /// # Errors
    /// What is wrong, with its place in the file.
    pub fn parse(json: &[u8]) -> Result<Self, String> {
        let mut words: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        if let Some(at) = words.utterances.iter().position(|utterance| utterance.words.is_empty()) {
            return Err(format!("utterance {at} has no words"));
        }
        for (at, utterance) in words.utterances.iter().enumerate() {
            let is_bad = |word: &&Word| word.text.trim().is_empty() || word.start < 0.0 || word.end < word.start;
            if let Some(word) = utterance.words.iter().find(is_bad) {
                return Err(format!("utterance {at}: the word {:?} from {} to {}", word.text, word.start, word.end));
            }
        }
        words.utterances.sort_by(|a, b| a.start().total_cmp(&b.start()));
        Ok(words)
    }

    /// The speakers, in the order in which they first speak.
    #[must_use]
    pub fn speakers(&self) -> Vec<&str> {
        let mut speakers: Vec<&str> = Vec::new();
        for utterance in &self.utterances {
            if !speakers.contains(&utterance.speaker_id.as_str()) {
                speakers.push(&utterance.speaker_id);
            }
        }
        speakers
    }

    /// When the last word ends, in seconds.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.utterances.iter().map(Utterance::end).fold(0.0, f64::max)
    }

    /// Everything that was said, punctuated.
    #[must_use]
    pub fn text(&self) -> String {
        joined(self.utterances.iter().map(Utterance::text))
    }
}

impl Utterance {
    /// When it begins, in seconds.
    #[must_use]
    pub fn start(&self) -> f64 {
        self.words.first().map_or(0.0, |word| word.start)
    }

    /// When it ends, in seconds.
    #[must_use]
    pub fn end(&self) -> f64 {
        self.words.last().map_or(0.0, |word| word.end)
    }

    /// Its words as written.
    #[must_use]
    pub fn text(&self) -> String {
        joined(self.words.iter().map(|word| word.text.clone()))
    }

    /// Its sentences: runs of words that end in `.`, `?` or `!`.
    pub fn sentences(&self) -> impl Iterator<Item = &[Word]> {
        self.words.split_inclusive(Word::ends_sentence)
    }
}

impl Word {
    /// Whether a sentence ends with it.
    #[must_use]
    pub fn ends_sentence(&self) -> bool {
        self.text.ends_with(['.', '?', '!'])
    }

    /// As RingCentral lists words: lower case, no punctuation around it.
    #[must_use]
    pub fn plain(&self) -> String {
        self.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    }
}

/// Texts with a space between them.
#[must_use]
pub fn joined(texts: impl Iterator<Item = String>) -> String {
    texts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_place_feeds_text_and_plain_words() {
        let file = br#"{"utterances": [{"speakerId": "0", "words": [
            {"text": "Who's", "start": 0.1, "end": 0.4}, {"text": "there?", "start": 0.5, "end": 0.9},
            {"text": "Go", "start": 1.1, "end": 1.4}, {"text": "on.", "start": 1.5, "end": 1.9}]}]}"#;
        let words = Words::parse(file).unwrap();
        assert_eq!(words.text(), "Who's there? Go on.");
        let plain: Vec<_> = words.utterances[0].words.iter().map(Word::plain).collect();
        assert_eq!(plain, ["who's", "there", "go", "on"]);
        let sentences: Vec<_> = words.utterances[0].sentences().map(<[Word]>::len).collect();
        assert_eq!(sentences, [2, 2]);
    }

    #[test]
    fn a_bad_file_says_where() {
        assert!(Words::parse(b"{\"utterances\": 5}").unwrap_err().contains("line 1"));
        assert!(Words::parse(br#"{"utterances": [{"speakerId": "0", "words": []}]}"#).unwrap_err().contains("utterance 0"));
        for word in [
            r#""text": "a", "start": 2, "end": 1"#,
            r#""text": " ", "start": 0, "end": 1"#,
            r#""text": "a", "start": -1, "end": 1"#,
        ] {
            let file = format!(r#"{{"utterances": [{{"speakerId": "0", "words": [{{{word}}}]}}]}}"#);
            assert!(Words::parse(file.as_bytes()).unwrap_err().contains("utterance 0: the word"), "{word}");
        }
    }
}
