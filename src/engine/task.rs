//! The tasks that there are, by their names, and which of them take media.

use super::Media;
use crate::error::{Error, Result};
use crate::json::Value;

/// What can be done with a recording, or with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Speech into words.
    SpeechToText,
    /// Who spoke when.
    SpeakerDiarize,
    /// Which of the enrolled speakers spoke when; removed from RingCentral's public description on 2026-03-25.
    SpeakerIdentify,
    /// Words, speakers and what the conversation was about.
    AnalyzeInteraction,
    /// Punctuation for bare texts.
    Punctuate,
    /// Summaries of a conversation's text.
    Summarize,
}

impl Task {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::SpeechToText,
        Self::SpeakerDiarize,
        Self::SpeakerIdentify,
        Self::AnalyzeInteraction,
        Self::Punctuate,
        Self::Summarize,
    ];

    /// The name in our own API, as in `speech-to-text`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SpeechToText => "speech-to-text",
            Self::SpeakerDiarize => "speaker-diarize",
            Self::SpeakerIdentify => "speaker-identify",
            Self::AnalyzeInteraction => "analyze-interaction",
            Self::Punctuate => "punctuate",
            Self::Summarize => "summarize",
        }
    }

    /// The task of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.name() == name)
    }

    /// Whether it works on media; the other two work on text.
    #[must_use]
    pub const fn has_media(self) -> bool {
        !matches!(self, Self::Punctuate | Self::Summarize)
    }

    /// A job's media as a caller names it; `null` is none.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `media` or a part of it, as [`Media::parse`], and where a text task is given some.
    pub fn media(self, given: &Value<'_>, allow_private: bool) -> Result<Option<Media>> {
        let given = Some(given).filter(|given| **given != Value::Null);
        if given.is_none() && self.has_media() {
            return Err(Error::invalid("media", "it is missing: {\"recordingId\": …}, {\"contentUri\": …} or {\"uploadId\": …}"));
        }
        self.check_media(given.is_some(), "media")?;
        given.map(|given| Media::parse(given, allow_private)).transpose()
    }

    /// Refuses media for a task on text, and a task on media without any; `field` is where it is named.
    pub(super) fn check_media(self, is_given: bool, field: &str) -> Result<()> {
        match (self.has_media(), is_given) {
            (true, false) => Err(Error::invalid(field, "it is missing")),
            (false, true) => Err(Error::invalid(field, [self.name(), " works on text: it takes no media"].concat())),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::RecordingId;

    #[test]
    fn media_is_for_the_tasks_that_work_on_it() {
        let media = |text: &'static str| Value::parse(text.as_bytes()).unwrap();
        let recording = media(r#"{"recordingId": "1"}"#);
        let named = |media: Result<Option<Media>>| match media {
            Err(Error::InvalidField { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        for task in Task::ALL {
            let is_text = matches!(task, Task::Punctuate | Task::Summarize);
            assert_eq!(task.media(&Value::Null, false).ok(), is_text.then_some(None), "{task:?}");
            let found = task.media(&recording, false);
            if is_text {
                assert_eq!(named(found), "media");
            } else {
                assert_eq!(found, Ok(Some(Media::Recording(RecordingId::parse("1", "").unwrap()))));
                assert_eq!(named(task.media(&Value::Null, false)), "media");
                assert_eq!(named(task.media(&media(r#"{"recordingId": 1}"#), false)), "media.recordingId");
            }
        }
    }

    #[test]
    fn a_task_is_found_by_its_name() {
        for task in Task::ALL {
            assert_eq!(Task::named(task.name()), Some(task));
        }
        assert_eq!(Task::named("Punctuate"), None);
    }
}
