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

/// Where a name ends that begins there, its colon included.
pub(super) fn name_end(text: &[u8], at: usize) -> Option<usize> {
    let at = white_end(text, string_end(text, at)?);
    (byte(text, at) == b':').then_some(at + 1)
}

/// Where a string ends that begins there: behind the first quotation mark that no escape has taken, whatever the escapes stand for.
pub(super) fn string_end(text: &[u8], mut at: usize) -> Option<usize> {
    (byte(text, at) == b'"').then_some(())?;
    at += 1;
    loop {
        match *text.get(at)? {
            b'"' => return Some(at + 1),
            // Of a character that is more than a byte long none is a quotation mark.
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// Where a number ends that begins there.
pub(super) fn number_end(text: &[u8], mut at: usize) -> Option<usize> {
    at += usize::from(byte(text, at) == b'-');
    at = if byte(text, at) == b'0' { at + 1 } else { digits_end(text, at)? };
    if byte(text, at) == b'.' {
        at = digits_end(text, at + 1)?;
    }
    if byte(text, at).eq_ignore_ascii_case(&b'e') {
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
