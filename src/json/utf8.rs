//! Bytes as a text, whatever they are.

use alloc::borrow::Cow;
use alloc::string::String;
use core::char::REPLACEMENT_CHARACTER;
use core::str::from_utf8;

/// What is no UTF-8 becomes U+FFFD, as in [`String::from_utf8_lossy`], which brings a second
/// decoder into what a page loads.
#[must_use]
pub fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    let (mut text, mut rest) = (String::new(), bytes);
    loop {
        let wrong = match from_utf8(rest) {
            Ok(right) if text.is_empty() => return Cow::Borrowed(right),
            Ok(right) => {
                text.push_str(right);
                return Cow::Owned(text);
            }
            Err(wrong) => wrong,
        };
        let (right, after) = rest.split_at(wrong.valid_up_to());
        text.push_str(from_utf8(right).unwrap_or_default());
        text.push(REPLACEMENT_CHARACTER);
        rest = wrong.error_len().map_or(&[][..], |len| &after[len..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;
    use proptest::prelude::*;

    #[test]
    fn right_bytes_are_borrowed() {
        assert!(matches!(lossy("Zoë".as_bytes()), Cow::Borrowed("Zoë")));
        assert!(matches!(lossy(b""), Cow::Borrowed("")));
    }

    proptest! {
        #[test]
        fn any_bytes_read_as_the_library_reads_them(
            parts in prop::collection::vec(prop_oneof![any::<char>().prop_map(|c| String::from(c).into_bytes()), any::<Vec<u8>>()], 0..9),
            cut in 0..4_usize,
        ) {
            let mut bytes = parts.concat();
            bytes.truncate(bytes.len().saturating_sub(cut));
            prop_assert_eq!(lossy(&bytes), String::from_utf8_lossy(&bytes));
        }
    }
}
