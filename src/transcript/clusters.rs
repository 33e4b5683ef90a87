//! How wide a text is, and where it may be cut: between grapheme clusters, what readers take for one character.

use alloc::vec::Vec;
use unicode_segmentation::UnicodeSegmentation;

/// Divides a text into grapheme clusters: answers how many bytes each has.
pub type Clusters = fn(&str) -> Vec<usize>;

/// Behind these a text that is too long for a line is cut rather than anywhere: addresses, and writing without spaces.
const CUT_BEHIND: &[char] = &['/', '。', '、', '，', '！', '？'];

/// By the tables of Unicode.
pub(super) fn graphemes(text: &str) -> Vec<usize> {
    text.graphemes(true).map(str::len).collect()
}

/// How many columns a text takes on a line.
pub(super) fn width(text: &str, clusters: Clusters) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.chars().map(columns).sum::<Option<usize>>().unwrap_or_else(|| parts(text, clusters).map(|(_, wide)| wide).sum())
}

/// The beginning of a text that takes so many columns at most, one cluster at least, and what is left.
pub(super) fn split(text: &str, max: usize, clusters: Clusters) -> (&str, &str) {
    let (mut end, mut column, mut good) = (0, 0, 0);
    for (cluster, wide) in parts(text, clusters) {
        column += wide;
        if column > max && end > 0 {
            return text.split_at(if good > 0 { good } else { end });
        }
        end += cluster.len();
        if cluster.ends_with(CUT_BEHIND) {
            good = end;
        }
    }
    (text, "")
}

/// The clusters of a text, each with its columns.
fn parts(text: &str, clusters: Clusters) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    clusters(text).into_iter().map(move |bytes| {
        let (cluster, after) = rest.split_at_checked(bytes).unwrap_or((rest, ""));
        rest = after;
        (cluster, cluster.chars().next().and_then(columns).unwrap_or(1))
    })
}

/// The columns of a character that is a cluster by itself wherever it stands among such; most texts have no others.
const fn columns(c: char) -> Option<usize> {
    let is_narrow = matches!(c, '\0'..='\u{2ff}' | '\u{370}'..='\u{482}' | '\u{48a}'..='\u{58f}' | '\u{5d0}'..='\u{5ea}')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20bf}');
    let is_wide = matches!(c, '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}')
        || matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff01}'..='\u{ff60}');
    match (is_narrow, is_wide) {
        (true, _) => Some(1),
        (_, true) => Some(2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FAMILY: &str = "👨‍👩‍👧‍👦";

    #[test]
    fn a_cluster_is_one_column_and_an_ideograph_two() {
        for (text, columns) in [
            ("naïve", 5),
            ("e\u{301}te\u{301}", 3),
            ("🇺🇸🇺🇸", 2),
            (FAMILY, 1),
            ("नमस्ते", 3),
            ("日本、", 6),
            ("한글", 4),
            ("かな゙", 4),
        ] {
            assert_eq!(width(text, graphemes), columns, "{text}");
        }
    }

    #[test]
    fn a_text_is_cut_behind_a_slash_else_between_clusters() {
        assert_eq!(split("https://a.example/path", 20, graphemes), ("https://a.example/", "path"));
        assert_eq!(split("a🇺🇸🇺🇸", 2, graphemes), ("a🇺🇸", "🇺🇸"));
        assert_eq!(split(FAMILY, 0, graphemes), (FAMILY, ""));
        assert_eq!(split("日本語", 5, graphemes), ("日本", "語"));
        assert_eq!(split("short", 5, graphemes), ("short", ""));
    }

    proptest! {
        #[test]
        fn the_quick_way_finds_the_same_clusters(text in "\\PC{0,8}", plain in "[ -~Ā-ˏА-я–-…ァ-ン一-龥가-힣]{0,9}") {
            for text in [text, plain] {
                if let Some(columns) = text.chars().map(columns).sum::<Option<usize>>() {
                    prop_assert_eq!(columns, parts(&text, graphemes).map(|(_, wide)| wide).sum::<usize>());
                }
            }
        }
    }
}
