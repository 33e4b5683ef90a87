//! The one reader of queries and forms, `application/x-www-form-urlencoded`.

use super::hex::value;
use crate::json::lossy;
use alloc::string::String;
use alloc::vec::Vec;

/// The names and values of a query or a form in their order, decoded; what is no UTF-8 is replaced.
pub fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(name, value)| (decoded(name), decoded(value)))
}

/// A `%` without two digits stands for itself.
fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        let digits = after.split_first_chunk().filter(|_| *first == b'%');
        let encoded = digits.and_then(|(&[high, low], after)| Some((value(high)? << 4 | value(low)?, after)));
        let plain = if *first == b'+' { b' ' } else { *first };
        let (byte, next) = encoded.unwrap_or((plain, after));
        bytes.push(byte);
        rest = next;
    }
    lossy(&bytes).into_owned()
}

/// A query with that value as the only one of its name, at the end; every other pair stays as it stands. The name and the value
/// are encoded already.
#[must_use]
pub fn replaced(query: &str, name: &str, value: &str) -> String {
    let mut replaced = String::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty() && pairs(pair).all(|(other, _)| other != name)) {
        replaced.extend([pair, "&"]);
    }
    replaced.extend([name, "=", value]);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::encode;
    use proptest::prelude::*;

    fn read(query: &str) -> Vec<(String, String)> {
        pairs(query).collect()
    }

    #[test]
    fn names_and_values_are_decoded() {
        let expected = [("dateFrom", "2024-01-01T00:00:00Z"), ("q", "a b&c=d"), ("flag", ""), ("", "x"), ("q", "€")];
        let query = "dateFrom=2024-01-01T00%3A00%3A00Z&q=a+b%26c=d&&flag&=x&q=%E2%82%AC";
        assert_eq!(read(query), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(read("").is_empty());
    }

    #[test]
    fn a_value_replaces_those_of_its_name_and_no_other() {
        for (query, expected) in
            [("", "t=1"), ("a=b&c", "a=b&c&t=1"), ("t=0&a=%20&t=2", "a=%20&t=1"), ("%74=0&&at=3&", "at=3&t=1")]
        {
            assert_eq!(replaced(query, "t", "1"), expected, "{query}");
        }
    }

    #[test]
    fn what_is_wrongly_encoded_stays_or_is_replaced() {
        assert_eq!(
            read("a=%&b=%zz&c=%ff"),
            [("a".into(), "%".into()), ("b".into(), "%zz".into()), ("c".into(), "\u{fffd}".into())]
        );
    }

    proptest! {
        #[test]
        fn what_is_encoded_is_read_again(given in prop::collection::vec((".+", ".*"), 0..5)) {
            let query: Vec<String> = given.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
            prop_assert_eq!(read(&query.join("&")), given);
        }

        #[test]
        fn any_query_is_read_as_the_library_reads_it(query in "([&=+%a-fA-F0-9]|\\PC){0,20}") {
            prop_assert_eq!(read(&query), form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>());
        }
    }
}
