//! A result in the house format (RingCentral's), made of what another engine said.

use super::{Input, Task};
use alloc::string::String;
use alloc::vec::Vec;

/// What a result is made of.
#[derive(Debug, Clone)]
pub struct Making {
    /// What was to be done.
    pub task: Task,
    /// Its fields, as the engine has checked them.
    pub input: Input,
    /// What the engine said, byte for byte.
    pub said: Vec<u8>,
    /// The id of the job, as the result names it.
    pub job_id: String,
    /// When the job was asked for, milliseconds since 1970.
    pub created_ms: u64,
    /// When the engine had done it.
    pub completed_ms: u64,
    /// Until when the result is kept.
    pub expires_ms: u64,
}

/// A result that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The payload, as RingCentral delivers one.
    pub result: String,
    /// What was asked for and is not in it.
    pub missing: Vec<Missing>,
}

/// Something that a result does not hold although it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its name, as in `Topics`.
    pub name: String,
    /// Why, and what to do, as a sentence.
    pub reason: String,
}
