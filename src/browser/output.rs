//! Calls whose outcome is a text, as [`super::drive`] takes them.

use crate::call::{Call, Operation};
use crate::error::Result;
use alloc::boxed::Box;
use alloc::string::String;

/// A call whose output is a text already.
pub(super) fn plain(call: Operation<String>) -> Box<dyn Call<Output = String>> {
    Box::new(call)
}

/// A call and how its output is written.
pub(super) fn written<T: 'static>(
    call: Operation<T>,
    write: impl FnOnce(T) -> Result<String> + 'static,
) -> Box<dyn Call<Output = String>> {
    plain(call.map(write))
}
