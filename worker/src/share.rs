//! How much of all bodies that are under way has arrived: what counts is what is there, not what was announced.

use crate::clock::Clock;
use crate::limits::{
    ADDRESS_PATIENCE_MS, BODY_IDLE_MS, BODY_LEASE_MS, BUSY_RETRY_AFTER_S, MAX_API_BYTES_AT_ONCE, MAX_CALLBACK_BYTES_AT_ONCE,
    MAX_READ_BYTES_AT_ONCE, MAX_ROOM_BYTES_AT_ONCE,
};
use crate::problem::Problem;
use ringcentral_ai::error::Code;
use std::cell::RefCell;
use std::time::Duration;
use worker::Delay;

/// Who finds the address taken looks again after so long.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Which account a body is in: those that anybody with a callback address may send keep no others out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Deliveries to callback addresses.
    Callback,
    /// Requests of the API's own callers.
    Api,
    /// Stored results that are read whole.
    Read,
}

impl Kind {
    const fn max_bytes(self) -> u32 {
        match self {
            Self::Callback => MAX_CALLBACK_BYTES_AT_ONCE,
            Self::Api => MAX_API_BYTES_AT_ONCE,
            Self::Read => MAX_READ_BYTES_AT_ONCE,
        }
    }
}

/// The work of a caller that leaves may never be resumed nor dropped, so that a share must end by itself.
#[derive(Debug)]
struct Entry {
    id: u64,
    kind: Kind,
    bytes: u32,
    /// What room was made for before it has come.
    room_bytes: u32,
    until_ms: u64,
    /// The address that its body is still coming to, and until when that is believed.
    coming_to: Option<(String, u64)>,
}

#[derive(Debug, Default)]
struct Account {
    entries: Vec<Entry>,
    last: u64,
}

thread_local! {
    static ACCOUNT: RefCell<Account> = RefCell::default();
}

impl Account {
    /// A new share; none while another body is coming to the same address.
    fn open(&mut self, kind: Kind, address: Option<&str>, now_ms: u64) -> Option<u64> {
        let is_coming = |entry: &Entry| {
            entry.coming_to.as_ref().is_some_and(|(to, until_ms)| Some(to.as_str()) == address && *until_ms > now_ms)
        };
        if self.entries.iter().any(is_coming) {
            return None;
        }
        self.last += 1;
        let coming_to = address.map(|address| (address.to_owned(), now_ms + BODY_IDLE_MS));
        self.entries.push(Entry { id: self.last, kind, bytes: 0, room_bytes: 0, until_ms: now_ms + BODY_LEASE_MS, coming_to });
        Some(self.last)
    }

    /// Makes a share that large, if there is room; its body has gone on. Without room it is given up, so that the others find some.
    fn hold(&mut self, id: u64, bytes: u32, now_ms: u64) -> bool {
        self.entries.retain(|entry| entry.id == id || entry.until_ms > now_ms);
        let Some(kind) = self.entries.iter().find(|entry| entry.id == id).map(|entry| entry.kind) else { return true };
        let others = self.entries.iter().filter(|entry| entry.kind == kind && entry.id != id).map(|entry| entry.bytes);
        let has_room = others.fold(bytes, u32::saturating_add) <= kind.max_bytes();
        if let Some(own) = self.entries.iter_mut().find(|entry| entry.id == id) {
            own.bytes = if has_room { bytes } else { 0 };
            if let Some((_, until_ms)) = &mut own.coming_to {
                *until_ms = now_ms + BODY_IDLE_MS;
            }
        }
        has_room
    }

    /// Whether there is room for a whole body that has begun to come; it is made then.
    fn make_room(&mut self, id: u64, bytes: u32) -> bool {
        let others = self.entries.iter().filter(|entry| entry.id != id).map(|entry| entry.room_bytes);
        let has_room = others.fold(bytes, u32::saturating_add) <= MAX_ROOM_BYTES_AT_ONCE;
        if let Some(own) = self.entries.iter_mut().find(|entry| entry.id == id && has_room) {
            own.room_bytes = bytes;
        }
        has_room
    }

    /// Its body has come; the next may come to the address.
    fn arrive(&mut self, id: u64) {
        if let Some(own) = self.entries.iter_mut().find(|entry| entry.id == id) {
            own.coming_to = None;
        }
    }

    fn close(&mut self, id: u64) {
        self.entries.retain(|entry| entry.id != id);
    }
}

/// A body's part of the memory for bodies; free again when dropped.
#[derive(Debug)]
pub(crate) struct Share {
    id: u64,
}

impl Share {
    /// A share of nothing yet, for a request of the API's.
    pub(crate) fn of_api() -> Self {
        Self::of(Kind::Api)
    }

    /// The same for a stored result that is read.
    pub(crate) fn of_read() -> Self {
        Self::of(Kind::Read)
    }

    fn of(kind: Kind) -> Self {
        let id = ACCOUNT.with_borrow_mut(|account| account.open(kind, None, Clock::REAL.now_ms()));
        Self { id: id.unwrap_or_default() }
    }

    /// The same for a delivery to an address, once no other is coming there.
    ///
    /// # Errors
    /// `busy` when the other one has not come to its end by then.
    pub(crate) async fn of_callback(address: &str) -> Result<Self, Problem> {
        let patience_ms = Clock::REAL.now_ms() + ADDRESS_PATIENCE_MS;
        loop {
            let now_ms = Clock::REAL.now_ms();
            if let Some(id) = ACCOUNT.with_borrow_mut(|account| account.open(Kind::Callback, Some(address), now_ms)) {
                return Ok(Self { id });
            }
            if now_ms > patience_ms {
                return Err(busy());
            }
            Delay::from(LOOK_AGAIN).await;
        }
    }

    /// Makes it that large.
    ///
    /// # Errors
    /// `busy` when there is no room.
    pub(crate) fn hold(&mut self, bytes: u32) -> Result<(), Problem> {
        let has_room = ACCOUNT.with_borrow_mut(|account| account.hold(self.id, bytes, Clock::REAL.now_ms()));
        if has_room { Ok(()) } else { Err(busy()) }
    }

    /// Whether room for the whole of it may be made now; what was announced need not be true.
    pub(crate) fn makes_room(&self, bytes: u32) -> bool {
        ACCOUNT.with_borrow_mut(|account| account.make_room(self.id, bytes))
    }

    /// Its body has come, whole.
    pub(crate) fn arrive(&mut self) {
        ACCOUNT.with_borrow_mut(|account| account.arrive(self.id));
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        ACCOUNT.with_borrow_mut(|account| account.close(self.id));
    }
}

fn busy() -> Problem {
    Problem::from(Code::Busy).retry_after(BUSY_RETRY_AFTER_S)
}

#[cfg(test)]
#[path = "share_tests.rs"]
mod tests;
