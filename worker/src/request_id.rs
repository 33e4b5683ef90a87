//! The id of the request that is worked on: it goes to the Desk with each question, and stands in each line of the log that the request
//! causes, here and there.
//!
//! Requests take turns in one isolate, so the id is known only while the request's own work is polled.

use crate::limits::MAX_REQUEST_ID_CHARS;
use crate::random;
use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

thread_local! {
    static CURRENT: RefCell<Option<Rc<str>>> = const { RefCell::new(None) };
}

/// A request's id: its caller's where that can stand in a line of the log, else one that is made here.
pub(crate) fn of(header: Option<&str>) -> Rc<str> {
    header.filter(|text| is_one(text)).map_or_else(|| random::id().into(), Into::into)
}

fn is_one(text: &str) -> bool {
    (1..=MAX_REQUEST_ID_CHARS).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// The id of the request whose work is polled now, if it is a request's.
pub(crate) fn current() -> Option<Rc<str>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Does that work under that id.
pub(crate) fn within<F: Future>(id: Option<Rc<str>>, work: F) -> Within<F> {
    Within { id, work: Box::pin(work) }
}

/// Work under an id.
pub(crate) struct Within<F> {
    id: Option<Rc<str>>,
    work: Pin<Box<F>>,
}

impl<F: Future> Future for Within<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<F::Output> {
        let before = CURRENT.replace(self.id.clone());
        let polled = self.work.as_mut().poll(context);
        CURRENT.set(before);
        polled
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;
    use futures_util::future::{join, poll_fn};

    #[test]
    fn an_id_that_can_stand_in_a_line_is_kept() {
        let longest = "x".repeat(MAX_REQUEST_ID_CHARS);
        for id in ["a", "Order-7.a_b", &longest] {
            assert!(is_one(id), "{id}");
        }
        for id in ["", "a b", "é", "a/b", "a\n", "\"", &[&longest, "x"].concat()] {
            assert!(!is_one(id), "{id}");
        }
    }

    #[test]
    fn work_that_takes_turns_has_an_id_of_its_own_each() {
        let sees = |id: &'static str| {
            let mut turns = 0;
            let look = poll_fn(move |_| {
                assert_eq!(current().as_deref(), Some(id));
                turns += 1;
                if turns < 3 { Poll::Pending } else { Poll::Ready(()) }
            });
            within(Some(id.into()), look)
        };
        let mut both = Box::pin(join(sees("a"), sees("b")));
        for _ in 0..2 {
            assert_eq!((both.as_mut().now_or_never(), current()), (None, None), "between their turns it is nobody's");
        }
        assert!(both.as_mut().now_or_never().is_some());
        let outer = within(Some("outer".into()), async {
            within(None, async { assert_eq!(current(), None) }).await;
            assert_eq!(current().as_deref(), Some("outer"));
        });
        assert!(outer.now_or_never().is_some());
    }
}
