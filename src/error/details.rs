//! What else is known of an error than its code and its sentence.

use alloc::string::String;

/// What the Worker says of its error beside the sentence, where it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Details {
    /// The id of the request, for its log.
    pub request_id: Option<String>,
    /// The permission that is missing.
    pub permission: Option<String>,
    /// The field that cannot be used.
    pub field: Option<String>,
    /// Seconds until another try.
    pub retry_after_s: Option<u64>,
}

/// Who lacks a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// The application, which gets permissions in RingCentral's developer console.
    App,
    /// The user who logged in, who gets permissions by a role.
    User,
}
