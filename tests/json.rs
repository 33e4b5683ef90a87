//! Our JSON against `serde_json`: what it reads, ours reads with the same values; and what ours reads beyond it.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, missing_docs)]

use proptest::prelude::*;
use ringcentral_ai::json::{Owned, Value, pick};
use std::borrow::Cow;

/// Whether `serde_json` reads the same, unless something stands there that ours forgives. Where it says that a number is out of
/// its range, it has not judged the rest.
#[track_caller]
fn agrees(text: &str) {
    let ours = Value::parse(text.as_bytes()).map(|ours| ours.write());
    let theirs: serde_json::Result<serde_json::Value> = serde_json::from_str(text);
    if theirs.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range")) {
        return;
    }
    let ours: Option<serde_json::Value> = ours.map(|ours| serde_json::from_str(&ours).unwrap());
    let forgives = text.contains('\\') || text.contains(char::is_control);
    assert!(ours == theirs.ok() || forgives && ours.is_some() && theirs_is_err(text), "{text}");
}

fn theirs_is_err(text: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(text).is_err()
}

fn any_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        ".*".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 50, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::hash_map(".*", inner, 0..6).prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_serde_json_writes_is_read(value in any_value()) {
        agrees(&value.to_string());
        agrees(&serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn any_bytes_return(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Value::parse(&bytes);
        let _ = Value::parse_only(&bytes, &["a"]);
    }

    #[test]
    fn json_with_a_wound_is_judged_alike(value in any_value(), at in any::<prop::sample::Index>(), c in r#"[\[\]{}",:0-9eE.+\-\\utfnx \n]"#) {
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text[at] = c.chars().next().unwrap();
        agrees(&text.into_iter().collect::<String>());
    }
}

#[test]
fn corners_are_judged_alike() {
    let texts = [
        "",
        " ",
        "{",
        "}",
        "[1,]",
        "{\"a\":1,}",
        "[,1]",
        "01",
        "-",
        "-0",
        "1.",
        ".1",
        "1e",
        "1e+",
        "+1",
        "tru",
        "nulll",
        "\"\\ud83d\\ude00\"",
        "\"",
        "{\"a\" : [ ] }",
        "{1:2}",
        "[] []",
        "\"\\u0000\\/\\b\\f\\n\\r\\t\"",
        "[[[[1]]]]",
    ];
    for text in texts {
        agrees(text);
    }
}

#[test]
fn one_odd_character_does_not_decide_about_the_whole() {
    let odd: [(&[u8], &str); 16] = [
        (br#""\ud83d""#, "\u{FFFD}"),
        (br#""\ude00""#, "\u{FFFD}"),
        (br#""\ud800A""#, "\u{FFFD}A"),
        (br#""\ud800\u0041""#, "\u{FFFD}A"),
        (br#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
        (br#""\u12""#, "\u{FFFD}12"),
        (br#""\uzz""#, "\u{FFFD}zz"),
        (br#""\x""#, "x"),
        (br#""\'""#, "'"),
        (b"\"\\\xC3\xA9\"", "\\é"),
        (b"\"a\nb\tc\x01\"", "a\nb\tc\x01"),
        (b"\"caf\xE9\"", "caf\u{FFFD}"),
        (b"\"\xF0\x9F\x98\"", "\u{FFFD}"),
        (b"\xEF\xBB\xBF\"a\"", "a"),
        (b"\xEF\xBB\xBF \"a\" ", "a"),
        (b"\"\\n\xFF\"", "\n\u{FFFD}"),
    ];
    for (text, value) in odd {
        assert_eq!(Value::parse(text).as_ref().and_then(Value::text), Some(value), "{}", text.escape_ascii());
        let within = [b"{\"other\":[", text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text), b"],\"a\":1}"].concat();
        assert_eq!(Value::parse_only(&within, &["a"]).map(|value| value.write()).as_deref(), Some(r#"{"a":1}"#));
    }
    let no_value = Value::parse(b"[NaN,-Infinity,Infinity]").unwrap();
    assert_eq!(no_value.entries(), [Value::Null, Value::Null, Value::Null]);
    for broken in [&b"\""[..], b"\"\\", b"\"\\\"", b"\"\\u", b"-Inf", b"nan", b"\xEF\xBB\"a\"", b"\"a\" \xEF\xBB\xBF"] {
        assert_eq!(Value::parse(broken), None, "{}", broken.escape_ascii());
    }
}

#[test]
fn a_number_that_no_float_holds_is_kept_as_it_stands() {
    for text in ["1e999", "[-1E+400,1e-999]", r#"{"a":123456789012345678901234567890.5}"#] {
        assert_eq!(Value::parse(text.as_bytes()).map(|value| value.write()).as_deref(), Some(text));
    }
    for text in ["1e999e1", "1e999x", "[1e999", "1e", "1e+", "e1", "1ee1"] {
        assert_eq!(Value::parse(text.as_bytes()), None, "{text}");
    }
}

#[test]
fn nesting_ends_somewhere() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(Value::parse(nested(128).as_bytes()).is_some());
    assert!(Value::parse(nested(129).as_bytes()).is_none());
    assert!(Value::parse("[".repeat(1_000_000).as_bytes()).is_none());
}

#[test]
fn a_text_without_escapes_is_borrowed_and_the_last_of_two_fields_counts() {
    let value = Value::parse(br#"{"a":"x","a":"y","b":"\n"}"#).unwrap();
    assert!(matches!(value.get("a"), Value::Text(Cow::Borrowed("y"))));
    assert!(matches!(value.get("b"), Value::Text(Cow::Owned(text)) if text == "\n"));
    assert_eq!(value.get("c"), &Value::Null);
}

#[test]
fn only_the_named_fields_are_kept() {
    let value = Value::parse_only(br#"{"a":[{"b":1,"c":2}],"c":{"a":3}}"#, &["a", "b"]).unwrap();
    assert_eq!(value.write(), r#"{"a":[{"b":1}]}"#);
}

/// Whether what is not kept is judged as what is.
#[track_caller]
fn is_skipped_as_it_is_read(text: &str) {
    let within = format!(r#"{{"a":{text}}}"#);
    let is_read = Value::parse(within.as_bytes()).is_some();
    assert_eq!(Value::parse_only(within.as_bytes(), &[]).is_some(), is_read, "{within}");
    assert_eq!(pick(within.as_bytes(), []).is_some(), is_read, "{within}");
}

proptest! {
    #[test]
    fn what_is_not_kept_is_judged_as_what_is(value in any_value(), at in any::<prop::sample::Index>(), c in r#"[\[\]{}",:0-9eE.+\-\\utfnx \n]"#) {
        is_skipped_as_it_is_read(&value.to_string());
        let mut text: Vec<char> = value.to_string().chars().collect();
        let at = at.index(text.len());
        text[at] = c.chars().next().unwrap();
        is_skipped_as_it_is_read(&text.into_iter().collect::<String>());
    }
}

#[test]
fn what_is_not_kept_may_be_nested_at_any_depth() {
    let object = |depth: usize| r#"{"a":["#.repeat(depth) + "7" + &"]}".repeat(depth);
    for value in ["[".repeat(100_000) + &"]".repeat(100_000), object(100_000)] {
        let within = format!(r#"{{"deep":{value},"kept":[1]}}"#);
        assert_eq!(Value::parse_only(within.as_bytes(), &["kept"]).unwrap().write(), r#"{"kept":[1]}"#);
        assert_eq!(pick(within.as_bytes(), ["kept", "deep"]), Some([Some(&b"[1]"[..]), Some(value.as_bytes())]));
        let open = within.replacen(']', "", 1);
        assert_eq!((Value::parse_only(open.as_bytes(), &["kept"]), pick(open.as_bytes(), ["kept"])), (None, None));
    }
    for wrong in ["[[}]", "[{]}", r#"{"a":[}]"#, "[1,]", r#"{"a":1,}"#, r#"{"a"}"#, "[1 2]", "[", "{"] {
        assert_eq!(pick(format!(r#"{{"a":{wrong}}}"#).as_bytes(), ["b"]), None, "{wrong}");
    }
}

#[test]
fn fields_are_picked_as_they_stand() {
    let text = br#" {"a" : [1, {"b":2}] ,"c":"x", "\u0062":{},"e":1e400} "#;
    assert_eq!(pick(text, ["b", "a", "d", "e"]), Some([Some(&b"{}"[..]), Some(br#"[1, {"b":2}]"#), None, Some(b"1e400")]));
    assert_eq!(pick(br#"{"a":1,"b":2,"a":3}"#, ["a"]), Some([Some(&b"3"[..])]));
    assert_eq!(pick(br#"{"a":1,"b":2,"b":1}"#, ["a"]), Some([Some(&b"1"[..])]));
    for no_object in ["", " ", "[]", "7", r#"{"a":1}x"#, "{}{}"] {
        assert_eq!(pick(no_object.as_bytes(), ["a"]), None, "{no_object}");
    }
    assert_eq!(pick(b"{}", ["a"]), Some([None]));
}

#[test]
fn a_value_outlives_its_text() {
    let owned = {
        let text = String::from(r#"{"a": [1.50, "\n", null]}"#);
        Owned::from(&Value::parse(text.as_bytes()).unwrap())
    };
    assert_eq!((owned.as_str(), owned.read().get("a").entries().len()), (r#"{"a":[1.50,"\u000a",null]}"#, 3));
}
