//! Recordings: where they are listed, how one is read, and the address that lets RingCentral's AI fetch it.

mod call_log;
mod content;
mod content_uri;
mod cursor;
mod encoding;
mod list_recordings;
mod read_recording;
mod recording;
mod source;

pub use content::Content;
pub use content_uri::content_uri;
pub use encoding::Encoding;
pub use list_recordings::ListRecordings;
pub use read_recording::{ReadRecording, Recorded};
pub use recording::{Page, Party, Recording};
pub use source::{Source, is_private, shown};
