//! The six asynchronous jobs, by the names that we and RingCentral give them.

/// One of RingCentral's asynchronous jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Speech into words.
    SpeechToText,
    /// Who spoke when.
    SpeakerDiarize,
    /// Which of the enrolled speakers spoke when.
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
}

#[cfg(test)]
mod tests {
    use super::*;

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
