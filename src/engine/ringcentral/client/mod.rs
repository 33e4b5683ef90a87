//! What the calls of one user share: where RingCentral is, the session and the rate limit; and the calls themselves.

mod authorise;
mod exchange;
mod revoke;

pub use authorise::TokenUse;

use crate::call::{Io, Lost, Operation};
use crate::endpoint::{Endpoint, Site};
use crate::engine::ringcentral::auth::{Credentials, Session, Token};
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::pace::{Group, Pacer};
use crate::secret::Secret;
use alloc::boxed::Box;
use alloc::rc::Rc;
use authorise::authorise;
use core::cell::{RefCell, RefMut};
use exchange::{Build, exchange};
use revoke::revoke;

/// The shared part of all calls of one user; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    site: Rc<Site>,
    session: Rc<RefCell<Session>>,
    pacer: Rc<RefCell<Pacer>>,
}

impl Client {
    /// A client that has done nothing yet.
    #[must_use]
    pub fn new(site: Site, credentials: Credentials) -> Self {
        Self { site: Rc::new(site), session: Rc::new(RefCell::new(Session::new(credentials))), pacer: Rc::default() }
    }

    /// Where RingCentral is.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The session; not to be held over another step.
    #[must_use]
    pub fn session(&self) -> RefMut<'_, Session> {
        self.session.borrow_mut()
    }

    /// The rate limit; not to be held over another step.
    #[must_use]
    pub fn pacer(&self) -> RefMut<'_, Pacer> {
        self.pacer.borrow_mut()
    }

    /// The call of an endpoint.
    pub fn call<E: Endpoint + 'static>(&self, endpoint: E) -> Operation<E::Output> {
        let (client, endpoint) = (self.clone(), Rc::new(endpoint));
        let (needs, builder) = (endpoint.needs(), Rc::clone(&endpoint));
        let build: Box<Build<'_>> = Box::new(move |site, token| builder.request(site, token));
        Operation::new("call of an endpoint", |io| exchange(client, io, needs, build))
            .map(move |response| endpoint.read(&response))
    }

    /// The same as a part of an operation.
    pub(super) async fn exchange<E: Endpoint>(&self, io: &Io, endpoint: &E) -> Result<E::Output> {
        let build = Box::new(|site: &Site, token: &Secret| endpoint.request(site, token));
        let response = exchange(self.clone(), io.clone(), endpoint.needs(), build).await?;
        endpoint.read(&response)
    }

    /// The way to a token that goes there: the one in hand, somebody else's login under way, or a login of our own.
    #[must_use]
    pub fn token(&self, goes: TokenUse) -> Operation<Token> {
        let client = self.clone();
        Operation::new("login", move |io| async move { authorise(&client, &io, &[], goes).await })
    }

    /// The end of the session: here at its first step, then at RingCentral. Every later call fails.
    #[must_use]
    pub fn revoke(&self) -> Operation<()> {
        let client = self.clone();
        Operation::new("revocation", |io| revoke(client, io))
    }

    /// What came of a request that is counted in that group.
    fn heard(&self, group: Group, io: &Io, response: core::result::Result<HttpResponse, Lost>) -> Result<HttpResponse> {
        let response = response.map_err(|_| Error::Network)?;
        self.pacer().observe(group, &response, io.now().ms);
        Ok(response)
    }
}
