//! The people who wait for a job: each with a deadline of their own, for a client that leaves is not heard of.

use crate::limits::MAX_WAITERS;
use crate::question::frame::Frame;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The frame of an answer or of why there is none; one for all who wait for the same.
pub(super) type Answered = Rc<Frame>;

/// What somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Until {
    /// The job's next change.
    Change,
    /// The job's end.
    End,
}

/// Somebody who waits.
#[derive(Debug)]
struct Waiter {
    number: u64,
    until: Until,
    told: oneshot::Sender<Answered>,
}

/// Who waits for which job.
#[derive(Debug, Default)]
pub(super) struct Waiters {
    of: RefCell<BTreeMap<String, Vec<Waiter>>>,
    last_number: Cell<u64>,
}

impl Waiters {
    /// Waits for that job; dropping the receiver ends the wait. One that is let go is told nothing.
    pub(super) fn join(&self, id: &str, until: Until) -> oneshot::Receiver<Answered> {
        if self.count() >= MAX_WAITERS {
            self.let_go_of_oldest();
        }
        let (told, receiver) = oneshot::channel();
        let number = self.last_number.get() + 1;
        self.last_number.set(number);
        self.of.borrow_mut().entry(id.to_owned()).or_default().push(Waiter { number, until, told });
        receiver
    }

    /// Forgets those of that job who do not wait any more.
    pub(super) fn forget(&self, id: &str) {
        self.keep(id, |waiter| !waiter.told.is_canceled());
    }

    /// How many wait.
    pub(super) fn count(&self) -> usize {
        self.of.borrow().values().map(Vec::len).sum()
    }

    /// Whether anybody waits for that of that job: who waits for a change is told of its end too.
    pub(super) fn waits(&self, id: &str, until: Until) -> bool {
        self.of.borrow().get(id).is_some_and(|waiters| waiters.iter().any(|waiter| waiter.is_told(until)))
    }

    /// Gives everybody who waits for that of that job the answer.
    pub(super) fn release(&self, id: &str, until: Until, answer: Frame) {
        let frame: Answered = Rc::new(answer);
        for waiter in self.keep(id, |waiter| !waiter.is_told(until)) {
            // Whoever has left does not mind.
            let _ = waiter.told.send(Rc::clone(&frame));
        }
    }

    fn let_go_of_oldest(&self) {
        let oldest = self.of.borrow().iter().filter_map(|(id, of)| Some((of.first()?.number, id.clone()))).min();
        if let Some((number, id)) = oldest {
            self.keep(&id, |waiter| waiter.number != number);
        }
    }

    /// Keeps some of those who wait for a job, and gives the others.
    fn keep(&self, id: &str, stays: impl Fn(&Waiter) -> bool) -> Vec<Waiter> {
        let mut of = self.of.borrow_mut();
        let Some(waiters) = of.remove(id) else { return Vec::new() };
        let (staying, going): (Vec<_>, Vec<_>) = waiters.into_iter().partition(stays);
        if !staying.is_empty() {
            of.insert(id.to_owned(), staying);
        }
        going
    }
}

impl Waiter {
    fn is_told(&self, happened: Until) -> bool {
        happened == Until::End || self.until == Until::Change
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Failure;
    use crate::job::tests::record;
    use crate::job::{Beside, Job};

    fn answer(job: Option<Job>) -> Frame {
        Frame::write(&Ok::<_, Failure>(job)).unwrap()
    }

    #[test]
    fn everybody_who_waits_gets_the_job() {
        let waiters = Waiters::default();
        let mut receivers: Vec<_> = (0..200).map(|_| waiters.join(&record().id, Until::End)).collect();
        let mut other = waiters.join("another", Until::End);
        waiters.release(&record().id, Until::End, answer(Some(Job::of(&record(), &Beside::default()))));
        let mut first = None;
        for receiver in &mut receivers {
            let frame = receiver.try_recv().unwrap().unwrap();
            assert!(Rc::ptr_eq(&frame, first.get_or_insert_with(|| Rc::clone(&frame))), "written once");
        }
        assert!(other.try_recv().unwrap().is_none());
    }

    #[test]
    fn who_waits_for_the_end_is_not_told_of_a_change() {
        let waiters = Waiters::default();
        let (mut end, mut change) = (waiters.join("a", Until::End), waiters.join("a", Until::Change));
        assert!(waiters.waits("a", Until::Change));
        waiters.release("a", Until::Change, answer(None));
        assert!(end.try_recv().unwrap().is_none() && change.try_recv().unwrap().is_some());
        assert_eq!((waiters.waits("a", Until::Change), waiters.waits("a", Until::End)), (false, true));
        let mut watcher = waiters.join("a", Until::Change);
        waiters.release("a", Until::End, answer(None));
        assert!(end.try_recv().unwrap().is_some() && watcher.try_recv().unwrap().is_some());
        assert_eq!(waiters.count(), 0);
    }

    #[test]
    fn whoever_leaves_is_forgotten() {
        let waiters = Waiters::default();
        let stays = waiters.join("a", Until::End);
        drop(waiters.join("a", Until::End));
        waiters.forget("a");
        assert_eq!(waiters.count(), 1);
        drop(stays);
        waiters.forget("a");
        assert!(!waiters.waits("a", Until::End));
    }

    #[test]
    fn over_the_limit_the_one_who_has_waited_for_longest_is_let_go() {
        let waiters = Waiters::default();
        let mut receivers: Vec<_> = (0..MAX_WAITERS).map(|number| waiters.join(&number.to_string(), Until::End)).collect();
        let mut another = waiters.join("7", Until::End);
        assert!(receivers.remove(0).try_recv().is_err(), "it is let go");
        assert!(receivers.iter_mut().chain([&mut another]).all(|receiver| receiver.try_recv().is_ok_and(|told| told.is_none())));
        assert_eq!(waiters.count(), MAX_WAITERS);
    }
}
