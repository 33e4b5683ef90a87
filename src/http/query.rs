//! The one reader of queries and forms, `application/x-www-form-urlencoded`.

use alloc::borrow::Cow;

/// The names and values of a query or a form in their order, decoded; what is no UTF-8 is replaced.
pub fn pairs(query: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    form_urlencoded::parse(query.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::encode;
    use proptest::prelude::*;

    fn read(query: &str) -> Vec<(String, String)> {
        pairs(query).map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
    }

    #[test]
    fn names_and_values_are_decoded() {
        let expected = [("dateFrom", "2024-01-01T00:00:00Z"), ("q", "a b&c=d"), ("flag", ""), ("", "x"), ("q", "€")];
        let query = "dateFrom=2024-01-01T00%3A00%3A00Z&q=a+b%26c=d&&flag&=x&q=%E2%82%AC";
        assert_eq!(read(query), expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert!(read("").is_empty());
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
    }
}
