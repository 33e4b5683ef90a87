//! The one JSON model: what is read is written so that it is read again as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::json::Value;

fuzz_target!(|text: &[u8]| {
    let _ = Value::parse_only(text, &["a", "b"]);
    if let Some(value) = Value::parse(text) {
        let written = value.write();
        assert_eq!(Value::parse(written.as_bytes()), Some(value), "{written}");
    }
});
