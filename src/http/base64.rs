//! Bytes in base64 (RFC 4648), and back: the spelling of headers with its padding, that of addresses without.

use alloc::string::String;
use alloc::vec::Vec;

/// The last two of the 64 letters, of either spelling.
const OF_HEADERS: [u8; 2] = *b"+/";
const OF_ADDRESSES: [u8; 2] = *b"-_";

/// Bytes as they stand in a header.
#[must_use]
pub fn base64(bytes: &[u8]) -> String {
    let mut text = encoded(bytes, OF_HEADERS);
    while !text.len().is_multiple_of(4) {
        text.push('=');
    }
    text
}

/// Bytes as they stand in an address.
#[must_use]
pub fn base64url(bytes: &[u8]) -> String {
    encoded(bytes, OF_ADDRESSES)
}

/// The bytes of [`base64`]; other spellings of the same bytes are none.
#[must_use]
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    let letters = text.trim_end_matches('=');
    let bytes = decoded(letters, OF_HEADERS)?;
    (letters.len().next_multiple_of(4) == text.len()).then_some(bytes)
}

/// The bytes of [`base64url`]; other spellings of the same bytes are none.
#[must_use]
pub fn unbase64url(text: &str) -> Option<Vec<u8>> {
    decoded(text, OF_ADDRESSES)
}

fn encoded(bytes: &[u8], last: [u8; 2]) -> String {
    let letter = |six: u8| match six {
        0..26 => b'A' + six,
        26..52 => b'a' + six - 26,
        52..62 => b'0' + six - 52,
        _ => last[usize::from(six & 1)],
    };
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let [first, second, third] = [0, 1, 2].map(|place| group.get(place).copied().unwrap_or_default());
        let sixes = [first >> 2, (first << 4 | second >> 4) & 63, (second << 2 | third >> 6) & 63, third & 63];
        text.extend(sixes[..=group.len()].iter().map(|six| char::from(letter(*six))));
    }
    text
}

fn decoded(text: &str, last: [u8; 2]) -> Option<Vec<u8>> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        _ => (letter == last[0]).then_some(62).or((letter == last[1]).then_some(63)),
    };
    let mut bytes = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut sixes = [0; 4];
        for (six, letter) in sixes.iter_mut().zip(group) {
            *six = value(*letter)?;
        }
        let [first, second, third, fourth] = sixes;
        let all = [first << 2 | second >> 4, second << 4 | third >> 2, third << 6 | fourth];
        let (whole, rest) = all.split_at(group.len() * 6 / 8);
        bytes.extend_from_slice(whole);
        // One letter is no byte, and what the last one holds beyond the last byte is nothing.
        (!whole.is_empty() && rest.iter().all(|byte| *byte == 0)).then_some(())?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64ct::{Base64, Base64UrlUnpadded, Encoding};
    use proptest::prelude::*;

    #[test]
    fn the_examples_of_the_standard_are_written_and_read() {
        // RFC 4648, section 10.
        let examples = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")];
        for (bytes, text) in examples {
            assert_eq!((base64(bytes.as_bytes()), unbase64(text)), (text.into(), Some(bytes.into())));
        }
        assert_eq!((base64(&[0xfb, 0xff]), base64url(&[0xfb, 0xff])), ("+/8=".into(), "-_8".into()));
    }

    #[test]
    fn bytes_have_one_spelling() {
        for text in ["A", "AAAAA", "Zh", "Zm9", "Z m8", "Zg==", "-/8", "Zé"] {
            assert_eq!(unbase64url(text), None, "{text}");
        }
        for text in ["Zg", "Zg=", "Zg===", "Zh==", "====", "-_8=", "Z=g="] {
            assert_eq!(unbase64(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_written_as_the_library_writes_them(bytes: Vec<u8>) {
            prop_assert_eq!(base64(&bytes), Base64::encode_string(&bytes));
            prop_assert_eq!(base64url(&bytes), Base64UrlUnpadded::encode_string(&bytes));
            prop_assert_eq!((unbase64(&base64(&bytes)), unbase64url(&base64url(&bytes))), (Some(bytes.clone()), Some(bytes)));
        }

        #[test]
        fn any_text_is_read_as_the_library_reads_it(text in "[A-D+/_=-]{0,12}|\\PC{0,8}") {
            prop_assert_eq!(unbase64(&text), Base64::decode_vec(&text).ok());
            prop_assert_eq!(unbase64url(&text), Base64UrlUnpadded::decode_vec(&text).ok());
        }
    }
}
