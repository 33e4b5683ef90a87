//! The people who wait for a job's end: each with a deadline of their own, for a client that leaves is not heard of.

use futures_channel::oneshot;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// One answer, written once for all who wait for the same job.
pub(super) type Frame = Rc<[u8]>;

/// Who waits for which job.
#[derive(Debug, Default)]
pub(super) struct Waiters {
    of: RefCell<BTreeMap<String, Vec<oneshot::Sender<Frame>>>>,
}

impl Waiters {
    /// Waits for the end of that job; dropping the receiver ends the wait.
    pub(super) fn join(&self, id: &str) -> oneshot::Receiver<Frame> {
        let (sender, receiver) = oneshot::channel();
        self.of.borrow_mut().entry(id.to_owned()).or_default().push(sender);
        receiver
    }

    /// Forgets those of that job who do not wait any more.
    pub(super) fn forget(&self, id: &str) {
        let mut of = self.of.borrow_mut();
        if let Some(senders) = of.get_mut(id) {
            senders.retain(|sender| !sender.is_canceled());
            if senders.is_empty() {
                of.remove(id);
            }
        }
    }

    /// Whether anybody waits for that job.
    pub(super) fn waits(&self, id: &str) -> bool {
        self.of.borrow().contains_key(id)
    }

    /// Gives everybody who waits for that job the answer.
    pub(super) fn release(&self, id: &str, answer: Vec<u8>) {
        let Some(senders) = self.of.borrow_mut().remove(id) else { return };
        let frame: Frame = answer.into();
        for sender in senders {
            // Whoever has left does not mind.
            let _ = sender.send(Rc::clone(&frame));
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
        assert_eq!(waiters.of.borrow()["a"].len(), 1);
        drop(stays);
        waiters.forget("a");
        assert!(waiters.of.borrow().is_empty());
    }
}
