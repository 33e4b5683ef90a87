//! Where RingCentral's lists of recordings are, and what it takes to ask there.

use crate::endpoint::{Needs, Site};
use crate::http::{HttpRequest, Method};
use crate::pace::{Group, Rank};

/// The place of one list.
#[derive(Debug)]
pub(super) struct Place {
    /// `~` stands for whoever is logged in, in an answer for an id.
    pub(super) path: &'static str,
    /// What is asked for there, for sentences.
    pub(super) asked: &'static str,
    group: Group,
    permissions: &'static [&'static str],
}

pub(super) static CALLS: Place = calls("/restapi/v1.0/account/~/extension/~/call-log");
pub(super) static COMPANY_CALLS: Place = calls("/restapi/v1.0/account/~/call-log");
pub(super) static MEETINGS: Place = meetings("/rcvideo/v1/history/meetings");
pub(super) static COMPANY_MEETINGS: Place = meetings("/rcvideo/v1/history/account/~/meetings");
pub(super) static MEETING_RECORDINGS: Place = meetings("/rcvideo/v1/account/~/extension/~/recordings");
pub(super) static COMPANY_MEETING_RECORDINGS: Place = meetings("/rcvideo/v1/account/~/recordings");
pub(super) static VOICEMAIL: Place = Place {
    path: "/restapi/v1.0/account/~/extension/~/message-store",
    asked: "the list of voicemail",
    group: Group::Light,
    permissions: &["ReadMessages"],
};

static ALL: [&Place; 7] =
    [&CALLS, &COMPANY_CALLS, &MEETINGS, &COMPANY_MEETINGS, &MEETING_RECORDINGS, &COMPANY_MEETING_RECORDINGS, &VOICEMAIL];

const fn calls(path: &'static str) -> Place {
    Place { path, asked: "the list of calls", group: Group::Heavy, permissions: &["ReadCallLog"] }
}

/// A list of RingCentral Video.
const fn meetings(path: &'static str) -> Place {
    Place { path, asked: "the list of meetings", group: Group::Light, permissions: &["Video"] }
}

impl Place {
    /// The place that a path and query belongs to.
    pub(super) fn of(target: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|place| place.has(target))
    }

    /// Whether a path and query belongs to this place.
    pub(super) fn has(&self, target: &str) -> bool {
        let path = target.split('?').next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let is_plain = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b"~.-_".contains(&b));
        let is_id = |part: &str| part.eq_ignore_ascii_case("%7e") || is_plain(part) && !matches!(part, "" | "." | "..");
        let fits = |own: &str, part: &str| own == part || own == "~" && is_id(part);
        let mut own = self.path.split('/');
        path.split('/').all(|part| own.next().is_some_and(|own| fits(own, part))) && own.next().is_none()
    }

    /// The question for a page there.
    pub(super) fn request(site: &Site, target: &str) -> HttpRequest {
        HttpRequest::new(Method::Get, site.at(target))
    }

    /// What it needs.
    pub(super) const fn needs(&self) -> Needs {
        Needs::repeatable(self.asked, self.group, Rank::List, self.permissions)
    }
}
