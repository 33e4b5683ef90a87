//! Where this Worker is, where no setting says it.

use super::frame::Framed;
use serde::{Deserialize, Serialize};

/// Keep the origin that an authorised request came to, unless one is kept already.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct LearnOrigin {
    /// Scheme, host and port.
    pub(crate) origin: String,
}

impl Framed for String {}
