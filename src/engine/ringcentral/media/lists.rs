//! RingCentral's lists of recordings, as one table: where each is, what it can be asked with and how its pages are read.

use super::filter::{CALLS, COMPANY_MEETINGS, DATE_FROM, DATE_TO, DATES, Filter, MEETING_RECORDINGS, MEETINGS};
use super::paging::Listed;
use super::place::{self, Place};
use super::{call_log, meetings, voicemail};
use crate::error::{Error, Result};
use alloc::string::String;

/// The names of the two lists of RingCentral Video.
const HISTORY: &str = "history";
const RECORDINGS: &str = "recordings";

/// One of RingCentral's lists.
#[derive(Debug)]
pub(super) struct List {
    source: &'static str,
    scope: &'static str,
    /// Which of several of the same source and scope; empty where there is one.
    name: &'static str,
    pub(super) place: &'static Place,
    /// What every question to it has.
    query: &'static str,
    filters: &'static [&'static [Filter]],
    /// Reads the body of a page.
    pub(super) read: fn(&[u8]) -> Result<Listed>,
}

/// The first of a source and scope is the one that is meant where none is named.
static LISTS: [List; 7] = [
    calls("user", &place::CALLS),
    calls("company", &place::COMPANY_CALLS),
    meetings("user", HISTORY, &place::MEETINGS, &[MEETINGS]),
    meetings("user", RECORDINGS, &place::MEETING_RECORDINGS, &[MEETING_RECORDINGS]),
    // By RingCentral's description the history of a whole account names no recordings; where it does, they are read.
    meetings("company", RECORDINGS, &place::COMPANY_MEETING_RECORDINGS, &[MEETING_RECORDINGS]),
    meetings("company", HISTORY, &place::COMPANY_MEETINGS, &[COMPANY_MEETINGS]),
    List {
        source: voicemail::SOURCE,
        scope: "user",
        name: "",
        place: &place::VOICEMAIL,
        query: "?messageType=VoiceMail",
        filters: &[DATES],
        read: voicemail::read,
    },
];

const fn calls(scope: &'static str, place: &'static Place) -> List {
    List { source: call_log::SOURCE, scope, name: "", place, query: "", filters: &[CALLS, DATES], read: call_log::read }
}

/// A list of RingCentral Video.
const fn meetings(scope: &'static str, name: &'static str, place: &'static Place, filters: &'static [&'static [Filter]]) -> List {
    List { source: meetings::SOURCE, scope, name, place, query: "", filters, read: meetings::read }
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
        LISTS.iter().find(|list| list.place.has(target))
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
        let mut target = [self.place.path, self.query].concat();
        for filters in self.filters {
            filters.iter().try_for_each(|filter| filter.push(&mut target, query))?;
        }
        Ok(target)
    }
}
