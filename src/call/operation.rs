//! A call whose body is an async block, read from top to bottom; the one adapter between such a body and `step`.

use super::io::Action;
use super::{Call, Event, Io, Now, Step, Wait};
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
    /// The operation with that body, not begun yet. The body awaits nothing but the handle that it is given.
    pub fn new<F>(name: &'static str, body: impl FnOnce(Io) -> F) -> Self
    where
        F: Future<Output = Result<T>> + 'static,
    {
        let io = Io::default();
        let body: Body<T> = Box::pin(body(io.clone()));
        Self { name, io, body: Some(body) }
    }

    /// The same, in which anything is tried so many times at most.
    #[must_use]
    pub fn trying_at_most(self, times: u32) -> Self {
        self.io.try_at_most(times);
        self
    }

    /// The same, ending with what `read` makes of its output.
    pub fn map<U: 'static>(self, read: impl FnOnce(T) -> Result<U> + 'static) -> Operation<U>
    where
        T: 'static,
    {
        let Self { name, io, body } = self;
        let body: Option<Body<U>> = body.map(|body| -> Body<U> { Box::pin(Read { body, read: Some(read) }) });
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
                Some(Action::Send(request)) => return Step::Send(request),
                Some(Action::Sleep(ms)) => return Step::Sleep(ms),
                Some(Action::Report(report)) => return Step::Report(report),
                None => Step::Fail(unexpected()),
            },
        };
        self.body = None;
        end
    }

    fn waits(&self) -> Option<Wait> {
        self.io.waits()
    }
}

/// It has ended already, or it waits for something that no step brings.
fn unexpected() -> Error {
    Error::UnexpectedAnswer { what: "one that this call waits for" }
}

/// A body, and what makes another output of its output.
struct Read<T, R> {
    body: Body<T>,
    read: Option<R>,
}

impl<T, R> Unpin for Read<T, R> {}

impl<T, U, R: FnOnce(T) -> Result<U>> Future for Read<T, R> {
    type Output = Result<U>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<U>> {
        let Poll::Ready(outcome) = self.body.as_mut().poll(context) else { return Poll::Pending };
        let Some(read) = self.read.take() else { return Poll::Pending };
        Poll::Ready(outcome.and_then(read))
    }
}

impl<T> fmt::Debug for Operation<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::Report;
    use crate::http::{HttpRequest, HttpResponse, Method};
    use core::future::pending;

    const NOW: Now = Now { ms: 7, random: 0 };

    fn ends_badly(step: &Step<u64>) -> bool {
        matches!(step, Step::Fail(Error::UnexpectedAnswer { .. }))
    }

    #[test]
    fn a_body_is_stepped_from_action_to_action() {
        let mut call = Operation::new("test", |io| async move {
            io.sleep(5).await;
            io.report(Report::Sending).await;
            let request = HttpRequest::new(Method::Get, "https://h/".into());
            let response = io.send(request.clone()).await.unwrap();
            assert_eq!(io.send(request).await.unwrap_err(), crate::call::Lost);
            Ok(u64::from(response.status) + io.now().ms)
        });
        let response = HttpResponse { status: 200, headers: vec![], body: vec![] };
        assert!(matches!(call.step(Event::Go, NOW), Step::Sleep(5)));
        assert!(matches!(call.step(Event::Go, NOW), Step::Report(Report::Sending)));
        assert!(matches!(call.step(Event::Go, NOW), Step::Send(_)));
        assert!(matches!(call.step(Event::Response(response), NOW), Step::Send(_)));
        assert!(matches!(call.step(Event::Lost, NOW), Step::Done(207)));
        assert!(ends_badly(&call.step(Event::Go, NOW)), "it has ended");
    }

    #[test]
    fn a_body_that_waits_for_nothing_that_a_step_brings_ends() {
        let mut call = Operation::new("test", |_| async { pending().await });
        assert!(ends_badly(&call.step(Event::Go, NOW)));
        assert!(ends_badly(&call.step(Event::Go, NOW)));
    }

    #[test]
    fn an_operation_prints_as_its_name() {
        let secret = alloc::string::String::from("S3CRET");
        let call = Operation::new("login", |_| async move { Ok(secret) });
        assert_eq!(format!("{:?}", call.map(|secret| Ok(secret.len()))), "login");
    }
}
