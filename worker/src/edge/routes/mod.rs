//! What each route does, a file each.

pub(crate) mod bind_callback;
pub(crate) mod call_job;
pub(crate) mod delete_job;
mod depth;
pub(crate) mod get_dead_letter;
pub(crate) mod get_job;
pub(crate) mod get_notify_keys;
pub(crate) mod get_result;
pub(crate) mod get_stats;
pub(crate) mod get_transcript;
pub(crate) mod health;
mod json_body;
pub(crate) mod list_dead_letters;
pub(crate) mod list_jobs;
pub(crate) mod list_recordings;
mod names;
mod new_job;
mod notify;
mod paging;
pub(crate) mod relay_media;
pub(crate) mod replay_dead_letter;
pub(crate) mod reserve_callback;
pub(crate) mod retry_job;
mod stored;
pub(crate) mod submit_job;
pub(crate) mod take_callback;
pub(crate) mod watch_job;
