//! The filters of the lists: our name, RingCentral's name, and what a value has to be.

use crate::error::{Error, Result};
use crate::http::encode;
use crate::json::{digits as number, whole};
use crate::time::unix_ms;
use alloc::borrow::ToOwned;
use alloc::string::String;

/// From when on recordings are listed.
pub(super) const DATE_FROM: &str = "dateFrom";
/// Until when.
pub(super) const DATE_TO: &str = "dateTo";
/// A longer text is a mistake.
const MAX_TEXT_CHARS: usize = 200;
/// What a caller is told who gave twice what stands once.
pub(super) const TWICE: &str = "it stands there twice";
/// The longest id that is believed to be one.
const MAX_ID_CHARS: usize = 100;

/// A filter of a list.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) name: &'static str,
    /// RingCentral's name of it.
    theirs: &'static str,
    kind: Kind,
    default: Option<&'static str>,
}

/// What a filter's value has to be.
#[derive(Debug)]
enum Kind {
    OneOf(&'static [&'static str]),
    /// One or more, parted by commas or given again.
    Several(&'static [&'static str]),
    /// One or more words that are listed nowhere, parted and given in the same way.
    Words,
    PhoneNumber,
    /// A short number inside the company.
    Extension,
    Id,
    Text,
    /// A day or a time, passed on as ISO 8601.
    Time,
    /// A day or a time, passed on as milliseconds since 1970.
    UnixMs,
    /// A page's size, from the first to the second.
    Size(u64, u64),
}

const fn filter(name: &'static str, kind: Kind) -> Filter {
    Filter { name, theirs: name, kind, default: None }
}

const fn called(name: &'static str, theirs: &'static str, kind: Kind) -> Filter {
    Filter { name, theirs, kind, default: None }
}

const fn with_default(name: &'static str, kind: Kind, default: &'static str) -> Filter {
    Filter { name, theirs: name, kind, default: Some(default) }
}

const FLAG: Kind = Kind::OneOf(&["true", "false"]);

/// The filters of both call logs. Assumption: the company's takes what the user's takes, though RingCentral's description does
/// not name `transport` and `showBlocked` for it.
pub(super) const CALLS: &[Filter] = &[
    with_default("view", Kind::OneOf(&["Simple", "Detailed"]), "Simple"),
    with_default("recordingType", Kind::OneOf(&["Automatic", "OnDemand", "All"]), "All"),
    filter("direction", Kind::Several(&["Inbound", "Outbound"])),
    filter("type", Kind::Several(&["Voice", "Fax"])),
    filter("transport", Kind::Several(&["PSTN", "VoIP"])),
    filter("extensionNumber", Kind::Extension),
    filter("phoneNumber", Kind::PhoneNumber),
    filter("sessionId", Kind::Id),
    filter("telephonySessionId", Kind::Id),
    filter("metadataCategory", Kind::Words),
    filter("showBlocked", FLAG),
    filter("showDeleted", FLAG),
];
/// Without `dateFrom` RingCentral looks at the last 24 hours; a page has 100 entries by RingCentral's own default.
pub(super) const DATES: &[Filter] =
    &[filter(DATE_FROM, Kind::Time), filter(DATE_TO, Kind::Time), with_default("perPage", Kind::Size(1, 1_000), "100")];
/// The filters of a user's meetings; how many a page holds is left to RingCentral.
pub(super) const MEETINGS: &[Filter] = &[
    filter("text", Kind::Text),
    called(DATE_FROM, "startTime", Kind::UnixMs),
    called(DATE_TO, "endTime", Kind::UnixMs),
    filter("perPage", Kind::Size(1, 100)),
];
/// The filters of a company's meetings.
pub(super) const COMPANY_MEETINGS: &[Filter] = &[
    called(DATE_FROM, "startTimeFrom", Kind::Time),
    called(DATE_TO, "startTimeTo", Kind::Time),
    filter("perPage", Kind::Size(10, 100)),
];
/// The filters of the lists of meetings' recordings: RingCentral has none for dates there.
pub(super) const MEETING_RECORDINGS: &[Filter] = &[filter("perPage", Kind::Size(1, 100))];

impl Filter {
    /// Appends the filter to a query, checked, where it is given or has a default.
    pub(super) fn push(&self, target: &mut String, query: &[(String, String)]) -> Result<()> {
        let mut is_given = false;
        for (_, value) in query.iter().filter(|(name, _)| name == self.name) {
            if let Kind::Several(_) | Kind::Words = self.kind {
                value.split(',').try_for_each(|value| self.push_one(target, value))?;
            } else if is_given {
                return Err(Error::invalid(self.name, TWICE));
            } else {
                self.push_one(target, value)?;
            }
            is_given = true;
        }
        self.default.filter(|_| !is_given).map_or(Ok(()), |value| self.push_one(target, value))
    }

    fn push_one(&self, target: &mut String, value: &str) -> Result<()> {
        let value = self.kind.read(value).map_err(|reason| Error::invalid(self.name, reason))?;
        target.extend([if target.contains('?') { "&" } else { "?" }, self.theirs, "=", &encode(&value)]);
        Ok(())
    }
}

impl Kind {
    /// The value as RingCentral takes it, or what it has to be.
    fn read(&self, value: &str) -> core::result::Result<String, String> {
        let value = value.trim();
        let (read, wanted) = match self {
            Self::OneOf(names) | Self::Several(names) => {
                let is_one = names.contains(&value);
                return is_one.then(|| value.to_owned()).ok_or_else(|| ["it must be ", &names.join(" or ")].concat());
            }
            // RingCentral takes E.164 without the plus.
            Self::PhoneNumber => (digits(value.strip_prefix('+').unwrap_or(value), 3..=20), "digits, as in +16505550100"),
            Self::Extension => (digits(value, 1..=10), "an extension's digits, as in 101"),
            Self::Id | Self::Words => (is_id(value).then(|| value.to_owned()), "an id: letters, digits, - and _"),
            Self::Text => {
                let is_text = !value.trim().is_empty() && value.chars().nth(MAX_TEXT_CHARS).is_none();
                (is_text.then(|| value.to_owned()), "a text of 1 to 200 characters")
            }
            Self::Time => (time(value).map(|(text, _)| text), A_TIME),
            Self::UnixMs => (time(value).map(|(_, ms)| number(ms)), A_TIME),
            Self::Size(least, most) => {
                let size = whole(value).filter(|size| (*least..=*most).contains(size));
                let reason = || ["it must be a whole number from ", &number(*least), " to ", &number(*most)].concat();
                return size.map(number).ok_or_else(reason);
            }
        };
        read.ok_or_else(|| must_be(wanted))
    }
}

pub(super) const A_TIME: &str = "a day or a time with its zone, as in 2026-01-31 or 2026-01-31T09:30:00Z";

/// What a caller is told who gave something else.
pub(super) fn must_be(wanted: &str) -> String {
    ["it must be ", wanted].concat()
}

/// RingCentral wants a time with its zone; a day alone begins at midnight UTC. A space is a `+` that was not percent-encoded, or
/// stands between day and time.
pub(super) fn time(value: &str) -> Option<(String, u64)> {
    const DAY_CHARS: usize = 10;
    let unspaced = |(at, c)| match (at, c) {
        (DAY_CHARS, ' ') => 'T',
        (_, ' ') => '+',
        (_, c) => c,
    };
    let mut text: String = value.trim().char_indices().map(unspaced).collect();
    if text.len() == DAY_CHARS {
        text.push_str("T00:00:00Z");
    }
    unix_ms(&text).map(|ms| (text, ms))
}

fn digits(value: &str, length: core::ops::RangeInclusive<usize>) -> Option<String> {
    let is_right = length.contains(&value.len()) && value.bytes().all(|b| b.is_ascii_digit());
    is_right.then(|| value.to_owned())
}

fn is_id(value: &str) -> bool {
    let is_plain = value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    !value.is_empty() && value.len() <= MAX_ID_CHARS && is_plain
}
