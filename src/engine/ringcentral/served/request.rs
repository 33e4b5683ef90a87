//! What the body of a request asks for: the media by its address, and everything else.

use crate::json::Value;
use alloc::borrow::Cow;
use alloc::vec;

/// Where the media stands in a request.
const CONTENT_URI: &str = "contentUri";

/// A body's fields without its media, and that as it is named elsewhere, [`Value::Null`] where there is none.
#[must_use]
pub fn parted(body: Value<'_>) -> (Value<'_>, Value<'_>) {
    let Value::Object(mut fields) = body else { return (body, Value::Null) };
    let address = fields.iter().rev().find(|(name, _)| name == CONTENT_URI).map(|(_, address)| address.clone());
    fields.retain(|(name, _)| name != CONTENT_URI);
    let media = address.filter(|address| *address != Value::Null);
    let media = media.map_or(Value::Null, |address| Value::Object(vec![(Cow::Borrowed(CONTENT_URI), address)]));
    (Value::Object(fields), media)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_is_taken_out_of_a_body() {
        for (body, fields, media) in [
            (
                r#"{"contentUri":"https://h.example/a","encoding":"Wav"}"#,
                r#"{"encoding":"Wav"}"#,
                r#"{"contentUri":"https://h.example/a"}"#,
            ),
            (r#"{"texts":["a"]}"#, r#"{"texts":["a"]}"#, "null"),
            (r#"{"contentUri":null}"#, "{}", "null"),
            (r#"{"contentUri":7}"#, "{}", r#"{"contentUri":7}"#),
            (r#"{"contentUri":"a","contentUri":"b"}"#, "{}", r#"{"contentUri":"b"}"#),
            ("[]", "[]", "null"),
        ] {
            let (rest, found) = parted(Value::parse(body.as_bytes()).unwrap());
            assert_eq!((rest.write().as_str(), found.write().as_str()), (fields, media), "{body}");
        }
    }
}
