//! Whoever shows an access token of RingCentral's in the place of one of ours.

use super::frame::Framed;
use serde::{Deserialize, Serialize};

/// Whose is this token?
#[derive(Serialize, Deserialize)]
pub(crate) struct FindUser {
    /// The token: it goes to RingCentral and nowhere else.
    pub(crate) token: String,
}

/// A user of the account that this Worker logs in to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct User {
    /// A digest of the user's id.
    pub(crate) digest: [u8; 32],
    /// Whether it is the one who logs in here.
    pub(crate) is_own: bool,
}

impl std::fmt::Debug for FindUser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FindUser").finish_non_exhaustive()
    }
}

impl Framed for User {}
