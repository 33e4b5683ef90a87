//! What the calls of one user share: where RingCentral is, the session and the rate limit; and the calls themselves.

mod asked;
mod authorise;
mod exchange;
mod revoke;

pub use authorise::TokenUse;

use crate::call::{Io, Lost, Operation, Wait, WaitsFor};
use crate::endpoint::{Endpoint, Site};
use crate::engine::ringcentral::auth::{Credentials, Session, Token};
use crate::error::{Error, Result};
use crate::http::HttpResponse;
use crate::pace::{Group, Pacer};
use alloc::boxed::Box;
use alloc::rc::Rc;
use asked::Keeping;
use authorise::authorise;
use core::cell::{RefCell, RefMut};
use exchange::exchange;
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

    /// One with a session of its own that shares the rate limit.
    #[must_use]
    pub fn with_session(&self, credentials: Credentials) -> Self {
        Self { session: Rc::new(RefCell::new(Session::new(credentials))), ..self.clone() }
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

    /// What keeps requests of a group from being sent now.
    #[must_use]
    pub fn held(&self, group: Group, now_ms: u64) -> Option<Wait> {
        self.pacer().hold(group, now_ms).map(Wait::from)
    }

    /// What keeps everybody from a token now.
    #[must_use]
    pub fn held_login(&self, now_ms: u64) -> Option<Wait> {
        let until_ms = self.session().held_until_ms(now_ms)?;
        let until_ms = self.pacer().hold(Group::Auth, now_ms).map_or(until_ms, |hold| hold.until_ms.max(until_ms));
        (until_ms > now_ms).then_some(Wait::until(WaitsFor::Login, until_ms))
    }

    /// The call of an endpoint.
    pub fn call<E: Endpoint + 'static>(&self, endpoint: E) -> Operation<E::Output> {
        let (client, needs) = (self.clone(), endpoint.needs());
        let asked = Rc::new(Keeping::new(Box::new(endpoint)));
        let kept = Rc::clone(&asked);
        Operation::new("call of an endpoint", |io| exchange(client, io, needs, asked)).map(move |()| kept.take())
    }

    /// The same as a part of an operation.
    pub(in crate::engine) async fn exchange<E: Endpoint>(&self, io: &Io, endpoint: &E) -> Result<E::Output> {
        let asked = Rc::new(Keeping::new(endpoint));
        exchange(self.clone(), io.clone(), endpoint.needs(), Rc::<Keeping<_, _>>::clone(&asked)).await?;
        asked.take()
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
        let now_ms = io.now().ms;
        match &response {
            Ok(response) => self.pacer().observe(group, response, now_ms),
            Err(Lost) => self.pacer().lost(group, now_ms),
        }
        response.map_err(|Lost| Error::Network)
    }
}
