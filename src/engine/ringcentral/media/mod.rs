//! Recordings: where they are listed, how one is read, and the address that lets RingCentral's AI fetch it.

mod call_log;
mod content;
mod content_uri;
mod cursor;
mod encoding;
mod fetch_content;
mod filter;
mod find_encoding;
mod find_recording;
mod list_page;
mod list_recordings;
mod lists;
mod meetings;
mod paging;
mod place;
mod read_recording;
mod recording;
mod span;
mod voicemail;

pub use content::Content;
pub use content_uri::content_uri;
pub use encoding::Encoding;
pub use fetch_content::fetching;
pub use find_encoding::FindEncoding;
pub use find_recording::locating;
pub(in crate::engine::ringcentral) use find_recording::{Patience, find_content};
pub use list_page::ListPage;
pub use list_recordings::{ListRecordings, recordings};
pub use read_recording::{Looked, ReadRecording, Recorded};
pub use recording::{Page, Party, Recording};
