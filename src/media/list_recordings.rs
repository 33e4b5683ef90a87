//! GET of RingCentral's call logs, meeting history and message store: recordings, page by page.
//! <https://developers.ringcentral.com/api-reference/Call-Log/readUserCallLog>

use super::Page;
use super::cursor::Cursor;
use super::lists::List;
use crate::error::Result;
use crate::http::{Endpoint, HttpRequest, HttpResponse, Method, Needs, Site};
use crate::pace::Rank;
use crate::secret::Secret;

/// A page of recordings: by filters, or by the cursor that the page before gave.
#[derive(Debug, Clone)]
pub struct ListRecordings {
    list: &'static List,
    target: String,
    /// The fingerprint of the page before.
    before: Option<u64>,
}

impl ListRecordings {
    /// Reads names and values as they stand in a query: `source` (`calls`, `meetings` or `voicemail`), `scope` (`user` or
    /// `company`), `dateFrom`, `dateTo` (calls and voicemail: the last 24 hours are RingCentral's default), `perPage`;
    /// for calls RingCentral's own filters too, for a user's meetings `text`; or `cursor`, with which the filters are given.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the parameter.
    pub fn parse(query: &[(String, String)]) -> Result<Self> {
        let value = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let cursor = match value("cursor") {
            Some(text) => Some(Cursor::parse(text).map_or_else(Cursor::refused, Ok)?),
            None => None,
        };
        let of_cursor = match &cursor {
            Some(cursor) => Some(List::of(&cursor.next).map_or_else(Cursor::refused, Ok)?),
            None => None,
        };
        let default = of_cursor.map_or(("calls", "user"), |list| (list.source, list.scope));
        let list = List::named(value("source").unwrap_or(default.0), value("scope").unwrap_or(default.1))?;
        if of_cursor.is_some_and(|other| !std::ptr::eq(other, list)) {
            return Cursor::refused();
        }
        let first = list.target(query)?;
        let (target, before) = cursor.map_or((first, None), |cursor| (cursor.next, Some(cursor.seen)));
        Ok(Self { list, target, before })
    }
}

impl Endpoint for ListRecordings {
    type Output = Page;

    fn needs(&self) -> Needs {
        let List { group, permissions, .. } = *self.list;
        Needs { group, slots: 1, rank: Rank::List, permissions, repeatable: true }
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(HttpRequest::new(Method::Get, site.at(&self.target)))
    }

    fn read(&self, response: &HttpResponse) -> Result<Page> {
        Ok((self.list.read)(response)?.page(self.list, &self.target, self.before))
    }
}

#[cfg(test)]
#[path = "list_recordings_tests.rs"]
mod tests;
