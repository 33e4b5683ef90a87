//! From page to page, the same way for every list: forwards only, in the same list, never over a page that repeats.

use super::cursor::{Cursor, fingerprint};
use super::span::Span;
use super::{Page, Recording};
use crate::http::{HttpResponse, Url, encode, pairs, replaced};
use crate::json::Value;
use alloc::string::String;
use alloc::vec::Vec;

/// The parameter that carries a token for the next page.
const TOKEN: &str = "pageToken";

/// Adds the recordings of an entry to those before it.
pub(super) type Push = fn(&Value<'_>, &mut Vec<Recording>);

/// A page with its list of entries, which may be missing but must be a list.
pub(super) fn page<'a>(response: &'a HttpResponse, fields: &[&str], entries: &str) -> Option<Value<'a>> {
    let page = Value::parse_only(&response.body, fields).filter(Value::is_object)?;
    matches!(page.get(entries), Value::List(_) | Value::Null).then_some(page)
}

/// A page as a list's reader found it.
#[derive(Debug)]
pub(super) struct Listed {
    /// What tells this page from another: all its entries, with a recording or not.
    seen: u64,
    is_empty: bool,
    items: Vec<Recording>,
    next: Option<Next>,
}

/// How RingCentral names the next page.
#[derive(Debug)]
enum Next {
    /// By its address; pages are numbered there.
    Address(String),
    /// By a token.
    Token(String),
}

impl Listed {
    /// A page of `entries`, each with the recordings that `push` finds in it. An entry is told from others by its id, and by its
    /// address where it has one: recordings of one meeting are listed with the same id.
    pub(super) fn new(entries: &[Value<'_>], push: Push) -> Self {
        let mut items = Vec::new();
        for entry in entries {
            push(entry, &mut items);
        }
        Self {
            seen: fingerprint(
                entries.iter().flat_map(|entry| ["id", "url"].map(|name| entry.get(name).text().unwrap_or_default())),
            ),
            is_empty: entries.is_empty(),
            items,
            next: None,
        }
    }

    /// The same, gone on with as `navigation` says.
    pub(super) fn navigated(mut self, page: &Value<'_>) -> Self {
        self.next = page.get("navigation").get("nextPage").text_of("uri").map(Next::Address);
        self
    }

    /// The same, gone on with the token in `paging`.
    pub(super) fn paged_by_token(mut self, page: &Value<'_>) -> Self {
        let token = page.get("paging").text_of("nextPageToken").filter(|token| !token.is_empty());
        self.next = token.map(Next::Token);
        self
    }

    /// The page for the caller; `target` is where it came from, `before` the fingerprint of the page before it, `span` when
    /// its recordings began, and `is_listed` knows the paths of its list.
    pub(super) fn page(mut self, target: &str, before: Option<u64>, span: Span, is_listed: impl Fn(&str) -> bool) -> Page {
        if self.is_empty || before == Some(self.seen) {
            return Page { items: Vec::new(), next_cursor: None };
        }
        self.items.retain(|item| span.holds(item.started_at.as_deref()));
        let next = self.next.and_then(|next| next.target(target)).filter(|next| is_listed(next));
        Page { items: self.items, next_cursor: next.map(|next| Cursor { seen: self.seen, span, next }.write()) }
    }
}

impl Next {
    /// Path and query of the next page, on our own server whatever host was named; none where it is no later one.
    fn target(&self, from: &str) -> Option<String> {
        match self {
            Self::Address(address) => {
                let url = Url::parse(address, "nextPage").ok()?;
                let next = [url.path(), url.query().map_or("", |_| "?"), url.query().unwrap_or_default()].concat();
                (page_number(&next) > page_number(from)).then_some(next)
            }
            Self::Token(token) => {
                let next = with_token(from, token);
                (next != from).then_some(next)
            }
        }
    }
}

/// The page that a numbered list's query names, the first where it names none.
fn page_number(target: &str) -> Option<u64> {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    let number = pairs(query).find(|(name, _)| name == "page");
    number.map_or(Some(1), |(_, number)| number.parse().ok())
}

/// The same query with that token in place of its old one.
fn with_token(target: &str, token: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    [path, "?", &replaced(query, TOKEN, &encode(token))].concat()
}
