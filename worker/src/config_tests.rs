//! The settings: what passes, and what names itself when it does not.

use super::Config;
use crate::clock::Clock;
use crate::problem::Problem;
use ringcentral_ai::http::Url;
use ringcentral_ai::secret::Secret;

const GOOD: [(&str, &str); 5] = [
    ("RC_CLIENT_ID", "client"),
    ("RC_CLIENT_SECRET", "S3CRET-client"),
    ("RC_JWT", "S3CRET-jwt"),
    ("API_TOKENS", "S3CRET-token-of-enough-characters, read:S3CRET-another-long-token"),
    ("SIGNING_KEYS", "S3CRET-0123456789abcdef0123456789abcdef"),
];

/// The settings above, with some set otherwise.
pub(crate) fn read(changed: &[(&str, &str)]) -> Result<Config, Problem> {
    Config::of(&|name| {
        let found = changed.iter().chain(&GOOD).find(|(key, _)| *key == name);
        found.map(|(_, value)| Secret::new(*value))
    })
}

/// Settings that pass.
pub(crate) fn config() -> Config {
    read(&[]).unwrap()
}

fn refused(changed: &[(&str, &str)]) -> String {
    let problem = read(changed).unwrap_err();
    assert_eq!(problem.code(), "not_configured");
    problem.cause().unwrap().to_owned()
}

#[test]
fn five_secrets_are_enough() {
    let config = read(&[]).unwrap();
    assert_eq!((config.tokens.len(), config.result_ttl_s, config.allow_private_media), (2, 2_592_000, false));
    assert_eq!(config.site.at("/x"), "https://platform.ringcentral.com/x");
    assert!(!format!("{config:?}").contains("S3CRET"));
    for ttl_s in [86_400, 157_680_000] {
        assert_eq!(read(&[("RESULT_TTL_S", &ttl_s.to_string())]).unwrap().result_ttl_s, ttl_s);
    }
}

#[test]
fn media_is_relayed_wherever_an_engine_reaches_this_worker() {
    let (internet, machine) = ("https://jobs.example.com", "http://127.0.0.1:8787");
    let sandbox = [("RC_SERVER", "http://127.0.0.1:8790")];
    let (polling, token, relay) =
        ([("RESULTS_BY", "polling")], [("CONTENT_ACCESS", "access-token")], [("CONTENT_ACCESS", "relay")]);
    let table: [(&[_], _, _, _); 9] = [
        (&[], None, internet, true),
        (&[], None, machine, false),
        (&[], Some("relay"), machine, true),
        (&[], Some("access-token"), internet, false),
        (&sandbox, None, machine, true),
        (&polling, None, internet, false),
        (&token, None, internet, false),
        (&token, Some("relay"), internet, true),
        (&relay, None, machine, true),
    ];
    for (changed, of_job, base, is_relayed) in table {
        let config = read(changed).unwrap();
        assert_eq!(config.relays(of_job, base), is_relayed, "{changed:?} {of_job:?} {base}");
        let is_out_of_reach = is_relayed && base == machine && changed != sandbox;
        assert_eq!(config.check_relay(of_job, base).is_err(), is_out_of_reach, "{changed:?} {of_job:?} {base}");
    }
}

#[test]
fn what_is_missing_or_wrong_is_named_and_not_quoted() {
    let missing = "it is missing; secrets are set with `wrangler secret put`, on this machine in .dev.vars";
    let address = "it must start with https:// (or http://)";
    let host = "each must be a host alone, as in media.ringcentral.com";
    let ttl = "it must be a whole number of seconds, 86400 (a day) to 157680000 (five years)";
    let tokens = "it must be a comma list of token or scope:token, a token of visible characters without : and comma";
    let table = [
        ("RC_CLIENT_ID", "", missing),
        ("RC_CLIENT_SECRET", "", missing),
        ("RC_JWT", "", missing),
        ("API_TOKENS", "", missing),
        ("API_TOKENS", "boss:S3CRET", "a scope must be one of admin, submit, read, reserve"),
        ("API_TOKENS", "S3CRET,,", tokens),
        ("SIGNING_KEYS", "S3CRET", "each key needs at least 32 characters: make one with `openssl rand -base64 32`"),
        ("RC_SERVER", "http://S3CRET.example", "it must start with https:// (http:// is for loopback)"),
        ("RC_SERVER", "S3CRET", address),
        ("RC_MEDIA_HOSTS", "https://S3CRET.example", host),
        ("RC_MEDIA_HOSTS", "media.ringcentral.com, S3CRET.example/x", host),
        ("PUBLIC_URL", "https://S3CRET.example/path", "it must be scheme, host and port alone, as in https://jobs.example"),
        ("PUBLIC_URL", "S3CRET", address),
        ("ALLOWED_ORIGINS", "https://a.example, S3CRET", address),
        ("RESULT_TTL_S", "3600", ttl),
        ("RESULT_TTL_S", "86399", ttl),
        ("RESULT_TTL_S", "157680001", ttl),
        ("RESULT_TTL_S", "400000000", ttl),
        ("RESULT_TTL_S", "-1", ttl),
        ("RESULT_TTL_S", "1e9", ttl),
        ("RESULT_TTL_S", "99999999999999999999", ttl),
        ("RESULT_TTL_S", "S3CRET", ttl),
        ("CONTENT_ACCESS", "S3CRET", "it must be \"relay\" or \"access-token\""),
        ("RESULTS_BY", "S3CRET", "it must be \"callback\" or \"polling\""),
        ("ALLOW_PRIVATE_MEDIA", "S3CRET", "it must be 1 or 0"),
        ("CLOCK", "0x60", "it is for tests alone: PUBLIC_URL must be an address of this machine"),
    ];
    for (name, value, reason) in table {
        assert_eq!(refused(&[(name, value)]), format!("{name}: {reason}"), "{value}");
    }
}

#[test]
fn all_that_is_wrong_is_named_at_once() {
    let said = refused(&[("RC_JWT", ""), ("API_TOKENS", "boss:S3CRET"), ("PUBLIC_URL", "S3CRET"), ("RESULT_TTL_S", "1")]);
    let named: Vec<_> = said.split(". Also ").map(|one| one.split(':').next().unwrap()).collect();
    assert_eq!(named, ["PUBLIC_URL", "RC_JWT", "API_TOKENS", "RESULT_TTL_S"]);
    assert!(!said.contains("S3CRET"));
}

#[test]
fn weak_credentials_stay_on_this_machine() {
    let weak = [
        ("API_TOKENS", "sandbox-token"),
        ("API_TOKENS", "short"),
        ("SIGNING_KEYS", "development-only-signing-key-of-the-sandbox"),
    ];
    for (name, value) in weak {
        assert!(refused(&[(name, value), ("PUBLIC_URL", "https://jobs.example")]).starts_with(name), "{value}");
        let said = refused(&[(name, value)]);
        assert!(said.starts_with(name) && said.contains("PUBLIC_URL"), "{said}");
        assert!(read(&[(name, value), ("PUBLIC_URL", "http://127.0.0.1:8787")]).is_ok());
    }
    assert!(read(&[("PUBLIC_URL", "https://jobs.example/")]).is_ok());
}

#[test]
fn origins_are_read_as_origins() {
    let config = read(&[
        ("ALLOWED_ORIGINS", "https://A.example:443, http://127.0.0.1:5173 ,*"),
        ("PUBLIC_URL", "https://jobs.example:443/"),
    ])
    .unwrap();
    assert_eq!(config.allowed_origins, ["https://a.example", "http://127.0.0.1:5173", "*"]);
    assert_eq!(config.public_url.as_deref(), Some("https://jobs.example"));
}

#[test]
fn another_clock_stays_on_this_machine() {
    let here = ("PUBLIC_URL", "http://127.0.0.1:8787");
    assert_eq!(read(&[here]).unwrap().clock, Clock::REAL);
    assert_eq!(read(&[here, ("CLOCK", "1000x60")]).unwrap().clock, Clock::parse("1000x60").unwrap());
    assert!(refused(&[here, ("CLOCK", "60")]).starts_with("CLOCK: "));
    assert!(refused(&[("PUBLIC_URL", "https://jobs.example"), ("CLOCK", "1000x60")]).starts_with("CLOCK: "));
}

#[test]
fn the_media_host_follows_the_server() {
    let may_see =
        |changed: &[(&str, &str)], address: &str| read(changed).unwrap().site.may_see_token(&Url::parse(address, "").unwrap());
    let server = ("RC_SERVER", "https://platform.devtest.ringcentral.com");
    assert!(may_see(&[], "https://media.ringcentral.com/a"));
    assert!(may_see(&[server], "https://media.devtest.ringcentral.com/a"));
    assert!(may_see(&[server, ("RC_MEDIA_HOSTS", " a.example , b.example ")], "https://b.example/a"));
    assert!(!may_see(&[server, ("RC_MEDIA_HOSTS", "a.example")], "https://media.devtest.ringcentral.com/a"));
}

#[test]
fn where_ringcentral_cannot_call_back_is_named() {
    let config = read(&[]).unwrap();
    for base in [
        "http://127.0.0.1:8787",
        "http://localhost:8787",
        "https://192.168.0.7",
        "http://169.254.1.1",
        "http://[::1]:8787",
        "https://worker.local",
        "https://jobs.internal",
        "https://worker",
    ] {
        let problem = Config::check_reach(base, &config.site.at("")).unwrap_err();
        assert_eq!(problem.code(), "not_configured");
        let said = problem.cause().unwrap();
        assert!(said.starts_with("PUBLIC_URL: ") && said.contains(base) && said.contains("RESULTS_BY"), "{said}");
    }
    assert!(Config::check_reach("https://jobs.example.com", "https://api.example.com").is_ok());

    for server in ["http://127.0.0.1:8790", "https://rc.internal"] {
        assert!(Config::check_reach("http://127.0.0.1:8787", server).is_ok(), "{server}");
    }
}

#[test]
fn results_come_by_callback_or_by_polling() {
    let ask_after_ms = |changed: &[(&str, &str)]| read(changed).unwrap().ask_after_ms();
    assert!(!read(&[]).unwrap().polls && read(&[("RESULTS_BY", "polling")]).unwrap().polls);
    assert_eq!((ask_after_ms(&[]), ask_after_ms(&[("RESULTS_BY", "callback")])), (600_000, 600_000));
    assert_eq!(ask_after_ms(&[("RESULTS_BY", "polling")]), 5_000);
}
