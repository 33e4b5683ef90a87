//! A turn in a rate limit, waited for.

use super::{Io, WaitsFor};
use crate::pace::{Group, Pacer, Rank, Slot, Ticket};
use alloc::rc::Rc;
use core::cell::RefCell;

/// A place in the queue of a group; dropped, it is given up.
#[derive(Debug)]
pub struct Turn {
    pacer: Rc<RefCell<Pacer>>,
    ticket: Ticket,
}

impl Turn {
    /// Takes a place for one request of so many slots, with which so many more are kept.
    #[must_use]
    pub fn join(pacer: &Rc<RefCell<Pacer>>, group: Group, rank: Rank, slots: u32, keeps: u32) -> Self {
        let ticket = pacer.borrow_mut().join(group, rank, slots, keeps);
        Self { pacer: Rc::clone(pacer), ticket }
    }

    /// Takes the slot where its turn has come: then the request is to be sent now.
    #[must_use]
    pub fn try_take(&self, now_ms: u64) -> Slot {
        self.pacer.borrow_mut().try_take(self.ticket, now_ms)
    }

    /// Waits until it has come, as a part of a wait for that.
    pub async fn come(self, io: &Io, what: WaitsFor) {
        while let Slot::Wait(ms) = self.try_take(io.now().ms) {
            io.wait_for(what, ms).await;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.pacer.borrow_mut().leave(self.ticket);
    }
}
