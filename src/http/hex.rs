//! Bytes as hexadecimal digits, and back.

use alloc::string::String;

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// So many bytes from their lower-case digits; other spellings of the same bytes are none.
#[must_use]
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let value = |digit: u8| value(digit).filter(|_| !digit.is_ascii_uppercase());
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}

/// What a digit stands for, in either case.
pub(super) fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_byte_has_its_two_digits() {
        assert_eq!(hex(&[0x00, 0x09, 0x0a, 0x7f, 0x80, 0xff]), "00090a7f80ff");
        assert_eq!(hex(&[]), "");
        assert_eq!(unhex("00090a7f80ff"), Some([0x00, 0x09, 0x0a, 0x7f, 0x80, 0xff]));
    }

    #[test]
    fn bytes_have_one_spelling() {
        for text in ["", "0", "000", "00000", "0g00", "00FF", " 000", "0x00", "é00", "-000"] {
            assert_eq!(unhex::<2>(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: [u8; 32]) {
            prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_bytes_or_none(text in "\\PC{0,8}") {
            prop_assert!(unhex::<4>(&text).is_none_or(|bytes| hex(&bytes) == text));
        }
    }
}
