//! The handle through which the body of an operation acts, one action at a time.

use super::{Event, Now, Report, Retry, Wait, WaitsFor};
use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse};
use alloc::rc::Rc;
use core::cell::Cell;
use core::fmt;
use core::future::poll_fn;
use core::task::Poll;

/// The request was sent, or perhaps not, and no response came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// What a body wants done before it goes on.
pub(super) enum Action {
    Send(HttpRequest),
    Sleep(u64),
    Report(Report),
}

/// What lies between a body and whoever steps it: an action on its way out, an event on its way in.
#[derive(Default)]
struct Shared {
    action: Cell<Option<Action>>,
    event: Cell<Option<Event>>,
    now: Cell<Now>,
    wait: Cell<Option<Wait>>,
    max_tries: Cell<Option<u32>>,
}

/// The platform as a body sees it; each action is awaited before the next.
#[derive(Clone, Default)]
pub struct Io(Rc<Shared>);

impl Io {
    /// Has a request sent; ends with its response, or with [`Lost`].
    pub fn send(&self, request: HttpRequest) -> impl Future<Output = Result<HttpResponse, Lost>> {
        self.0.wait.set(None);
        self.act(Action::Send(request));
        poll_fn(|_| self.event().map(|event| if let Event::Response(response) = event { Ok(response) } else { Err(Lost) }))
    }

    /// The same for a request with media in it.
    ///
    /// # Errors
    /// Why the media could not be had; nothing was sent then.
    pub async fn stream(&self, request: HttpRequest) -> Result<Result<HttpResponse, Lost>, Error> {
        self.0.wait.set(None);
        self.act(Action::Send(request));
        match poll_fn(|_| self.event()).await {
            Event::Response(response) => Ok(Ok(response)),
            Event::Unsent(error) => Err(error),
            Event::Go | Event::Lost => Ok(Err(Lost)),
        }
    }

    /// Waits for so many milliseconds.
    pub fn sleep(&self, ms: u64) -> impl Future<Output = ()> {
        self.act(Action::Sleep(ms));
        poll_fn(|_| self.event().map(|_| ()))
    }

    /// The same for a reason, which can be read off the call meanwhile.
    pub fn wait(&self, wait: Wait, ms: u64) -> impl Future<Output = ()> {
        self.0.wait.set(Some(wait));
        self.sleep(ms)
    }

    /// The same until so many milliseconds have passed.
    pub fn wait_for(&self, what: WaitsFor, ms: u64) -> impl Future<Output = ()> {
        self.wait(Wait::until(what, self.now().ms.saturating_add(ms)), ms)
    }

    /// Tells something and waits until it was taken.
    pub fn report(&self, report: Report) -> impl Future<Output = ()> {
        self.act(Action::Report(report));
        poll_fn(|_| self.event().map(|_| ()))
    }

    /// The tries of something.
    #[must_use]
    pub fn retry(&self) -> Retry {
        self.0.max_tries.get().map_or_else(Retry::default, Retry::of)
    }

    /// The present, as of the latest step.
    #[must_use]
    pub fn now(&self) -> Now {
        self.0.now.get()
    }

    /// What happened before an action is no answer to it.
    fn act(&self, action: Action) {
        self.0.action.set(Some(action));
        self.0.event.set(None);
    }

    fn event(&self) -> Poll<Event> {
        self.0.event.take().map_or(Poll::Pending, Poll::Ready)
    }

    pub(super) fn put(&self, event: Event, now: Now) {
        self.0.event.set(Some(event));
        self.0.now.set(now);
    }

    pub(super) fn try_at_most(&self, times: u32) {
        self.0.max_tries.set(Some(times));
    }

    pub(super) fn waits(&self) -> Option<Wait> {
        self.0.wait.get()
    }

    pub(super) fn take(&self) -> Option<Action> {
        self.0.action.take()
    }
}

impl fmt::Debug for Io {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Io")
    }
}
