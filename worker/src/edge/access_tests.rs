//! Who is let in where.

use super::*;
use ringcentral_ai::signing::read_token;

const ID: &str = "01960e0a-7c1e-7b52-9a2b-3d1c5f6a7b8c";
const TOKENS: &str = "all-of-it, submit:sub-token,read:read-token,reserve:page-token,submit:both-token,read:both-token";
const SUBMIT: Who = Who::Api(&[Scope::Submit]);
const RESERVE: Who = Who::Api(&[Scope::Submit, Scope::Reserve]);
const LIST: Who = Who::Api(&[Scope::Read]);

fn config() -> Config {
    let values = [
        ("RC_CLIENT_ID", "client"),
        ("RC_CLIENT_SECRET", "secret"),
        ("RC_JWT", "jwt"),
        ("API_TOKENS", TOKENS),
        ("SIGNING_KEYS", "0123456789abcdef0123456789abcdef"),
        ("ALLOWED_ORIGINS", "https://page.example"),
        ("PUBLIC_URL", "http://127.0.0.1:8787"),
    ];
    Config::of(&|name| values.iter().find(|(key, _)| *key == name).map(|(_, value)| Secret::new(*value))).unwrap()
}

fn code(who: Who, shown: &Shown, id: Option<&str>) -> String {
    admit(&config(), who, shown, id).map_or_else(|problem| problem.code().to_owned(), |_| "in".into())
}

fn bearer(token: &str) -> Shown {
    Shown { bearer: Some(Secret::new(token)), ..Shown::default() }
}

#[test]
fn a_scope_opens_its_routes_and_no_other() {
    let table = [
        ("all-of-it", "in", "in", "in", "in"),
        ("sub-token", "in", "in", "forbidden", "forbidden"),
        ("read-token", "forbidden", "forbidden", "in", "in"),
        ("both-token", "in", "in", "in", "in"),
        ("page-token", "forbidden", "forbidden", "forbidden", "forbidden"),
        ("stranger", "unauthorized", "unauthorized", "unauthorized", "unauthorized"),
        ("", "unauthorized", "unauthorized", "unauthorized", "unauthorized"),
        ("submit:sub-token", "unauthorized", "unauthorized", "unauthorized", "unauthorized"),
    ];
    for (token, submit, reserve, list, read) in table {
        let shown = bearer(token);
        let got = [
            code(SUBMIT, &shown, None),
            code(RESERVE, &shown, None),
            code(LIST, &shown, None),
            code(Who::Reader, &shown, Some(ID)),
        ];
        assert_eq!(got, [submit, reserve, list, read], "{token}");
    }
    assert_eq!(code(SUBMIT, &Shown::default(), None), "unauthorized");
}

#[test]
fn a_pages_token_reserves_from_its_pages_only() {
    let from = |origin: &str| Shown { origin: Some(origin.into()), ..bearer("page-token") };
    assert_eq!(code(RESERVE, &from("https://page.example"), None), "in");
    assert_eq!(code(RESERVE, &from("https://evil.example"), None), "forbidden");
    assert_eq!(code(SUBMIT, &from("https://page.example"), None), "forbidden");
}

#[test]
fn a_read_token_reads_its_job_and_nothing_else() {
    let shown = bearer(read_token(&config().keys, ID).expose());
    assert_eq!(admit(&config(), Who::Reader, &shown, Some(ID)).unwrap(), Holder::Other);
    assert_eq!(code(Who::Reader, &shown, Some("another")), "not_found");
    assert_eq!(code(LIST, &shown, None), "forbidden");
    assert_eq!(code(SUBMIT, &shown, None), "forbidden");
}

#[test]
fn a_link_carries_a_read_token_only() {
    let linked = |token: &str| Shown { linked: Some(Secret::new(token)), ..Shown::default() };
    let token = read_token(&config().keys, ID);
    assert_eq!(code(Who::LinkedReader, &linked(token.expose()), Some(ID)), "in");
    assert_eq!(code(Who::LinkedReader, &linked(token.expose()), Some("another")), "not_found");
    assert_eq!(code(Who::Reader, &linked(token.expose()), Some(ID)), "unauthorized");
    assert_eq!(code(Who::LinkedReader, &linked("all-of-it"), Some(ID)), "unauthorized");
}

#[test]
fn who_is_not_let_in_is_told_what_it_takes() {
    let said = |who: Who, shown: &Shown| {
        let problem = admit(&config(), who, shown, None).unwrap_err();
        problem.failure().message.clone()
    };
    assert_eq!(said(SUBMIT, &Shown::default()), "a token is needed: Authorization: Bearer …");
    assert!(said(SUBMIT, &bearer("submit:sub-token")).contains("without the scope before it"));
    assert!(said(SUBMIT, &bearer("read-token")).starts_with("this takes a token of scope submit or admin"));
    assert!(said(RESERVE, &bearer("read-token")).starts_with("this takes a token of scope submit or reserve or admin"));
    assert!(said(RESERVE, &bearer("page-token")).contains("ALLOWED_ORIGINS"));
}
