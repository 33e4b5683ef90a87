//! A local file that comes in parts, and is kept for a job.

use super::frame::Framed;
use crate::upload::{Part, Upload, Whole};
use serde::{Deserialize, Serialize};

/// Look at an upload, or change it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct AskUpload {
    /// Its id.
    pub(crate) id: String,
    /// What becomes of it.
    pub(crate) change: UploadChange,
}

/// What becomes of an upload.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) enum UploadChange {
    /// Nothing: it is looked at.
    Nothing,
    /// It begins.
    Begun(Upload),
    /// A part is there.
    Part(Part),
    /// It is complete.
    Completed(Whole),
    /// It goes.
    Gone,
}

impl Framed for Option<Upload> {}
