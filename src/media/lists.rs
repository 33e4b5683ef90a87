//! RingCentral's lists of recordings, as one table: where each is, what it can be asked with and what it takes.

use super::filter::{CALLS, COMPANY_MEETINGS, DATES, Filter, MEETINGS, OWN_CALLS};
use super::paging::Listed;
use super::{call_log, meetings, voicemail};
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::pace::Group;

/// One of RingCentral's lists.
#[derive(Debug)]
pub(super) struct List {
    pub(super) source: &'static str,
    pub(super) scope: &'static str,
    /// Where it is; `~` stands for whoever is logged in, in an answer for an id.
    path: &'static str,
    /// What every question to it has.
    query: &'static str,
    filters: &'static [&'static [Filter]],
    pub(super) group: Group,
    pub(super) permissions: &'static [&'static str],
    pub(super) read: fn(&HttpResponse) -> Result<Listed>,
}

static LISTS: [List; 5] = [
    List {
        source: call_log::SOURCE,
        scope: "user",
        path: "/restapi/v1.0/account/~/extension/~/call-log",
        query: "?view=Simple",
        filters: &[CALLS, OWN_CALLS, DATES],
        group: Group::Heavy,
        permissions: &["ReadCallLog"],
        read: call_log::read,
    },
    List {
        source: call_log::SOURCE,
        scope: "company",
        path: "/restapi/v1.0/account/~/call-log",
        query: "?view=Simple",
        filters: &[CALLS, DATES],
        group: Group::Heavy,
        permissions: &["ReadCallLog"],
        read: call_log::read,
    },
    List {
        source: meetings::SOURCE,
        scope: "user",
        path: "/rcvideo/v1/history/meetings",
        query: "",
        filters: &[MEETINGS],
        group: Group::Light,
        permissions: &["Video"],
        read: meetings::read,
    },
    List {
        source: meetings::SOURCE,
        scope: "company",
        path: "/rcvideo/v1/history/account/~/meetings",
        query: "",
        filters: &[COMPANY_MEETINGS],
        group: Group::Light,
        permissions: &["Video"],
        read: meetings::read,
    },
    List {
        source: voicemail::SOURCE,
        scope: "user",
        path: "/restapi/v1.0/account/~/extension/~/message-store",
        query: "?messageType=VoiceMail",
        filters: &[DATES],
        group: Group::Light,
        permissions: &["ReadMessages"],
        read: voicemail::read,
    },
];

impl List {
    /// The list of that source and scope.
    pub(super) fn named(source: &str, scope: &str) -> Result<&'static Self> {
        let mut scopes = LISTS.iter().filter(|list| list.source == source).peekable();
        if scopes.peek().is_none() {
            return Err(Error::invalid("source", "it must be calls, meetings or voicemail"));
        }
        let found = scopes.find(|list| list.scope == scope);
        found.ok_or_else(|| Error::invalid("scope", "it must be user or, for calls and meetings, company"))
    }

    /// The list that a path and query belongs to.
    pub(super) fn of(target: &str) -> Option<&'static Self> {
        LISTS.iter().find(|list| list.has(target))
    }

    /// Whether a path and query belongs to this list.
    pub(super) fn has(&self, target: &str) -> bool {
        let path = target.split('?').next().unwrap_or_default();
        let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"~.-_".contains(&b));
        let fits = |(own, part): (&str, &str)| own == part || own == "~" && is_plain(part) && !matches!(part, "" | "." | "..");
        self.path.split('/').count() == path.split('/').count() && self.path.split('/').zip(path.split('/')).all(fits)
    }

    /// Path and query of the first page: every parameter that is given is checked, `source`, `scope` and `cursor` aside.
    pub(super) fn target(&self, query: &[(String, String)]) -> Result<String> {
        let is_known = |name: &str| {
            let has = |filters: &&[Filter]| filters.iter().any(|filter| filter.name == name);
            matches!(name, "source" | "scope" | "cursor") || self.filters.iter().any(has)
        };
        if let Some((name, _)) = query.iter().find(|(name, _)| !is_known(name)) {
            return Err(Error::invalid(name, "this list of recordings has no such parameter"));
        }
        let mut target = [self.path, self.query].concat();
        for filters in self.filters {
            filters.iter().try_for_each(|filter| filter.push(&mut target, query))?;
        }
        Ok(target)
    }
}
