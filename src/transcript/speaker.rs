//! What readers call a speaker.

use super::letters::tokens;
use alloc::string::String;

/// Longer names are cut: they must leave room on a caption's line.
const MAX_LABEL_CHARS: usize = 30;

/// `Speaker 0` for a number, else the id itself, on one line and not too long.
pub(super) fn label(id: &str) -> String {
    let mut label = String::new();
    if id.bytes().all(|b| b.is_ascii_digit()) {
        label.push_str("Speaker");
    }
    for token in tokens(id) {
        if !label.is_empty() {
            label.push(' ');
        }
        label.push_str(&token);
    }
    if let Some((end, _)) = label.char_indices().nth(MAX_LABEL_CHARS) {
        label.truncate(end);
        label.push('…');
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_speakers_and_names_are_names() {
        for (id, expected) in [("0", "Speaker 0"), (" John\n Doe ", "John Doe"), ("UserNotIdentified", "UserNotIdentified")] {
            assert_eq!(label(id), expected);
        }
        assert_eq!(label(&"é".repeat(31)), ["é".repeat(30).as_str(), "…"].concat());
    }
}
