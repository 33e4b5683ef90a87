//! GET /restapi/v1.0/account/~/extension/~/call-log: the user's recorded calls, page by page.
//! <https://developers.ringcentral.com/api-reference/Call-Log/readUserCallLog>

use super::Page;
use super::call_log::CallLog;
use super::cursor::{Cursor, fingerprint};
use crate::error::{Error, Result};
use crate::http::{Endpoint, HttpRequest, HttpResponse, Method, Needs, Site, Url, encode};
use crate::pace::{Group, Rank};
use crate::secret::Secret;

/// The user's own call log.
const PATH: &str = "/restapi/v1.0/account/~/extension/~/call-log";
/// RingCentral's own default.
const DEFAULT_PER_PAGE: &str = "100";
/// RingCentral's own limit.
const MAX_PER_PAGE: u32 = 1_000;

/// A page of recordings: by filters, or by the cursor that the page before gave.
#[derive(Debug, Clone)]
pub struct ListRecordings {
    target: String,
    cursor: Option<Cursor>,
}

impl ListRecordings {
    /// Reads names and values as they stand in a query: `source` (`calls`), `dateFrom`, `dateTo` (RingCentral's default: the
    /// last 24 hours), `direction`, `phoneNumber`, `perPage`; or `cursor`, with which the filters are already given.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming the parameter.
    pub fn parse(query: &[(String, String)]) -> Result<Self> {
        let mut target = [PATH, "?view=Simple&recordingType=All"].concat();
        let mut per_page = String::from(DEFAULT_PER_PAGE);
        let mut cursor = None;
        for (name, value) in query {
            match name.as_str() {
                "source" => one_of(name, value, &["calls"])?,
                "scope" => one_of(name, value, &["user"])?,
                "cursor" => cursor = Some(Cursor::parse(value, is_call_log)?),
                "perPage" => per_page = page_size(value)?,
                "dateFrom" | "dateTo" => filter(&mut target, name, &date(name, value)?),
                "direction" => {
                    one_of(name, value, &["Inbound", "Outbound"])?;
                    filter(&mut target, name, value);
                }
                "phoneNumber" => filter(&mut target, name, &phone_number(value)?),
                _ => return Err(Error::invalid(name, "there is no such parameter")),
            }
        }
        filter(&mut target, "perPage", &per_page);
        if let Some(cursor) = &cursor {
            target.clone_from(&cursor.next);
        }
        Ok(Self { target, cursor })
    }

    /// Follows `navigation`, but on our server, in this list and forwards only.
    fn next(&self, log: &CallLog<'_>, seen: u64) -> Option<String> {
        let url = Url::parse(log.next_page()?, "nextPage").ok()?;
        let next = [url.path(), url.query().map_or("", |_| "?"), url.query().unwrap_or_default()].concat();
        let page = |target: &str| {
            let query = target.split_once('?').map_or("", |(_, query)| query);
            let number = query.split('&').find_map(|pair| pair.strip_prefix("page="));
            number.map_or(Some(1), |number| number.parse::<u64>().ok())
        };
        let goes_on = page(&next) > page(&self.target);
        (goes_on && is_call_log(url.path())).then(|| Cursor { seen, next }.write())
    }
}

impl Endpoint for ListRecordings {
    type Output = Page;

    fn needs(&self) -> Needs {
        Needs { group: Group::Heavy, slots: 1, rank: Rank::List, permissions: &["ReadCallLog"], repeatable: true }
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(HttpRequest::new(Method::Get, site.at(&self.target)))
    }

    fn read(&self, response: &HttpResponse) -> Result<Page> {
        let log = CallLog::read(response)?;
        let seen = fingerprint(log.ids());
        let repeats = self.cursor.as_ref().is_some_and(|cursor| cursor.seen == seen);
        if log.ids().next().is_none() || repeats {
            return Ok(Page { items: Vec::new(), next_cursor: None });
        }
        Ok(Page { items: log.recordings(), next_cursor: self.next(&log, seen) })
    }
}

fn is_call_log(path: &str) -> bool {
    let is_plain =
        path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/~.-_".contains(&b)) && !path.contains("..") && !path.contains("//");
    is_plain && path.starts_with("/restapi/v1.0/account/") && path.ends_with("/call-log")
}

fn filter(target: &mut String, name: &str, value: &str) {
    target.extend(["&", name, "=", &encode(value)]);
}

fn one_of(name: &str, value: &str, values: &[&str]) -> Result<()> {
    if values.contains(&value) {
        return Ok(());
    }
    Err(Error::invalid(name, ["it must be ", &values.join(" or ")].concat()))
}

fn page_size(value: &str) -> Result<String> {
    match value.parse::<u32>() {
        Ok(1..=MAX_PER_PAGE) => Ok(value.to_owned()),
        _ => Err(Error::invalid("perPage", "it must be a whole number from 1 to 1000")),
    }
}

/// RingCentral takes E.164 without the plus.
fn phone_number(value: &str) -> Result<String> {
    let digits = value.strip_prefix('+').unwrap_or(value);
    if (3..=20).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(digits.to_owned());
    }
    Err(Error::invalid("phoneNumber", "it must be digits, as in +16505550100"))
}

/// RingCentral wants a time with its zone; a day alone begins at midnight UTC.
fn date(name: &str, value: &str) -> Result<String> {
    let (day, time) = value.split_once(['T', 't']).unwrap_or((value, "00:00:00Z"));
    let shape = |text: &str| text.bytes().map(|b| if b.is_ascii_digit() { b'0' } else { b }).collect::<Vec<u8>>();
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    let is_day = shape(day) == b"0000-00-00" && (1..=12).contains(&number(&day[5..7])) && (1..=31).contains(&number(&day[8..10]));
    let is_clock =
        matches!(shape(clock).as_slice(), b"00:00" | b"00:00:00") && number(&clock[..2]) < 24 && number(&clock[3..5]) < 60;
    let is_fraction = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b.is_ascii_digit());
    let is_zone = matches!(shape(zone).as_slice(), b"Z" | b"z" | b"+00:00" | b"-00:00" | b"+0000" | b"-0000");
    if is_day && is_clock && is_fraction && is_zone {
        return Ok([day, "T", time].concat());
    }
    Err(Error::invalid(name, "it must be a day or a time with its zone, as in 2026-01-31 or 2026-01-31T09:30:00Z"))
}

fn number(digits: &str) -> u32 {
    digits.parse().unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "list_recordings_tests.rs"]
mod tests;
