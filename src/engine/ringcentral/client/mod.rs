//! What the calls of one user share: where RingCentral is, the session and the rate limit.

mod authorise;
mod endpoint_call;
mod exchange;
mod revoke;

pub use authorise::Authorise;
pub use endpoint_call::EndpointCall;
pub(super) use exchange::Exchange;
pub use revoke::Revoke;

use crate::endpoint::Site;
use crate::engine::ringcentral::auth::{Credentials, Session};
use crate::pace::Pacer;
use alloc::rc::Rc;
use core::cell::{RefCell, RefMut};

/// The shared part of all calls of one user; cheap to clone.
#[derive(Debug, Clone)]
pub struct Client {
    site: Rc<Site>,
    shared: Rc<RefCell<Shared>>,
}

/// The session and the rate limit.
#[derive(Debug)]
pub struct Shared {
    /// The session.
    pub session: Session,
    /// The rate limit.
    pub pacer: Pacer,
}

impl Client {
    /// A client that has done nothing yet.
    #[must_use]
    pub fn new(site: Site, credentials: Credentials) -> Self {
        let shared = Shared { session: Session::new(credentials), pacer: Pacer::default() };
        Self { site: Rc::new(site), shared: Rc::new(RefCell::new(shared)) }
    }

    /// Where RingCentral is.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The session and the rate limit; not to be held over another step.
    #[must_use]
    pub fn shared(&self) -> RefMut<'_, Shared> {
        self.shared.borrow_mut()
    }
}
