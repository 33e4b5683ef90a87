use super::*;

const OWN: [&str; 2] = ["https://jobs.example.com", "https://jobs.example.workers.dev"];

fn follow(location: &str, allow_private: bool) -> Result<String, Refusal> {
    let site = Site::new(Site::SERVER, &[]).unwrap();
    let from = Url::parse("https://media.ringcentral.com/a/content?x=1", "").unwrap();
    Bounds { site: &site, own: OWN, allow_private }.follow(&from, location)
}

#[test]
fn a_redirect_is_followed_to_names_on_the_internet() {
    for (location, whole) in [
        ("/b", "https://media.ringcentral.com/b"),
        ("b?y=2", "https://media.ringcentral.com/a/b?y=2"),
        ("https://media.ringcentral.com:443/b", "https://media.ringcentral.com/b"),
        ("//cdn.example.com/b", "https://cdn.example.com/b"),
        ("https://cdn.example.com/b#f", "https://cdn.example.com/b"),
        ("HTTPS://CDN.example.com", "https://cdn.example.com/"),
    ] {
        assert_eq!(follow(location, false).as_deref(), Ok(whole), "{location}");
    }
}

#[test]
fn no_redirect_leads_where_media_must_not_be_fetched() {
    for location in [
        "http://cdn.example.com/b",
        "http://media.ringcentral.com/b",
        "ftp://cdn.example.com/b",
        "file:///etc/passwd",
        "data:audio/wav;base64,AAAA",
        "javascript:alert(1)",
        "gopher://cdn.example.com/",
        "https://cdn.example.com:8443/b",
        "https://cdn.example.com:80/b",
        "https://media.ringcentral.com:8443/b",
        "https://user@cdn.example.com/b",
        "https://user:password@media.ringcentral.com/b",
        "https://media.ringcentral.com@evil.example.com/b",
        "https://evil.example.com\\@media.ringcentral.com/b",
        "https://127.0.0.1/b",
        "https://8.8.8.8/b",
        "https://[::1]/b",
        "https://[2606:4700::1]/b",
        "https://[::ffff:10.0.0.1]/b",
        "https://2130706433/b",
        "https://0x7f000001/b",
        "https://0177.0.0.1/b",
        "https://127.1/b",
        "https://10.0.0.1/b",
        "https://169.254.169.254/latest/meta-data",
        "https://localhost/b",
        "https://localhost./b",
        "https://a.localhost/b",
        "https://db.internal/b",
        "https://printer.local/b",
        "https://router/b",
        "https://a.test/b",
        "https://a.onion/b",
        "https://1.2.3.4.in-addr.arpa/b",
        "https://jobs.example.com/v1/stats",
        "https://jobs.example.com:443/v1/stats",
        "https://JOBS.example.com/v1/stats",
        "https://jobs.example.workers.dev/media/1",
        "https://cdn.example.com /b",
        "https://cdn.exa\tmple.com/b",
        "https://",
        "https://%31%32%37.0.0.1/b",
        "https://\u{FF11}27.0.0.1/b",
    ] {
        assert!(follow(location, false).is_err(), "{location}");
    }
}

#[test]
fn whoever_allows_a_private_network_allows_it_here_too() {
    assert!(follow("http://127.0.0.1:8790/b", true).is_ok());
    for location in ["https://jobs.example.com/v1/stats", "http://user@127.0.0.1/b", "ftp://127.0.0.1/b"] {
        assert!(follow(location, true).is_err(), "{location}");
    }
}
