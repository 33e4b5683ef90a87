//! A call whose body is an async block, read from top to bottom; the one adapter between such a body and `step`.

use super::io::Wish;
use super::{Call, Event, Io, Now, Step};
use crate::error::{Error, Result};
use alloc::boxed::Box;
use core::fmt;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

type Body<T> = Pin<Box<dyn Future<Output = Result<T>>>>;

/// An operation under way. Prints as its name: what its body holds may be secret.
pub struct Operation<T> {
    name: &'static str,
    io: Io,
    /// None once it has ended: a body is not polled after that, and has given back what it held.
    body: Option<Body<T>>,
}

impl<T> Operation<T> {
    /// The operation with that body, not begun yet. The body waits for nothing but the handle that it is given.
    pub fn new<F>(name: &'static str, body: impl FnOnce(Io) -> F) -> Self
    where
        F: Future<Output = Result<T>> + 'static,
    {
        let io = Io::default();
        let body: Body<T> = Box::pin(body(io.clone()));
        Self { name, io, body: Some(body) }
    }

    /// The same, ending with what `read` makes of its output.
    pub fn map<U: 'static>(self, read: impl FnOnce(T) -> Result<U> + 'static) -> Operation<U>
    where
        T: 'static,
    {
        let Self { name, io, body } = self;
        let body: Option<Body<U>> = body.map(|body| -> Body<U> { Box::pin(async { read(body.await?) }) });
        Operation { name, io, body }
    }
}

impl<T> Call for Operation<T> {
    type Output = T;

    fn step(&mut self, event: Event, now: Now) -> Step<T> {
        let Some(body) = &mut self.body else { return Step::Fail(unexpected()) };
        self.io.put(event, now);
        let end = match body.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(outcome) => outcome.map_or_else(Step::Fail, Step::Done),
            Poll::Pending => match self.io.take() {
                Some(Wish::Send(request)) => return Step::Send(request),
                Some(Wish::Sleep(ms)) => return Step::Sleep(ms),
                Some(Wish::Report(report)) => return Step::Report(report),
                None => Step::Fail(unexpected()),
            },
        };
        self.body = None;
        end
    }
}

/// It has ended already, or it waits for something that no step brings.
fn unexpected() -> Error {
    Error::UnexpectedAnswer { what: "one that this call waits for" }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
