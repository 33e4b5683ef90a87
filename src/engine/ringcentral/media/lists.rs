//! RingCentral's lists of recordings, as one table: where each is, what it can be asked with and what it takes.

use super::filter::{CALLS, COMPANY_MEETINGS, DATE_FROM, DATE_TO, DATES, Filter, MEETING_RECORDINGS, MEETINGS};
use super::paging::Listed;
use super::{call_log, meetings, voicemail};
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::pace::Group;
use alloc::string::String;

/// The names of the two lists of RingCentral Video.
const HISTORY: &str = "history";
const RECORDINGS: &str = "recordings";

/// One of RingCentral's lists.
#[derive(Debug)]
pub(super) struct List {
    pub(super) source: &'static str,
    /// The same in a sentence.
    pub(super) asked: &'static str,
    pub(super) scope: &'static str,
    /// Which of several of the same source and scope; empty where there is one.
    pub(super) name: &'static str,
    /// Where it is; `~` stands for whoever is logged in, in an answer for an id.
    path: &'static str,
    /// What every question to it has.
    query: &'static str,
    filters: &'static [&'static [Filter]],
    pub(super) group: Group,
    pub(super) permissions: &'static [&'static str],
    pub(super) read: fn(&HttpResponse) -> Result<Listed>,
}

/// The first of a source and scope is the one that is meant where none is named.
static LISTS: [List; 7] = [
    List {
        source: call_log::SOURCE,
        asked: "the list of calls",
        scope: "user",
        name: "",
        path: "/restapi/v1.0/account/~/extension/~/call-log",
        query: "",
        filters: &[CALLS, DATES],
        group: Group::Heavy,
        permissions: &["ReadCallLog"],
        read: call_log::read,
    },
    List {
        source: call_log::SOURCE,
        asked: "the list of calls",
        scope: "company",
        name: "",
        path: "/restapi/v1.0/account/~/call-log",
        query: "",
        filters: &[CALLS, DATES],
        group: Group::Heavy,
        permissions: &["ReadCallLog"],
        read: call_log::read,
    },
    meetings("user", HISTORY, "/rcvideo/v1/history/meetings", &[MEETINGS]),
    meetings("user", RECORDINGS, "/rcvideo/v1/account/~/extension/~/recordings", &[MEETING_RECORDINGS]),
    // By RingCentral's description the history of a whole account names no recordings; where it does, they are read.
    meetings("company", RECORDINGS, "/rcvideo/v1/account/~/recordings", &[MEETING_RECORDINGS]),
    meetings("company", HISTORY, "/rcvideo/v1/history/account/~/meetings", &[COMPANY_MEETINGS]),
    List {
        source: voicemail::SOURCE,
        asked: "the list of voicemail",
        scope: "user",
        name: "",
        path: "/restapi/v1.0/account/~/extension/~/message-store",
        query: "?messageType=VoiceMail",
        filters: &[DATES],
        group: Group::Light,
        permissions: &["ReadMessages"],
        read: voicemail::read,
    },
];

/// A list of RingCentral Video.
const fn meetings(scope: &'static str, name: &'static str, path: &'static str, filters: &'static [&'static [Filter]]) -> List {
    let (asked, group, permissions) = ("the list of meetings", Group::Light, &["Video"]);
    List { source: meetings::SOURCE, asked, scope, name, path, query: "", filters, group, permissions, read: meetings::read }
}

impl List {
    /// The list of that source and scope; where there are several, the one of that name or else the first.
    pub(super) fn named(source: &str, scope: &str, list: Option<&str>) -> Result<&'static Self> {
        let of_source = || LISTS.iter().filter(|known| known.source == source);
        if of_source().next().is_none() {
            return Err(Error::invalid("source", "it must be calls, meetings or voicemail"));
        }
        let mut of_scope = of_source().filter(|known| known.scope == scope).peekable();
        if of_scope.peek().is_none() {
            return Err(Error::invalid("scope", "it must be user or, for calls and meetings, company"));
        }
        let found = of_scope.find(|known| list.is_none_or(|list| known.name == list));
        found.ok_or_else(|| Error::invalid("list", "it is for meetings, and must be history or recordings"))
    }

    /// Whether somebody who names these means this list.
    pub(super) fn is_meant(&self, source: Option<&str>, scope: Option<&str>, list: Option<&str>) -> bool {
        let own = [(source, self.source), (scope, self.scope), (list, self.name)];
        own.into_iter().all(|(named, own)| named.is_none_or(|named| named == own))
    }

    /// Whether RingCentral cannot be asked for dates there, so that they are applied to its answer.
    pub(super) fn is_dated_here(&self) -> bool {
        !self.knows(DATE_FROM)
    }

    fn knows(&self, name: &str) -> bool {
        self.filters.iter().copied().flatten().any(|filter| filter.name == name)
    }

    /// The list that a path and query belongs to.
    pub(super) fn of(target: &str) -> Option<&'static Self> {
        LISTS.iter().find(|list| list.has(target))
    }

    /// Whether a path and query belongs to this list.
    pub(super) fn has(&self, target: &str) -> bool {
        let path = target.split('?').next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"~.-_".contains(&b));
        let is_id = |part: &str| part.eq_ignore_ascii_case("%7e") || is_plain(part) && !matches!(part, "" | "." | "..");
        let fits = |own: &str, part: &str| own == part || own == "~" && is_id(part);
        let mut own = self.path.split('/');
        path.split('/').all(|part| own.next().is_some_and(|own| fits(own, part))) && own.next().is_none()
    }

    /// Path and query of the first page: every parameter that is given is checked, `source`, `scope`, `list` and `cursor` aside.
    pub(super) fn target(&self, query: &[(String, String)]) -> Result<String> {
        let is_known = |name: &str| match name {
            "source" | "scope" | "cursor" | DATE_FROM | DATE_TO => true,
            "list" => !self.name.is_empty(),
            _ => self.knows(name),
        };
        if let Some((name, _)) = query.iter().find(|(name, _)| !is_known(name)) {
            let mut reason = String::from("this list of recordings has no such parameter; it has: source");
            for filter in self.filters.iter().copied().flatten() {
                reason.extend([", ", filter.name]);
            }
            return Err(Error::invalid(name, reason));
        }
        let mut target = [self.path, self.query].concat();
        for filters in self.filters {
            filters.iter().try_for_each(|filter| filter.push(&mut target, query))?;
        }
        Ok(target)
    }
}
