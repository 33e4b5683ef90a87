//! The handle through which the body of an operation asks for what it wants, one wish at a time.

use super::{Event, Now, Report};
use crate::http::{HttpRequest, HttpResponse};
use alloc::rc::Rc;
use core::cell::Cell;
use core::fmt;
use core::future::poll_fn;
use core::task::Poll;

/// The request was sent, or perhaps not, and no response came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost;

/// What a body waits for.
pub(super) enum Wish {
    Send(HttpRequest),
    Sleep(u64),
    Report(Report),
}

/// What lies between a body and whoever steps it: a wish goes out, an event comes in.
#[derive(Default)]
struct Between {
    wish: Cell<Option<Wish>>,
    event: Cell<Option<Event>>,
    now: Cell<Now>,
}

/// The platform as a body sees it; each answer is awaited before the next wish.
#[derive(Clone, Default)]
pub struct Io(Rc<Between>);

impl Io {
    /// Has a request sent.
    ///
    /// # Errors
    /// [`Lost`] when no response came.
    pub async fn send(&self, request: HttpRequest) -> Result<HttpResponse, Lost> {
        if let Event::Response(response) = self.wish(Wish::Send(request)).await { Ok(response) } else { Err(Lost) }
    }

    /// Waits for so many milliseconds.
    pub async fn sleep(&self, ms: u64) {
        self.wish(Wish::Sleep(ms)).await;
    }

    /// Tells something and waits until it was taken.
    pub async fn report(&self, report: Report) {
        self.wish(Wish::Report(report)).await;
    }

    /// The present, as of the latest step.
    #[must_use]
    pub fn now(&self) -> Now {
        self.0.now.get()
    }

    /// The first poll puts the wish out, the next one takes what came of it.
    fn wish(&self, wish: Wish) -> impl Future<Output = Event> {
        let mut wish = Some(wish);
        poll_fn(move |_| match wish.take() {
            Some(wish) => {
                self.0.wish.set(Some(wish));
                Poll::Pending
            }
            None => self.0.event.take().map_or(Poll::Pending, Poll::Ready),
        })
    }

    pub(super) fn put(&self, event: Event, now: Now) {
        self.0.event.set(Some(event));
        self.0.now.set(now);
    }

    pub(super) fn take(&self) -> Option<Wish> {
        self.0.wish.take()
    }
}

impl fmt::Debug for Io {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Io")
    }
}
