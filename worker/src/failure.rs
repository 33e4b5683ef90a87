//! Why something was not done, as the Desk tells the edge and the edge its callers.

use serde::{Deserialize, Serialize};

/// An error of the core as the edge shows it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Failure {
    /// The stable code.
    pub code: String,
    /// The sentence.
    pub message: String,
    /// The field that was wrong.
    pub field: Option<String>,
    /// The permission that is missing.
    pub permission: Option<String>,
    /// Seconds until another try is worth it.
    pub retry_after_s: Option<u64>,
}
