//! The people who wait for a job's end: each with a deadline of their own, for a client that leaves is not heard of.

use crate::limits::MAX_WAITERS;
use futures_channel::oneshot;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// One answer, written once for all who wait for the same job.
pub(super) type Frame = Rc<[u8]>;

/// Who waits for which job, the oldest first.
#[derive(Debug, Default)]
pub(super) struct Waiters {
    queue: RefCell<VecDeque<Waiter>>,
}

#[derive(Debug)]
struct Waiter {
    job_id: String,
    sender: oneshot::Sender<Frame>,
}

impl Waiters {
    /// Waits for the end of that job; dropping the receiver ends the wait. Where too many wait, the oldest waits no longer.
    pub(super) fn join(&self, id: &str) -> oneshot::Receiver<Frame> {
        let (sender, receiver) = oneshot::channel();
        let mut queue = self.queue.borrow_mut();
        queue.push_back(Waiter { job_id: id.to_owned(), sender });
        if queue.len() > MAX_WAITERS {
            queue.pop_front();
        }
        receiver
    }

    /// Forgets those of that job who do not wait any more.
    pub(super) fn forget(&self, id: &str) {
        self.queue.borrow_mut().retain(|waiter| waiter.job_id != id || !waiter.sender.is_canceled());
    }

    /// Whether anybody waits for that job.
    pub(super) fn waits(&self, id: &str) -> bool {
        self.queue.borrow().iter().any(|waiter| waiter.job_id == id)
    }

    /// Gives everybody who waits for that job the answer.
    pub(super) fn release(&self, id: &str, answer: Vec<u8>) {
        let (released, others): (Vec<_>, Vec<_>) = self.queue.take().into_iter().partition(|waiter| waiter.job_id == id);
        self.queue.replace(others.into());
        let frame: Frame = answer.into();
        for waiter in released {
            // Whoever has left does not mind.
            let _ = waiter.sender.send(Rc::clone(&frame));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::Job;
    use crate::job::tests::record;
    use crate::question::frame;

    #[test]
    fn everybody_who_waits_gets_the_job() {
        let waiters = Waiters::default();
        let mut receivers: Vec<_> = (0..200).map(|_| waiters.join(&record().id)).collect();
        let mut other = waiters.join("another");
        waiters.release(&record().id, frame::write(&Some(Job::of(&record(), None, None))).unwrap());
        for receiver in &mut receivers {
            let frame = receiver.try_recv().unwrap().unwrap();
            let answer: Option<Job> = frame::parse(frame.to_vec()).unwrap();
            assert_eq!(answer.unwrap().id, record().id);
        }
        assert!(other.try_recv().unwrap().is_none());
    }

    #[test]
    fn whoever_leaves_is_forgotten() {
        let waiters = Waiters::default();
        let stays = waiters.join("a");
        drop(waiters.join("a"));
        waiters.forget("a");
        assert!(waiters.waits("a") && waiters.queue.borrow().len() == 1);
        drop(stays);
        waiters.forget("a");
        assert!(!waiters.waits("a"));
    }

    #[test]
    fn over_the_limit_the_oldest_waits_no_longer() {
        let waiters = Waiters::default();
        let mut receivers: Vec<_> = (0..=MAX_WAITERS).map(|number| waiters.join(&number.to_string())).collect();
        let is_told = |receiver: &mut oneshot::Receiver<Frame>| receiver.try_recv().is_err();
        assert!(is_told(&mut receivers[0]), "its wait has ended without an answer");
        assert!(!receivers[1..].iter_mut().any(is_told));
    }
}
