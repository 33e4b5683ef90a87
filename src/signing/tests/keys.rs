//! Known answers were computed with Python's `hmac`.

use super::*;
use proptest::prelude::*;

const FIRST: &str = "0123456789abcdef0123456789abcdef";
const SECOND: &str = "fedcba9876543210fedcba9876543210=";
const ID: &str = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";

fn keys(text: &str) -> Keys {
    Keys::parse(&Secret::new(text)).unwrap()
}

#[test]
fn signatures_are_the_known_ones() {
    let callback = keys(FIRST).sign(Purpose::Callback, &[ID, "1"]);
    assert_eq!(callback, "bb946b6f97db3291e6e3c0d52c9d319cd08e4008727e975c6061ccfb564ffabd");
    let media = keys(SECOND).sign(Purpose::Media, &["a", "b", ""]);
    assert_eq!(media, "c252464b8606fe9ad10e880e0358c7ab04c22ef36b7c2b67181b6e5e05f976b3");
    let read = keys(FIRST).sign(Purpose::Read, &["é"]);
    assert_eq!(read, "257bc50afccbf577b04283bfa74d435a2522c65617427f4c3f6b7e970485467a");
    let both = keys(&format!("{SECOND},{FIRST}"));
    let seal: Vec<_> = both.derive(Purpose::Seal).map(|key| hex(key)).collect();
    assert_eq!((seal.len(), seal[1].as_str()), (2, "e7e0bb3174ed58485c24da347ef0e8558f07302b336f52d2350d046af1e74dd3"));
}

#[test]
fn the_first_key_signs_and_all_verify() {
    let (old, rotated) = (keys(FIRST), keys(&format!(" {SECOND} , {FIRST}\n")));
    let signed_before = old.sign(Purpose::Callback, &[ID]);
    assert_eq!(rotated.verify(Purpose::Callback, &[ID], &signed_before), Ok(()));
    let signed_after = rotated.sign(Purpose::Callback, &[ID]);
    assert_eq!(signed_after, keys(SECOND).sign(Purpose::Callback, &[ID]));
    assert_eq!(old.verify(Purpose::Callback, &[ID], &signed_after), Err(Error::WrongSignature));
}

#[test]
fn a_signature_has_one_spelling() {
    let keys = keys(FIRST);
    let good = keys.sign(Purpose::Callback, &[ID]);
    let spellings = [
        good.to_uppercase(),
        good[..63].into(),
        format!("{good}0"),
        format!(" {}", &good[1..]),
        "g".repeat(64),
        String::new(),
        "é".repeat(32),
    ];
    for wrong in spellings {
        assert_eq!(keys.verify(Purpose::Callback, &[ID], &wrong), Err(Error::WrongSignature), "{wrong}");
    }
    assert_eq!(keys.verify(Purpose::Callback, &[ID], &good), Ok(()));
    assert_eq!(keys.verify(Purpose::Media, &[ID], &good), Err(Error::WrongSignature));
}

#[test]
fn parts_cannot_be_shifted_into_each_other() {
    let keys = keys(FIRST);
    let lists: [&[&str]; 6] = [&["ab", "c"], &["a", "bc"], &["abc"], &["abc", ""], &["", "abc"], &[]];
    let signatures: Vec<_> = lists.iter().map(|parts| keys.sign(Purpose::Callback, parts)).collect();
    for (index, signature) in signatures.iter().enumerate() {
        assert_eq!(signatures.iter().position(|other| other == signature), Some(index));
    }
}

#[test]
fn a_short_or_missing_key_is_refused_by_the_setting_s_name() {
    for text in ["", " ", "short", &format!("{FIRST},"), &format!("{FIRST},short"), &format!("{}  ", &FIRST[1..])] {
        let error = Keys::parse(&Secret::new(text)).unwrap_err();
        assert!(matches!(&error, Error::InvalidField { field, .. } if field == "SIGNING_KEYS"), "{error}");
        assert!(!error.to_string().contains("short,") && !error.to_string().contains(FIRST), "{error}");
    }
}

#[test]
fn no_key_is_printed() {
    let shown = format!("{:?}", keys(&format!("{FIRST},{SECOND}")));
    assert_eq!(shown, "Keys { former: 1, .. }");
}

proptest! {
    #[test]
    fn any_text_is_verified_or_refused(signature in ".*", parts in prop::collection::vec(".*", 0..4)) {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let keys = keys(FIRST);
        prop_assert_eq!(keys.verify(Purpose::Callback, &parts, &signature), Err(Error::WrongSignature));
        prop_assert_eq!(keys.verify(Purpose::Callback, &parts, &keys.sign(Purpose::Callback, &parts)), Ok(()));
    }
}
