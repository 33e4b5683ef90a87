//! Where a sentence ends.

use super::letters::{is_heard, is_small};

/// What stands behind the mark that ends a sentence.
const CLOSING: [char; 7] = ['"', '\'', '”', '’', ')', ']', '»'];
/// Marks that end one whatever comes next.
const ENDS: [char; 8] = ['!', '?', '。', '！', '？', '．', '؟', '।'];
const QUESTION_MARKS: [char; 3] = ['?', '？', '؟'];
/// Words whose full stop ends none.
const TITLES: [&str; 9] = ["mr.", "mrs.", "ms.", "dr.", "prof.", "st.", "vs.", "e.g.", "i.e."];

/// Whether a sentence ends with a written word, `next` being the word behind it: with a mark that says so, or a full stop that is
/// no title's or initial's and that no small letter follows.
pub(super) fn ends_sentence(word: &str, next: Option<&str>) -> bool {
    let bare = word.trim_end_matches(CLOSING);
    if bare.ends_with(ENDS) {
        return true;
    }
    let goes_on = next.is_some_and(|next| next.chars().find(|c| is_heard(*c)).is_some_and(is_small));
    let is_initial = || next.is_some() && bare.chars().count() == 2;
    let is_title = || TITLES.iter().any(|title| bare.eq_ignore_ascii_case(title));
    bare.ends_with(['.', '…']) && !goes_on && !is_initial() && !is_title()
}

/// Whether a sentence that ends with a written word is a question.
pub(super) fn is_question(word: &str) -> bool {
    word.trim_end_matches(CLOSING).ends_with(QUESTION_MARKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_stop_does_not_always_end_a_sentence() {
        for (word, next, ends) in [
            ("done.", Some("Now"), true),
            ("done.”", Some("Now"), true),
            ("done?", Some("now"), true),
            ("done", None, false),
            ("Mr.", Some("Johnson"), false),
            ("J.", Some("Johnson"), false),
            ("B.", None, true),
            ("p.m.", Some("and"), false),
            ("p.m.", Some("Then"), true),
            ("well…", Some("then"), false),
            ("明日。", Some("会"), true),
            (".", Some("Now"), true),
        ] {
            assert_eq!(ends_sentence(word, next), ends, "{word}");
        }
        assert!(is_question("right?”") && !is_question("right."));
    }
}
