//! How deep a body's JSON is, before it is read.

use crate::limits::MAX_JSON_DEPTH;

/// Whether more lists and objects are open at once than may be; what is no JSON may be taken for it too.
pub(super) fn is_too_deep(text: &[u8]) -> bool {
    let (mut depth, mut is_text, mut is_escaped) = (0_usize, false, false);
    text.iter().any(|byte| {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = is_text,
            b'"' => is_text = !is_text,
            b'{' | b'[' if !is_text => depth += 1,
            b'}' | b']' if !is_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_JSON_DEPTH
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_is_counted_outside_of_texts() {
        let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
        assert!(!is_too_deep(nested(MAX_JSON_DEPTH).as_bytes()) && is_too_deep(nested(MAX_JSON_DEPTH + 1).as_bytes()));
        for (text, is_deep) in [
            (r#"["[[","\"[[",{"a]":"{"}]"#.repeat(40), false),
            ([r#"["\\","#, &"[".repeat(MAX_JSON_DEPTH)].concat(), true),
            ("[]".repeat(1000), false),
            ("]".repeat(1000) + &"[".repeat(MAX_JSON_DEPTH), false),
        ] {
            assert_eq!(is_too_deep(text.as_bytes()), is_deep, "{text}");
        }
    }
}
