//! An origin whose pages may call the Worker: a development server's, as a rule.

use std::str::FromStr;
use ureq::http::Uri;

/// What it has to be.
const RULE: &str = "it must be a page's scheme, host and port alone, as in http://localhost:5173";

/// Scheme, host and port, as a browser names them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Origin(String);

impl FromStr for Origin {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url: Uri = text.trim_end_matches('/').parse().map_err(|_| RULE)?;
        let (Some(scheme @ ("http" | "https")), Some(authority)) = (url.scheme_str(), url.authority()) else { return Err(RULE) };
        let is_of_a_name = |c: char| c.is_ascii_alphanumeric() || ".-_[]:".contains(c);
        let is_origin = url.path() == "/" && url.query().is_none() && !authority.host().is_empty();
        if !is_origin || !authority.as_str().chars().all(is_of_a_name) || text.contains('#') {
            return Err(RULE);
        }
        // A port that is empty or none is no origin's.
        let rest = authority.as_str().strip_prefix(authority.host()).unwrap_or_default();
        let is_port = rest.strip_prefix(':').is_some_and(|port| port.parse().is_ok_and(|port: u16| port > 0));
        if rest.is_empty() || is_port { Ok(Self(format!("{scheme}://{authority}").to_lowercase())) } else { Err(RULE) }
    }
}

/// The Worker's setting: what it has already, and these.
pub(super) fn allowed_origins(already: Option<&str>, origins: &[Origin]) -> String {
    let names = origins.iter().map(|Origin(name)| name.as_str());
    already.into_iter().chain(names).collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_a_browser_names() {
        let origins = [
            ("http://localhost:5173", "http://localhost:5173"),
            ("HTTPS://App.Example/", "https://app.example"),
            ("http://[::1]:3000", "http://[::1]:3000"),
            ("http://127.0.0.1", "http://127.0.0.1"),
        ];
        for (text, expected) in origins {
            assert_eq!(text.parse(), Ok(Origin(expected.into())), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let wrong = [
            "",
            "*",
            "null",
            "localhost:5173",
            "//localhost",
            "http://",
            "http://localhost:5173/app",
            "http://localhost?a",
            "http://localhost#a",
            "http://a@localhost",
            "ftp://localhost",
            "http://localhost:",
            "http://localhost:0",
            "http://localhost:70000",
            "http://localhost:x",
            "http://*.example",
            "http://a b",
            "http://a\"",
            "http://a,http://b",
            "http://ä",
        ];
        for text in wrong {
            assert_eq!(text.parse::<Origin>(), Err(RULE), "{text}");
        }
    }

    #[test]
    fn those_that_are_set_already_stay() {
        let [a, b] = ["http://a", "http://b:1"].map(|text| text.parse::<Origin>().unwrap());
        assert_eq!(allowed_origins(None, &[a.clone(), b.clone()]), "http://a,http://b:1");
        assert_eq!(allowed_origins(Some("https://c"), &[a]), "https://c,http://a");
        assert_eq!(allowed_origins(Some("*"), &[b]), "*,http://b:1");
    }
}
