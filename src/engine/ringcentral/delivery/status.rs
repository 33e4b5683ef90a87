//! How a job stands, and the words for it.

/// How a job stands, in RingCentral's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The result is there.
    Success,
    /// There will be no result.
    Fail,
    /// There is no result yet.
    InProgress,
}

/// What the word that came says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// RingCentral's own.
    Success,
    /// RingCentral's own.
    Fail,
    /// RingCentral's own.
    InProgress,
    /// Nobody has documented it, but it speaks of a failure.
    Failing,
    /// Nobody has documented it: it decides nothing.
    Unknown,
}

impl Word {
    /// Letters alone count, whatever their case.
    pub(super) fn of(word: &str) -> Self {
        let is = |known: &str| word.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()).eq(known.chars());
        if is("success") {
            Self::Success
        } else if is("fail") {
            Self::Fail
        } else if is("inprogress") {
            Self::InProgress
        } else if ["failed", "failure", "error"].into_iter().any(is) {
            Self::Failing
        } else {
            Self::Unknown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_known_by_its_letters() {
        for (words, expected) in [
            (["Success", "success", " SUCCESS\n"], Word::Success),
            (["Fail", "FAIL", "fail"], Word::Fail),
            (["InProgress", "in_progress", "In Progress"], Word::InProgress),
            (["Failed", "failure", "ERROR"], Word::Failing),
            (["Completed", "succeeded", ""], Word::Unknown),
        ] {
            assert_eq!(words.map(Word::of), [expected; 3], "{words:?}");
        }
    }
}
