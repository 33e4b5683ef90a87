//! Why something was not done, as the Desk tells the edge and the edge its callers.

use ringcentral_ai::error::Code;
use serde::{Deserialize, Serialize};

/// An error of the core as the edge shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Failure {
    /// The stable code.
    pub(crate) code: Code,
    /// The sentence.
    pub(crate) message: String,
    /// The field that was wrong.
    pub(crate) field: Option<String>,
    /// The permission that is missing.
    pub(crate) permission: Option<String>,
    /// Seconds until another try is worth it.
    pub(crate) retry_after_s: Option<u64>,
}
