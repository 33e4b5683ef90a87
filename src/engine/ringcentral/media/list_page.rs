//! A page of one of RingCentral's lists as it comes, for JavaScript, which has it written and read by what is loaded with the first list:
//! not every page lists, and all would load what does it here.

use super::place::Place;
use crate::endpoint::{Endpoint, Needs, Site};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::secret::Secret;
use alloc::string::String;

/// A page that is asked for by its path and query.
#[derive(Debug, Clone)]
pub struct ListPage {
    place: &'static Place,
    target: String,
}

impl ListPage {
    /// `target` is what [`super::ListRecordings::target`] gives.
    ///
    /// # Errors
    /// [`Error::InvalidField`] where it leads to none of the lists.
    pub fn at(target: String) -> Result<Self> {
        let place = Place::of(&target).ok_or_else(|| Error::invalid("target", "it must be in a list of recordings"))?;
        Ok(Self { place, target })
    }
}

impl Endpoint for ListPage {
    /// RingCentral's answer, whatever stands in it.
    type Output = String;

    fn needs(&self) -> Needs {
        self.place.needs()
    }

    fn request(&self, site: &Site, _token: &Secret) -> Result<HttpRequest> {
        Ok(Place::request(site, &self.target))
    }

    fn read(&self, response: &HttpResponse) -> Result<String> {
        // What came from something in between is asked for again: whoever reads the page cannot do that.
        response.object(self.place.asked)?;
        Ok(response.text())
    }
}
