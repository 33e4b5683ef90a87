//! Calls whose outcome is a text, as [`super::drive`] takes them.

use crate::call::{Call, Event, Now, Step};
use crate::error::Result;
use alloc::boxed::Box;
use alloc::string::String;

/// A call whose output is a text already.
pub(super) fn plain(call: impl Call<Output = String> + 'static) -> Box<dyn Call<Output = String>> {
    Box::new(call)
}

/// A call and how its output is written.
pub(super) fn written<C: Call + 'static>(
    call: C,
    write: impl Fn(C::Output) -> Result<String> + 'static,
) -> Box<dyn Call<Output = String>> {
    Box::new(Written { call, write })
}

/// A call whose output is written as text.
struct Written<C, W> {
    call: C,
    write: W,
}

impl<C: Call, W: Fn(C::Output) -> Result<String>> Call for Written<C, W> {
    type Output = String;

    fn step(&mut self, event: Event, now: Now) -> Step<String> {
        match self.call.step(event, now).done() {
            Ok(output) => (self.write)(output).map_or_else(Step::Fail, Step::Done),
            Err(step) => step,
        }
    }
}
