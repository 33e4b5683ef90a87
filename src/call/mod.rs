//! The one seam between the rooms and a platform: an operation under way is a value that is stepped.
//!
//! A shell drives any call with one short loop: it does what [`Step`] says and tells the call what came of it, with the
//! time and a random number. Dropping a call cancels it: it leaves its queue and gives up a login it had begun.
//!
//! Behind that seam an operation reads from top to bottom: an async body over the handle [`Io`], which [`Operation`] steps.

mod after;
mod io;
mod operation;
mod retry;
mod turn;
mod wait;

pub use after::After;
pub use io::{Io, Lost};
pub use operation::Operation;
pub use retry::Retry;
pub use turn::Turn;
pub use wait::{Wait, WaitsFor};

use crate::error::Error;
use crate::http::{HttpRequest, HttpResponse};
use crate::secret::Secret;
use alloc::boxed::Box;
use alloc::string::String;

/// What happened since the last step.
#[derive(Debug)]
pub enum Event {
    /// The call begins, a sleep is over, or a report was taken: go on.
    Go,
    /// The response to the request that was sent.
    Response(HttpResponse),
    /// The request was sent, or perhaps not, and no response came.
    Lost,
    /// The request was not sent: the media that stands in it could not be had, or is too large.
    Unsent(Error),
}

/// The present, which the core never asks for by itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Now {
    /// Milliseconds since 1970.
    pub ms: u64,
    /// A random number, fresh for each step.
    pub random: u64,
}

/// What a call wants next.
#[derive(Debug)]
pub enum Step<T> {
    /// Send this request, then step with its response or [`Event::Lost`].
    Send(HttpRequest),
    /// Step with [`Event::Go`] in so many milliseconds.
    Sleep(u64),
    /// Something worth telling; step with [`Event::Go`].
    Report(Report),
    /// It is done.
    Done(T),
    /// It ended badly.
    Fail(Error),
}

/// What a call has to tell on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Report {
    /// The next step sends what must not be sent twice: write it down first.
    Sending,
    /// What was sent was certainly refused, and will be sent again later.
    Refused,
    /// The job's input, JSON, with what was found out about its media: whoever tries again does well to begin with it.
    Completed(String),
    /// The job has changed: the Job as the Worker wrote it, JSON.
    Job(String),
    /// Where the job's media is, found on the way: it is fetched through us from there.
    Found(Secret),
}

/// An operation under way.
pub trait Call {
    /// What it ends with.
    type Output;

    /// Takes what happened and says what comes next. After `Done` or `Fail` a call is not stepped again.
    fn step(&mut self, event: Event, now: Now) -> Step<Self::Output>;

    /// What it waits for while it sleeps; none while a request is under way.
    fn waits(&self) -> Option<Wait> {
        None
    }
}

impl<C: Call + ?Sized> Call for Box<C> {
    type Output = C::Output;

    fn step(&mut self, event: Event, now: Now) -> Step<C::Output> {
        (**self).step(event, now)
    }

    fn waits(&self) -> Option<Wait> {
        (**self).waits()
    }
}
