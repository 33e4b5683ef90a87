//! GET /ai/audio/v1/enrollments: the enrolled speakers, page by page.
//! Removed from RingCentral's public description on 2026-03-25.

use super::{Enrollment, PATH};
use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method};
use crate::json::{Value, push_digits};
use crate::pace::{Group, Rank};
use crate::secret::Secret;
use alloc::vec::Vec;

const WHAT: &str = "a page of enrollments";

/// A page to be asked for; RingCentral requires all three.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListEnrollments {
    /// Whether those that are not complete are listed too.
    pub partial: bool,
    /// How many a page holds.
    pub per_page: u32,
    /// Which page, from 1.
    pub page: u32,
}

impl Default for ListEnrollments {
    /// The first hundred that are complete.
    fn default() -> Self {
        Self { partial: false, per_page: 100, page: 1 }
    }
}

/// A page of enrolled speakers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrollmentPage {
    /// The speakers.
    pub items: Vec<Enrollment>,
    /// How many more RingCentral named in a form that cannot be read.
    pub skipped: usize,
    /// The page after it, where there is one.
    pub next: Option<ListEnrollments>,
}

impl ListEnrollments {
    fn next(&self, items: usize, total_pages: Option<u64>) -> Option<Self> {
        // Where no total is named, a page that is full is not the last one.
        let is_full = items > 0 && u64::try_from(items).is_ok_and(|items| items >= u64::from(self.per_page));
        let goes_on = total_pages.map_or(is_full, |total| u64::from(self.page) < total);
        let page = self.page.checked_add(1).filter(|_| goes_on)?;
        Some(Self { page, ..self.clone() })
    }
}

impl Endpoint for ListEnrollments {
    type Output = EnrollmentPage;

    fn needs(&self) -> Needs {
        Needs::repeatable("the list of enrollments", Group::Heavy, Rank::List, &["AI"])
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        let partial = if self.partial { "true" } else { "false" };
        let mut path = [PATH, "?partial=", partial, "&perPage="].concat();
        push_digits(&mut path, u64::from(self.per_page), 1);
        path.push_str("&page=");
        push_digits(&mut path, u64::from(self.page), 1);
        Ok(HttpRequest::new(Method::Get, site.at(&path)))
    }

    fn read(&self, response: &HttpResponse) -> Result<EnrollmentPage> {
        let body = response.object(WHAT)?;
        let Value::List(records) = body.get("records") else { return Err(Error::UnexpectedAnswer { what: WHAT }) };
        let items: Vec<Enrollment> = records.iter().filter_map(|record| Enrollment::read(record).ok()).collect();
        let next = self.next(records.len(), body.get("paging").get("totalPages").whole());
        Ok(EnrollmentPage { skipped: records.len() - items.len(), items, next })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_of(list: &ListEnrollments, body: &str) -> Result<EnrollmentPage> {
        list.read(&HttpResponse { status: 200, headers: Vec::new(), body: body.into() })
    }

    #[test]
    fn the_pages_come_to_an_end() {
        let list = ListEnrollments { partial: true, per_page: 1, page: 1 };
        let record = r#""records":[{"enrollmentId":"a","enrollmentComplete":true}]"#;
        let next = |list: &ListEnrollments, body: &str| page_of(list, body).unwrap().next;
        let second = Some(ListEnrollments { page: 2, ..list.clone() });
        assert_eq!(next(&list, &format!(r#"{{"paging":{{"page":1,"perPage":1,"totalPages":2}},{record}}}"#)), second);
        assert_eq!(next(&list, &format!(r#"{{"paging":{{"totalPages":1}},{record}}}"#)), None);
        assert_eq!(next(&list, &format!("{{{record}}}")), second);
        assert_eq!(next(&ListEnrollments { per_page: 2, ..list.clone() }, &format!("{{{record}}}")), None);
        assert_eq!(next(&list, r#"{"paging":{"totalPages":9},"records":[]}"#), second, "an empty page is not the last one");
        assert_eq!(next(&list, r#"{"records":[]}"#), None);
        assert_eq!(next(&ListEnrollments { per_page: 0, ..list.clone() }, r#"{"records":[]}"#), None);
        assert_eq!(next(&ListEnrollments { page: u32::MAX, ..list.clone() }, &format!("{{{record}}}")), None);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_counted_and_costs_no_other_its_place() {
        let page = page_of(&ListEnrollments::default(), r#"{"records":[{"speakerId":7},{},"x",{"speakerId":"a"}]}"#).unwrap();
        let ids: Vec<&str> = page.items.iter().map(|item| item.speaker_id.as_str()).collect();
        assert_eq!((ids, page.skipped), (vec!["7", "a"], 2));
    }

    #[test]
    fn what_is_no_page_is_not_taken_for_an_empty_one() {
        for body in ["", "[]"] {
            assert_eq!(page_of(&ListEnrollments::default(), body), Err(Error::NotJson { what: WHAT, status: 200 }), "{body}");
        }
        for body in ["{}", r#"{"records":7}"#] {
            assert_eq!(page_of(&ListEnrollments::default(), body), Err(Error::UnexpectedAnswer { what: WHAT }), "{body}");
        }
    }
}
