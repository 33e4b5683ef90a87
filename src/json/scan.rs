//! Where what stands at a place in a JSON text ends; nothing is made of it.

/// The byte there; behind the end none that is a part of any value.
pub(super) fn byte(text: &[u8], at: usize) -> u8 {
    text.get(at).copied().unwrap_or_default()
}

/// Where white space that may stand there ends.
pub(super) fn white_end(text: &[u8], mut at: usize) -> usize {
    while matches!(byte(text, at), b' ' | b'\n' | b'\r' | b'\t') {
        at += 1;
    }
    at
}

/// Where a string ends whose first character is there: behind the first quotation mark that no escape has taken, whatever the
/// escapes stand for.
pub(super) fn string_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        while let Some(eight) = text.get(at..).and_then(<[u8]>::first_chunk) {
            let plain = plain_bytes(u64::from_le_bytes(*eight));
            at += plain;
            if plain < 8 {
                break;
            }
        }
        let stop = *text.get(at)?;
        at += 1;
        if stop == b'"' {
            return Some(at);
        }
        // Of a character that is more than a byte long none is a quotation mark.
        at += usize::from(stop == b'\\');
    }
}

/// How many of eight bytes, the first one lowest, stand before a quotation mark or an escape: all are looked at at once.
const fn plain_bytes(eight: u64) -> usize {
    const ONES: u64 = u64::MAX / 0xFF;
    // The highest bit of the first byte that is zero; what is set above it may be wrong.
    const fn first_zero(bytes: u64) -> u64 {
        bytes.wrapping_sub(ONES) & !bytes & (ONES << 7)
    }
    let found = first_zero(eight ^ (ONES * b'"' as u64)) | first_zero(eight ^ (ONES * b'\\' as u64));
    found.trailing_zeros() as usize / 8
}

/// Where a number ends that begins there.
pub(super) fn number_end(text: &[u8], mut at: usize) -> Option<usize> {
    at += usize::from(byte(text, at) == b'-');
    at = if byte(text, at) == b'0' { at + 1 } else { digits_end(text, at)? };
    if byte(text, at) == b'.' {
        at = digits_end(text, at + 1)?;
    }
    if matches!(byte(text, at), b'e' | b'E') {
        at = digits_end(text, at + 1 + usize::from(matches!(byte(text, at + 1), b'+' | b'-')))?;
    }
    Some(at)
}

fn digits_end(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    while byte(text, at).is_ascii_digit() {
        at += 1;
    }
    (at > start).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, a byte at a time.
    fn by_bytes(text: &[u8]) -> Option<usize> {
        let mut at = 0;
        while text.get(at)? != &b'"' {
            at += if text[at] == b'\\' { 2 } else { 1 };
        }
        Some(at + 1)
    }

    #[test]
    fn a_string_ends_at_the_same_place_whichever_bytes_are_looked_at_at_once() {
        // Next to both in one bit or another, and what a borrow could come from or go to.
        let bytes = [b'"', b'\\', b'!', b'#', b']', b'[', 0, 1, 0x7F, 0x80, 0xA2, 0xDC, 0xFF];
        let ends_at = |text: &[u8]| assert_eq!(string_end(text, 0), by_bytes(text), "{text:?}");
        for length in 0..20 {
            for (one, other, last) in
                bytes.iter().flat_map(|one| bytes.iter().flat_map(move |other| [(one, other, b'"'), (one, other, b'a')]))
            {
                for at in 0..length {
                    let mut text = vec![b'a'; length];
                    (text[length / 2], text[at]) = (*one, *other);
                    text.push(last);
                    ends_at(&text);
                }
            }
        }
    }
}
