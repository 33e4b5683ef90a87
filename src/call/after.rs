//! Two calls one after the other: the second begins when the first has succeeded.

use super::{Call, Event, Now, Operation, Step, Wait};
use alloc::boxed::Box;
use core::fmt;

/// What has to be done first, and what then.
pub struct After<T> {
    first: Option<Operation<()>>,
    then: Box<dyn Call<Output = T>>,
}

impl<T> After<T> {
    /// Both of them.
    #[must_use]
    pub fn new(first: Operation<()>, then: Box<dyn Call<Output = T>>) -> Self {
        Self { first: Some(first), then }
    }
}

impl<T> Call for After<T> {
    type Output = T;

    fn step(&mut self, event: Event, now: Now) -> Step<T> {
        let Some(first) = &mut self.first else { return self.then.step(event, now) };
        match first.step(event, now) {
            Step::Send(request) => Step::Send(request),
            Step::Sleep(ms) => Step::Sleep(ms),
            Step::Report(report) => Step::Report(report),
            Step::Fail(error) => Step::Fail(error),
            Step::Done(()) => {
                self.first = None;
                self.then.step(Event::Go, now)
            }
        }
    }

    fn waits(&self) -> Option<Wait> {
        self.first.as_ref().map_or_else(|| self.then.waits(), Call::waits)
    }
}

impl<T> fmt::Debug for After<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("After")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const NOW: Now = Now { ms: 0, random: 0 };

    fn both(first: crate::error::Result<()>) -> After<u8> {
        let first = Operation::new("first", |io| async move {
            io.sleep(1).await;
            first
        });
        let then = Operation::new("then", |io| async move {
            io.sleep(2).await;
            Ok(7)
        });
        After::new(first, Box::new(then))
    }

    #[test]
    fn the_second_begins_when_the_first_has_succeeded() {
        let mut call = both(Ok(()));
        assert!(matches!(call.step(Event::Go, NOW), Step::Sleep(1)));
        assert!(matches!(call.step(Event::Go, NOW), Step::Sleep(2)));
        assert!(matches!(call.step(Event::Go, NOW), Step::Done(7)));
    }

    #[test]
    fn what_ends_the_first_badly_ends_both() {
        let mut call = both(Err(Error::Network));
        assert!(matches!(call.step(Event::Go, NOW), Step::Sleep(1)));
        assert!(matches!(call.step(Event::Go, NOW), Step::Fail(Error::Network)));
    }
}
