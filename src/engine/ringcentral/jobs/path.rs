//! Where each job is submitted; a result repeats the path in its `api`.

use crate::engine::Task;

/// The path of a task.
#[must_use]
pub const fn path_of(task: Task) -> &'static str {
    match task {
        Task::SpeechToText => "/ai/audio/v1/async/speech-to-text",
        Task::SpeakerDiarize => "/ai/audio/v1/async/speaker-diarize",
        Task::SpeakerIdentify => "/ai/audio/v1/async/speaker-identify",
        Task::AnalyzeInteraction => "/ai/insights/v1/async/analyze-interaction",
        Task::Punctuate => "/ai/text/v1/async/punctuate",
        Task::Summarize => "/ai/text/v1/async/summarize",
    }
}

/// The task behind a path: the one that its last word names, whatever stands around it (a server, a version, a query) and in
/// whichever case.
#[must_use]
pub fn task_at(path: &str) -> Option<Task> {
    let words = path.split(['?', '#']).next()?.split('/');
    let word = words.fold("", |last, word| if word.is_empty() { last } else { word });
    Task::ALL.into_iter().find(|task| task.name().eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_is_found_by_its_path() {
        for task in Task::ALL {
            assert_eq!(task_at(path_of(task)), Some(task));
            assert!(path_of(task).ends_with(task.name()));
        }
        for path in ["/ai/text/v1/async/punctuate?webhook=https://h/a", "https://p.example/AI/Text/V2/Punctuate/", "punctuate#a"]
        {
            assert_eq!(task_at(path), Some(Task::Punctuate), "{path}");
        }
        assert_eq!([task_at(""), task_at("/"), task_at("/ai/audio/v1/recognize-emotion"), task_at("?punctuate")], [None; 4]);
    }
}
