//! A request's address, cut into its parts.

use ringcentral_ai::http::pairs;

/// The parts of a request's address.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    /// Scheme, host and port.
    pub(crate) origin: String,
    /// The path, percent-encoded as it came; a slash too many, between two parts or at the end, is left out.
    pub(crate) path: String,
    /// The query's names and values, decoded.
    pub(crate) query: Vec<(String, String)>,
}

impl Address {
    /// Cuts up an address as the platform hands it over: absolute and normalised.
    pub(crate) fn of(url: &str) -> Self {
        let url = url.split('#').next().unwrap_or_default();
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let authority = place.find("://").map_or(0, |at| at + 3);
        let (origin, path) = place.split_at(place[authority..].find('/').map_or(place.len(), |at| authority + at));
        let query = pairs(query).collect();
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Self { origin: origin.to_owned(), path: ["/", &parts.join("/")].concat(), query }
    }

    /// The first value of that name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_cut_into_its_parts() {
        let address = Address::of("http://127.0.0.1:8787/v1/jobs/7?wait=5&dateFrom=2024-01-01T00%3A00%3A00Z&q=a+b%26c&flag#x");
        assert_eq!((address.origin.as_str(), address.path.as_str()), ("http://127.0.0.1:8787", "/v1/jobs/7"));
        assert_eq!(address.parameter("dateFrom"), Some("2024-01-01T00:00:00Z"));
        assert_eq!((address.parameter("q"), address.parameter("flag"), address.parameter("x")), (Some("a b&c"), Some(""), None));
    }

    #[test]
    fn a_slash_too_many_changes_nothing() {
        for path in ["/v1/jobs/7", "/v1/jobs/7/", "//v1//jobs/7//", "/v1/jobs/7/?x=1"] {
            assert_eq!(Address::of(&["https://h.example", path].concat()).path, "/v1/jobs/7", "{path}");
        }
        assert_eq!(Address::of("https://h.example//").path, "/");
        assert_eq!(Address::of("https://h.example/a%2F%2Fb").path, "/a%2F%2Fb");
    }

    #[test]
    fn an_address_without_a_path_is_the_root() {
        assert_eq!(Address::of("https://h.example").path, "/");
        assert_eq!(Address::of("https://h.example?x=1").path, "/");
    }
}
