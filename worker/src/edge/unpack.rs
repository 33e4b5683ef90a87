//! What a body was packed in on its way is undone: content encodings, and any charset but UTF-8, which JSON is written in.
//!
//! What its header says is a hint: bytes that are not what it says stay as they came.

use worker::js_sys::{Object, Reflect, Uint8Array};
use worker::wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use worker::web_sys::TextDecoder;

#[wasm_bindgen(module = "node:zlib")]
extern "C" {
    /// Undoes gzip and deflate, whichever it is.
    #[wasm_bindgen(catch, js_name = unzipSync)]
    fn unzip(bytes: &Uint8Array, options: &Object) -> Result<Uint8Array, JsValue>;
    #[wasm_bindgen(catch, js_name = inflateRawSync)]
    fn inflate_raw(bytes: &Uint8Array, options: &Object) -> Result<Uint8Array, JsValue>;
    #[wasm_bindgen(catch, js_name = brotliDecompressSync)]
    fn brotli(bytes: &Uint8Array, options: &Object) -> Result<Uint8Array, JsValue>;
}

/// A body as its sender meant it.
#[derive(Debug)]
pub(crate) struct Unpacked {
    /// Its bytes.
    pub(crate) bytes: Uint8Array,
    /// What could not be undone, as a part of a sentence; the bytes are as they came then.
    pub(crate) remark: Option<&'static str>,
}

/// Undoes what the headers `Content-Encoding` and `Content-Type` name and what the bytes themselves show, up to so many bytes.
pub(crate) fn unpack(body: Uint8Array, encodings: &str, content_type: &str, max_bytes: u32) -> Unpacked {
    let inflated = inflated(&body, encodings, max_bytes);
    let remark = "its Content-Encoding is not one that can be undone, or it becomes too large";
    let remark = if inflated.is_none() { Some(remark) } else { None };
    Unpacked { bytes: in_utf8(inflated.unwrap_or(body), content_type, max_bytes), remark }
}

/// The bytes without their content encodings, of which the last was applied last.
fn inflated(body: &Uint8Array, encodings: &str, max_bytes: u32) -> Option<Uint8Array> {
    let mut bytes = body.clone();
    for encoding in encodings.rsplit(',').map(str::trim).filter(|encoding| !encoding.is_empty()) {
        bytes = undone(&bytes, &encoding.to_ascii_lowercase(), max_bytes)?;
    }
    // A gzip that nobody named: no JSON begins so.
    let is_gzip = beginning(&bytes).starts_with(&[0x1F, 0x8B]);
    if is_gzip { undone(&bytes, "gzip", max_bytes) } else { Some(bytes) }
}

fn undone(bytes: &Uint8Array, encoding: &str, max_bytes: u32) -> Option<Uint8Array> {
    let options = Object::new();
    Reflect::set(&options, &"maxOutputLength".into(), &max_bytes.into()).ok()?;
    match encoding {
        "identity" => Some(bytes.clone()),
        "gzip" | "x-gzip" => unzip(bytes, &options).ok(),
        "deflate" => unzip(bytes, &options).ok().or_else(|| bare_deflate(bytes, &options)),
        "br" => brotli(bytes, &options).ok(),
        _ => None,
    }
}

/// Some senders leave out the head that the standard wants. What JSON begins with could begin such a deflate too, and is none.
fn bare_deflate(bytes: &Uint8Array, options: &Object) -> Option<Uint8Array> {
    let is_json = beginning(bytes).first().is_none_or(|first| b"{[ \t\r\n".contains(first));
    if is_json { None } else { inflate_raw(bytes, options).ok() }
}

/// Bytes that are UTF-16, or not UTF-8 and said to be in another charset, in UTF-8; all others as they are.
fn in_utf8(bytes: Uint8Array, content_type: &str, max_bytes: u32) -> Uint8Array {
    let named = || charset(content_type).filter(|_| core::str::from_utf8(&bytes.to_vec()).is_err());
    let Some(charset) = utf16(&beginning(&bytes)).or_else(named) else { return bytes };
    let decoded = TextDecoder::new_with_label(charset).and_then(|decoder| decoder.decode_with_js_u8_array(&bytes));
    // What grows beyond the limit stays as it came.
    let decoded = decoded.ok().filter(|text| text.len() <= max_bytes as usize);
    decoded.map_or(bytes, |text| Uint8Array::from(text.as_bytes()))
}

fn beginning(bytes: &Uint8Array) -> Vec<u8> {
    bytes.subarray(0, 2).to_vec()
}

/// Which UTF-16 bytes are that begin so: by their byte order mark, or as JSON begins with a character of ASCII.
fn utf16(beginning: &[u8]) -> Option<&'static str> {
    match beginning {
        [0xFF, 0xFE] | [1..=0x7F, 0] => Some("utf-16le"),
        [0xFE, 0xFF] | [0, 1..=0x7F] => Some("utf-16be"),
        _ => None,
    }
}

/// The charset that a content type names, where it is another than UTF-8.
fn charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, charset) = parameters.into_iter().find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let charset = charset.trim().trim_matches('"');
    let is_utf8 = ["utf-8", "utf8", "us-ascii"].into_iter().any(|utf8| charset.eq_ignore_ascii_case(utf8));
    (!is_utf8 && !charset.is_empty()).then_some(charset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_charset_of_a_content_type_is_found() {
        for (content_type, expected) in [
            ("application/json", None),
            ("application/json; charset=utf-8", None),
            ("application/json;charset=\"UTF-8\"", None),
            ("application/json; version=1; Charset = ISO-8859-1", Some("ISO-8859-1")),
            ("text/plain; charset=\"utf-16\"", Some("utf-16")),
            ("text/plain; charset=", None),
            ("charset=latin1", None),
        ] {
            assert_eq!(charset(content_type), expected, "{content_type}");
        }
    }

    #[test]
    fn utf16_is_told_by_its_first_two_bytes() {
        for (beginning, expected) in [
            (&b"\xFF\xFE"[..], Some("utf-16le")),
            (b"\xFE\xFF", Some("utf-16be")),
            (b"{\0", Some("utf-16le")),
            (b"\0{", Some("utf-16be")),
            (b"{\"", None),
            (b"\xEF\xBB", None),
            (b"\0\0", None),
            (b"{", None),
            (b"", None),
        ] {
            assert_eq!(utf16(beginning), expected, "{}", beginning.escape_ascii());
        }
    }
}
