//! GET of RingCentral's call logs, meetings, their recordings and message store: recordings, page by page.
//! <https://developers.ringcentral.com/api-reference/Call-Log/readUserCallLog>

use super::Page;
use super::cursor::{Cursor, Trail};
use super::lists::List;
use super::place::Place;
use super::span::Span;
use crate::call::Operation;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::engine::ringcentral::client::Client;
use crate::error::Result;
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::Group;
use crate::secret::Secret;
use alloc::string::String;

/// A page of recordings: by filters, or by the cursor that the page before gave.
#[derive(Debug, Clone)]
pub struct ListRecordings {
    list: &'static List,
    target: String,
    /// What the pages before have shown.
    trail: Trail,
    /// The dates that RingCentral does not know of.
    span: Span,
}

impl ListRecordings {
    /// Reads names and values as they stand in a query: `source` (`calls`, `meetings` or `voicemail`), `scope` (`user` or
    /// `company`), for meetings `list` (`history`, a user's default, with the state of each recording, or `recordings`, the
    /// company's default, with those that can be had), `dateFrom`, `dateTo` (calls and voicemail: the last 24 hours are
    /// RingCentral's default), `perPage`; for calls RingCentral's own filters too, for a user's history `text`; or `cursor`,
    /// with which the filters are given.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the parameter.
    pub fn parse(query: &[(String, String)]) -> Result<Self> {
        let value = |wanted: &str| query.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
        let cursor = match value("cursor") {
            Some(text) => Some(Cursor::parse(text).map_or_else(Cursor::refused, Ok)?),
            None => None,
        };
        let list = match &cursor {
            Some(cursor) => {
                let meant = |list: &&List| list.is_meant(value("source"), value("scope"), value("list"));
                List::of(&cursor.next).filter(meant).map_or_else(Cursor::refused, Ok)?
            }
            None => List::named(value("source").unwrap_or("calls"), value("scope").unwrap_or("user"), value("list"))?,
        };
        let first = list.target(query)?;
        let span = if list.is_dated_here() { Span::parse(query)? } else { Span::ALL };
        Ok(match cursor {
            Some(Cursor { trail, span, next }) => Self { list, target: next, trail, span },
            None => Self { list, target: first, trail: Trail::default(), span },
        })
    }

    /// Path and query of the page at RingCentral.
    #[must_use]
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The page, by the body that RingCentral answered with.
    ///
    /// # Errors
    /// [`crate::error::Error::UnexpectedAnswer`] where that is no page of the list, or names a next one that is none.
    pub fn page(&self, body: &[u8]) -> Result<Page> {
        (self.list.read)(body)?.page(&self.target, self.trail.clone(), self.span, |target| self.list.place.has(target))
    }
}

/// The call for a page of recordings with whole addresses, and the group of the rate limit that it is counted in; see
/// [`ListRecordings::parse`] for what the query takes.
///
/// # Errors
/// [`crate::error::Error::InvalidField`] naming the parameter.
pub fn recordings(client: &Client, query: &[(String, String)]) -> Result<(Operation<Page>, Group)> {
    let list = ListRecordings::parse(query)?;
    let (of, group) = (client.clone(), list.needs().group);
    Ok((client.call(list).map(move |page| Ok(page.at(of.site()))), group))
}

impl Endpoint for ListRecordings {
    type Output = Page;

    fn needs(&self) -> Needs {
        self.list.place.needs()
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(Place::request(site, &self.target))
    }

    fn read(&self, response: &HttpResponse) -> Result<Page> {
        self.page(&response.body)
    }
}

#[cfg(test)]
#[path = "list_recordings_tests.rs"]
mod tests;
