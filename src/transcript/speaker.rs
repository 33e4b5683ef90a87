//! What readers call a speaker.

use super::clusters::{Clusters, split, width};
use super::letters::tokens;
use alloc::string::String;

/// What stands between a speaker's name and the text.
pub(super) const AFTER_LABEL: &str = ": ";
/// Longer names are cut: they must leave room on a caption's line.
const MAX_LABEL_CHARS: usize = 31;

/// `Speaker 0` for a number, else the id itself, on one line, without what has a meaning in captions; nothing where it is empty.
///
/// A name that is too wide loses its middle: those that begin alike differ at their end.
pub(super) fn label(id: &str, max: usize, clusters: Clusters) -> Option<String> {
    let mut label = String::new();
    if !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit()) {
        label.push_str("Speaker");
    }
    for token in tokens(id) {
        if !label.is_empty() {
            label.push(' ');
        }
        label.extend(token.chars().map(|c| match c {
            '<' => '‹',
            '>' => '›',
            '&' => '+',
            c => c,
        }));
    }
    if label.is_empty() { None } else { Some(shortened(&label, max.min(MAX_LABEL_CHARS), clusters)) }
}

fn shortened(label: &str, max: usize, clusters: Clusters) -> String {
    let columns = width(label, clusters);
    if columns <= max {
        return label.into();
    }
    let (head, mut tail) = split(label, max * 2 / 3, clusters);
    while width(tail, clusters) + width(head, clusters) >= max && !tail.is_empty() {
        (_, tail) = split(tail, 1, clusters);
    }
    [head.trim_end(), "…", tail.trim_start()].concat()
}
