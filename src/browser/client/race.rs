//! Two things that may end, and the one that does so first.

use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::Poll;

/// The outcome of whichever ends first; the other is dropped.
pub(super) async fn race<T>(first: impl Future<Output = T>, second: impl Future<Output = T>) -> T {
    let (mut first, mut second) = (pin!(first), pin!(second));
    poll_fn(|context| match first.as_mut().poll(context) {
        Poll::Pending => second.as_mut().poll(context),
        ready @ Poll::Ready(_) => ready,
    })
    .await
}
