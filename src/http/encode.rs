//! Texts in places where some characters have a meaning: percent-encoded.

use alloc::string::String;

/// Percent-encodes a text for one place in a query or a path: everything but RFC 3986's unreserved characters.
#[must_use]
pub fn encode(text: &str) -> String {
    encoded(text, b"-._~", "%20")
}

/// The same as forms have it, `application/x-www-form-urlencoded`.
#[must_use]
pub fn form_encode(text: &str) -> String {
    encoded(text, b"*-._", "+")
}

/// The crates for it bring a table of all 256 spellings into what a page loads.
fn encoded(text: &str, kept: &[u8], space: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else if byte == b' ' {
            encoded.push_str(space);
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}
