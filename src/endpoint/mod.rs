//! A value that becomes a request and reads a response, and what must be there before it is sent.

mod site;

pub use site::Site;

use crate::error::Result;
use crate::http::{HttpRequest, HttpResponse};
use crate::pace::{Group, Rank};
use crate::secret::Secret;

/// What an endpoint asks of the session and of the rate limit.
#[derive(Debug, Clone, Copy)]
pub struct Needs {
    /// What it asks for, for sentences: `the list of calls`.
    pub asked: &'static str,
    /// The rate-limit group that the request is counted in.
    pub group: Group,
    /// How many slots of it.
    pub slots: u32,
    /// How many more are kept for whoever fetches media through us soon after.
    pub keeps: u32,
    /// Its place among those who wait for the same group.
    pub rank: Rank,
    /// The application permissions without which RingCentral refuses.
    pub permissions: &'static [&'static str],
    /// Whether it may be sent again when no answer came.
    pub repeatable: bool,
    /// Whether the token goes into an address from which somebody else fetches media later.
    pub fetched_with_our_token: bool,
    /// Whether any answer will do, success or not, so that it is not asked for again: a look at what is there. Without a valid
    /// token, a turn or a permission there is none.
    pub takes_any_answer: bool,
}

impl Needs {
    /// One slot, for a request that may be sent again when no answer came.
    #[must_use]
    pub const fn repeatable(asked: &'static str, group: Group, rank: Rank, permissions: &'static [&'static str]) -> Self {
        Self {
            asked,
            group,
            slots: 1,
            keeps: 0,
            rank,
            permissions,
            repeatable: true,
            fetched_with_our_token: false,
            takes_any_answer: false,
        }
    }

    /// One slot, for a request that must not be.
    #[must_use]
    pub const fn once(asked: &'static str, group: Group, rank: Rank, permissions: &'static [&'static str]) -> Self {
        Self { repeatable: false, ..Self::repeatable(asked, group, rank, permissions) }
    }
}

/// A value that becomes a request and reads a response.
pub trait Endpoint {
    /// What a successful response holds.
    type Output;

    /// What must be there before it is sent.
    fn needs(&self) -> Needs;

    /// The request, without the bearer token in its header; `token` is for addresses that carry one.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the field that cannot be sent.
    fn request(&self, site: &Site, token: &Secret) -> Result<HttpRequest>;

    /// Reads a response whose status is a success, or any where any will do.
    ///
    /// # Errors
    /// [`crate::error::Error::UnexpectedAnswer`] when it does not hold what it should.
    fn read(&self, response: &HttpResponse) -> Result<Self::Output>;
}
