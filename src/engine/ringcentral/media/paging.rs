//! From page to page, the same way for every list: to its end, in the same list, never in a circle, each recording once.

use super::cursor::{Cursor, MAX_KNOWN, NONE, Trail, fingerprint};
use super::filter::DATE_TO;
use super::recording::began_ms;
use super::span::Span;
use super::{Page, Recording};
use crate::error::{Error, Result};
use crate::http::{Url, encode, join, replaced};
use crate::json::{Value, whole};
use crate::time::iso;
use alloc::string::String;
use alloc::vec::Vec;

/// The parameter that carries a token for the next page.
const TOKEN: &str = "pageToken";
/// The parameter that numbers pages.
const PAGE: &str = "page";
/// So many pages in a row may bring nothing new; a list that goes on then has no end.
const MAX_BARREN: u64 = 25;
/// What a next page in another list, or nowhere at all, makes of an answer: to end there would lose what comes after.
const ELSEWHERE: Error = Error::UnexpectedAnswer { what: "a list whose next page is in the same list" };
/// A call that began within a second of the newest one belongs to the same list still.
const MARGIN_MS: u64 = 1_000;

/// What is found in the entries of a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) items: Vec<Recording>,
    /// How many that should be recordings cannot be read.
    pub(super) skipped: u64,
}

impl Found {
    /// Takes a recording, or counts one that cannot be read.
    pub(super) fn take(&mut self, recording: Option<Recording>) {
        match recording {
            Some(recording) => self.items.push(recording),
            None => self.skipped += 1,
        }
    }
}

/// Takes the recordings of an entry.
pub(super) type Push = fn(&Value<'_>, &mut Found);

/// A page with its list of entries, which may be missing but must be a list.
pub(super) fn page<'a>(body: &'a [u8], fields: &[&str], entries: &str) -> Option<Value<'a>> {
    let page = Value::parse_only(body, fields).filter(Value::is_object)?;
    matches!(page.get(entries), Value::List(_) | Value::Null).then_some(page)
}

/// A page as a list's reader found it.
#[derive(Debug)]
pub(super) struct Listed {
    /// What tells this page from another: all its entries, with a recording or not.
    seen: u64,
    is_empty: bool,
    found: Found,
    /// When its newest entry began, where that bounds the pages after it.
    newest_ms: Option<u64>,
    next: Option<Next>,
}

/// How RingCentral names the next page.
#[derive(Debug)]
enum Next {
    /// By its address, which may be a relative one.
    Address(String),
    /// By a token.
    Token(String),
}

impl Listed {
    /// A page of `entries`, each with the recordings that `push` finds in it. An entry is told from others by its id, and by its
    /// address where it has one: recordings of one meeting are listed with the same id.
    pub(super) fn new(entries: &[Value<'_>], push: Push) -> Self {
        let (mut found, mut seen) = (Found::default(), NONE);
        for entry in entries {
            if entry.is_object() {
                push(entry, &mut found);
            } else {
                found.take(None);
            }
            for name in [entry.id_of("id"), entry.get("url").text()] {
                seen = fingerprint(seen, name.unwrap_or_default());
            }
        }
        Self { seen, is_empty: entries.is_empty(), found, newest_ms: None, next: None }
    }

    /// The same, gone on with as `navigation` says. Its pages are numbered, so that what is added in front moves them: `began` names
    /// the time of an entry of `records`, and nothing newer than the newest is asked for any more.
    pub(super) fn navigated(mut self, page: &Value<'_>, began: &str) -> Self {
        self.next = page.get("navigation").get("nextPage").text_of("uri").map(Next::Address);
        self.newest_ms = page.get("records").entries().iter().filter_map(|entry| began_ms(entry.get(began))).max();
        self
    }

    /// The same, gone on with the token in `paging`.
    pub(super) fn paged_by_token(mut self, page: &Value<'_>) -> Self {
        self.next = page.get("paging").id_of("nextPageToken").map(|token| Next::Token(token.into()));
        self
    }

    /// The page for the caller; `target` is where it came from, `trail` what the pages before it have shown, `span` when its
    /// recordings began, and `is_listed` knows the paths of its list.
    pub(super) fn page(self, target: &str, mut trail: Trail, span: Span, is_listed: impl Fn(&str) -> bool) -> Result<Page> {
        let Found { mut items, mut skipped } = self.found;
        if self.is_empty || trail.seen == self.seen {
            items.clear();
            skipped = 0;
            trail.barren = trail.barren.saturating_add(1);
        } else {
            trail.barren = 0;
        }
        if trail.barren > MAX_BARREN {
            return Err(Error::UnexpectedAnswer {
                what: "a list that ends: page after page names a next one and brings nothing new",
            });
        }
        items.retain(|item| {
            let key = item.fingerprint();
            let is_new = !trail.known.contains(&key);
            if is_new {
                trail.known.push(key);
            }
            is_new && span.holds(item.started_at.as_deref())
        });
        trail.known = trail.known.split_off(trail.known.len().saturating_sub(MAX_KNOWN));
        trail.seen = self.seen;
        let next = self.next.map_or(Ok(None), |next| next.target(target, self.newest_ms))?;
        if !next.as_deref().is_none_or(is_listed) {
            return Err(ELSEWHERE);
        }
        let next = next.filter(|next| trail.leads_on(next));
        Ok(Page { items, skipped, next_cursor: next.map(|next| Cursor { trail, span, next }.write()) })
    }
}

impl Trail {
    /// Whether a page has not been there before. One address is remembered, a later one each time that the pages have doubled: in a
    /// circle of any length its turn comes (Brent).
    fn leads_on(&mut self, next: &str) -> bool {
        let place = fingerprint(NONE, next);
        self.pages = self.pages.saturating_add(1);
        if self.milestone == place {
            return false;
        }
        if self.pages.is_power_of_two() {
            self.milestone = place;
        }
        true
    }
}

impl Next {
    /// Path and query of the next page, on our own server whatever host was named; none where it is no later one.
    fn target(&self, from: &str, newest_ms: Option<u64>) -> Result<Option<String>> {
        let (path, query) = target_parts(from);
        let next = match self {
            Self::Address(address) => {
                // Whatever host it is on, its path and query alone go on.
                let url = Url::parse(&join("https://h", path, address), "").map_err(|_| ELSEWHERE)?;
                with_filters([url.path(), "?", url.query().unwrap_or_default()].concat(), query, newest_ms)
            }
            Self::Token(token) => [path, "?", &replaced(query, TOKEN, &encode(token))].concat(),
        };
        let is_later = page_number(&next).is_none_or(|number| number > page_number(from).unwrap_or(1));
        Ok(Some(next).filter(|next| is_later && next != from))
    }
}

/// The next page with what this one was asked with and its address leaves out, and with a bound: nothing newer than what is there.
fn with_filters(mut next: String, asked: &str, newest_ms: Option<u64>) -> String {
    let bound = newest_ms.map(|ms| [DATE_TO, "=", &encode(&iso(ms + MARGIN_MS))].concat()).unwrap_or_default();
    // A bound that the caller set comes first.
    for pair in asked.split('&').chain([bound.as_str()]) {
        let name = pair.split('=').next().unwrap_or_default();
        if !name.is_empty() && name != PAGE && value_of(&next, name).is_none() {
            next.extend([if next.ends_with('?') { "" } else { "&" }, pair]);
        }
    }
    next
}

/// The page that a numbered list's query names.
fn page_number(target: &str) -> Option<u64> {
    whole(value_of(target, PAGE)?)
}

/// The first value of that name in a query, as it stands.
fn value_of<'t>(target: &'t str, name: &str) -> Option<&'t str> {
    target.split(['?', '&']).find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
}

fn target_parts(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}
