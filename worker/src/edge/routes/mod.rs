//! What each route does, a file each.

pub(crate) mod get_job;
pub(crate) mod get_result;
pub(crate) mod get_transcript;
pub(crate) mod health;
pub(crate) mod list_recordings;
mod new_job;
pub(crate) mod reserve_callback;
mod stored;
pub(crate) mod submit_job;
pub(crate) mod take_callback;
