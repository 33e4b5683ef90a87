//! Who is told of a job's end: an address that anybody on the internet could have named.

use crate::edge::access::Holder;
use crate::edge::context::RequestContext;
use crate::limits::MAX_NOTIFY_URL_CHARS;
use crate::problem::Problem;
use crate::question::Receiver;
use ringcentral_ai::http::Url;
use ringcentral_ai::json::Value;

const FIELD: &str = "notify.url";

/// The address in `{"url"}`, checked; null is none.
///
/// # Errors
/// `invalid_field` naming what is wrong.
pub(super) fn notify(context: &RequestContext<'_>, value: &Value<'_>) -> Result<Option<Receiver>, Problem> {
    const PUBLIC: &str = "a token of scope reserve is one that anybody can read in a page: it has nobody told";
    if *value != Value::Null && matches!(context.holder, Holder::Page(_)) {
        return Err(Problem::field("notify", PUBLIC));
    }
    let url = address(value, context.config.allow_private_media)?;
    Ok(url.map(|url| Receiver { url, is_envelope: false }))
}

fn address(value: &Value<'_>, allow_private: bool) -> Result<Option<String>, Problem> {
    if *value == Value::Null {
        return Ok(None);
    }
    let ([(name, value)], true) = (value.fields(), value.is_object()) else {
        return Err(Problem::field("notify", "it must be {\"url\": …}, or null"));
    };
    if name != "url" {
        return Err(Problem::field(&["notify.", name].concat(), "there is no such field; there is: url"));
    }
    checked(value.text().unwrap_or_default(), FIELD, allow_private).map(Some)
}

/// An address that a job's end is told at; `field` is what an error calls it.
///
/// # Errors
/// `invalid_field` naming it.
pub(super) fn checked(text: &str, field: &str, allow_private: bool) -> Result<String, Problem> {
    let wrong = |reason| Err(Problem::field(field, reason));
    if !(1..=MAX_NOTIFY_URL_CHARS).contains(&text.chars().count()) {
        return wrong("it must be a text of 2000 characters at most");
    }
    let url = Url::parse(text, field)?;
    if url.has_userinfo() {
        return wrong("it must hold no name and password before the host: put what is secret into the query");
    }
    if !url.is_public() && !allow_private {
        return wrong("its host is on a private network, where this Worker cannot reach it");
    }
    if url.is_public() && !url.origin().starts_with("https:") {
        return wrong("it must begin with https://");
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: &serde_json::Value, allow_private: bool) -> Result<Option<String>, Option<String>> {
        let text = value.to_string();
        address(&Value::parse(text.as_bytes()).unwrap(), allow_private).map_err(|problem| problem.failure().field.clone())
    }

    #[test]
    fn an_address_is_one_that_the_internet_knows() {
        let given = "https://hooks.example.com/a?token=S3CRET";
        assert_eq!(read(&json!({ "url": given }), false), Ok(Some(given.into())));
        assert_eq!(read(&json!(null), false), Ok(None));
        let hosts = [
            "http://hooks.example.com/",
            "https://127.0.0.1/",
            "http://localhost:7/",
            "https://10.0.0.1/",
            "https://db.internal/",
        ];
        let others = [
            "ftp://hooks.example.com/",
            "hooks.example.com",
            "https://me:S3CRET@hooks.example.com/",
            "https://me@hooks.example.com/",
        ];
        for url in hosts.into_iter().chain(others) {
            assert_eq!(read(&json!({ "url": url }), false), Err(Some(FIELD.into())), "{url}");
        }
        let long = ["https://hooks.example.com/", &"x".repeat(MAX_NOTIFY_URL_CHARS)].concat();
        assert_eq!(read(&json!({ "url": long }), false), Err(Some(FIELD.into())));
    }

    #[test]
    fn what_is_private_is_for_those_who_allow_it() {
        for url in ["http://127.0.0.1:9/a", "https://10.0.0.1/", "http://localhost/"] {
            assert_eq!(read(&json!({ "url": url }), true), Ok(Some(url.into())));
        }
        assert_eq!(
            read(&json!({ "url": "http://hooks.example.com/" }), true),
            Err(Some(FIELD.into())),
            "the internet is never plain"
        );
    }

    #[test]
    fn nothing_else_is_named() {
        for (value, field) in [
            (json!("https://hooks.example.com/"), "notify"),
            (json!({}), "notify"),
            (json!([]), "notify"),
            (json!({ "url": "https://hooks.example.com/", "events": [] }), "notify"),
            (json!({ "URL": "https://hooks.example.com/" }), "notify.URL"),
            (json!({ "url": 7 }), FIELD),
        ] {
            assert_eq!(read(&value, false), Err(Some(field.into())), "{value}");
        }
    }
}
