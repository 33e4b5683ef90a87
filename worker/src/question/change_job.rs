//! What the holders of a job want of it: it is called otherwise, bound to the id that its caller got for it, or deleted.

use super::frame::Framed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What becomes of a value that is there, or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Patch<T> {
    /// It stays.
    Keep,
    /// It goes.
    Clear,
    /// It is this.
    Set(T),
}

impl<T> From<Patch<T>> for Option<T> {
    /// What a new value is, where there was none before.
    fn from(patch: Patch<T>) -> Self {
        if let Patch::Set(value) = patch { Some(value) } else { None }
    }
}

/// Have a job, or its speakers, called otherwise.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CallJob {
    /// The job's id.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) label: Patch<String>,
    /// What its speakers are called, by their ids; a speaker that is not named here stays as it is.
    pub(crate) speakers: Patch<BTreeMap<String, Patch<String>>>,
}

/// Tell the engine's id of a job that its caller has submitted.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct BindJob {
    /// The job's id.
    pub(crate) id: String,
    /// The engine's id of it.
    pub(crate) engine_job_id: String,
}

/// Delete a job and its result.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct DeleteJob {
    /// The job's id.
    pub(crate) id: String,
}

impl Framed for bool {}
