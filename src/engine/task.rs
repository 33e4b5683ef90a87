//! The six asynchronous jobs, by the names that we and RingCentral give them, and which media each takes.

use crate::engine::Source;
use crate::error::{Error, Result};
use serde_json::Value;

/// One of RingCentral's asynchronous jobs.
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

    /// RingCentral's path, which a result repeats in its `api`.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::SpeechToText => "/ai/audio/v1/async/speech-to-text",
            Self::SpeakerDiarize => "/ai/audio/v1/async/speaker-diarize",
            Self::SpeakerIdentify => "/ai/audio/v1/async/speaker-identify",
            Self::AnalyzeInteraction => "/ai/insights/v1/async/analyze-interaction",
            Self::Punctuate => "/ai/text/v1/async/punctuate",
            Self::Summarize => "/ai/text/v1/async/summarize",
        }
    }

    /// The job of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.name() == name)
    }

    /// The job behind that path of RingCentral's.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.path() == path)
    }

    /// Whether it works on media; the other two work on text.
    #[must_use]
    pub const fn has_media(self) -> bool {
        !matches!(self, Self::Punctuate | Self::Summarize)
    }

    /// The job's media as a caller names it; `null` is none.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `media` or a part of it, as [`Source::parse`], and where a text task is given some.
    pub fn source(self, media: Option<&Value>, allow_private: bool) -> Result<Option<Source>> {
        let media = media.filter(|media| !media.is_null());
        if media.is_none() && self.has_media() {
            return Err(Error::invalid("media", "it is missing: {\"recordingId\": …} or {\"contentUri\": …}"));
        }
        self.check_media(media.is_some(), "media")?;
        media.map(|media| Source::parse(media, allow_private)).transpose()
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

    #[test]
    fn media_is_for_the_tasks_that_work_on_it() {
        let media = serde_json::json!({"recordingId": "1"});
        let named = |source: Result<Option<Source>>| match source {
            Err(Error::InvalidField { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        for task in Task::ALL {
            let is_text = matches!(task, Task::Punctuate | Task::Summarize);
            for none in [None, Some(&Value::Null)] {
                assert_eq!(task.source(none, false).ok(), is_text.then_some(None), "{task:?}");
            }
            let source = task.source(Some(&media), false);
            if is_text {
                assert_eq!(named(source), "media");
            } else {
                assert_eq!(source, Ok(Some(Source::Recording("1".into()))));
                assert_eq!(named(task.source(None, false)), "media");
                assert_eq!(named(task.source(Some(&serde_json::json!({"recordingId": 1})), false)), "media.recordingId");
            }
        }
    }

    #[test]
    fn a_task_is_found_by_its_name_and_by_its_path() {
        for task in Task::ALL {
            assert_eq!(Task::named(task.name()), Some(task));
            assert_eq!(Task::of_path(task.path()), Some(task));
            assert!(task.path().ends_with(task.name()));
        }
        assert_eq!((Task::named("Punctuate"), Task::of_path("/ai/text/v1/async/punctuate?webhook=x")), (None, None));
    }
}
