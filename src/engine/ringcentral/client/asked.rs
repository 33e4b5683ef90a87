//! An endpoint without its type: what it reads is kept until somebody who knows the type takes it.

use crate::endpoint::{Endpoint, Site};
use crate::error::{Error, Result};
use crate::http::{HttpRequest, HttpResponse};
use crate::secret::Secret;
use core::cell::Cell;
use core::ops::Deref;

/// What is asked, as far as the way to RingCentral has to know it.
pub(super) trait Asked {
    /// The request, without the bearer token in its header.
    fn request(&self, site: &Site, token: &Secret) -> Result<HttpRequest>;

    /// Reads the response of a success and keeps what it holds.
    fn read(&self, response: &HttpResponse) -> Result<()>;
}

/// An endpoint, by reference or in a box, and what was read.
pub(super) struct Keeping<P, O> {
    endpoint: P,
    output: Cell<Option<O>>,
}

impl<P, O> Keeping<P, O> {
    pub(super) const fn new(endpoint: P) -> Self {
        Self { endpoint, output: Cell::new(None) }
    }

    /// What was read.
    pub(super) fn take(&self) -> Result<O> {
        self.output.take().ok_or(Error::UnexpectedAnswer { what: "one that was read" })
    }
}

impl<P: Deref<Target: Endpoint<Output = O>>, O> Asked for Keeping<P, O> {
    fn request(&self, site: &Site, token: &Secret) -> Result<HttpRequest> {
        self.endpoint.request(site, token)
    }

    fn read(&self, response: &HttpResponse) -> Result<()> {
        self.output.set(Some(self.endpoint.read(response)?));
        Ok(())
    }
}
