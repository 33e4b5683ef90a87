//! Reads a request's body with a limit, and with an account of how much of all bodies is in memory.

use crate::clock::Clock;
use crate::problem::Problem;
use futures_util::StreamExt;
use ringcentral_ai::error::Code;
use std::cell::RefCell;
use worker::Request;

/// More than that of callbacks' bodies at once would not fit into an isolate's 128 MB beside their copies.
const MAX_IN_FLIGHT_BYTES: usize = 40 << 20;
/// A body that takes longer is given up by its sender: its share is free again.
const LEASE_MS: u64 = 120_000;
/// When a sender who found no room does well to come again.
const RETRY_AFTER_S: u64 = 5;

/// The shares taken, each with the time until which it counts: the work of a caller that leaves may never be
/// resumed nor dropped, so that a share must end by itself.
#[derive(Debug, Default)]
struct Account {
    shares: Vec<(u64, u64, usize)>,
    last: u64,
}

thread_local! {
    static ACCOUNT: RefCell<Account> = RefCell::default();
}

impl Account {
    fn open(&mut self, now_ms: u64) -> u64 {
        self.last += 1;
        self.shares.push((self.last, now_ms + LEASE_MS, 0));
        self.last
    }

    /// Makes a share that large, if there is room.
    fn hold(&mut self, share: u64, held: usize, now_ms: u64) -> bool {
        self.shares.retain(|(id, until_ms, _)| *id == share || *until_ms > now_ms);
        let others: usize = self.shares.iter().filter(|(id, ..)| *id != share).map(|(.., bytes)| bytes).sum();
        let has_room = others.saturating_add(held) <= MAX_IN_FLIGHT_BYTES;
        if let (true, Some((.., bytes))) = (has_room, self.shares.iter_mut().find(|(id, ..)| *id == share)) {
            *bytes = held;
        }
        has_room
    }

    fn close(&mut self, share: u64) {
        self.shares.retain(|(id, ..)| *id != share);
    }
}

/// A body's part of the memory for bodies; free again when dropped.
#[derive(Debug)]
pub(crate) struct Share {
    id: u64,
    held: usize,
}

impl Share {
    /// A share of nothing yet.
    pub(crate) fn open() -> Self {
        Self { id: ACCOUNT.with_borrow_mut(|account| account.open(Clock::REAL.now_ms())), held: 0 }
    }

    fn hold(&mut self, bytes: usize) -> Result<(), Problem> {
        if bytes > self.held {
            self.held = bytes;
            if !ACCOUNT.with_borrow_mut(|account| account.hold(self.id, bytes, Clock::REAL.now_ms())) {
                return Err(Problem::from(Code::Busy).retry_after(RETRY_AFTER_S));
            }
        }
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        ACCOUNT.with_borrow_mut(|account| account.close(self.id));
    }
}

/// The body, whole; a share is held for it from the moment that its length is known, else as it grows.
///
/// # Errors
/// `too_large` as soon as it is known to be longer than the limit, `busy` when the share cannot be held.
pub(crate) async fn read(request: &mut Request, max_bytes: usize, share: &mut Share) -> Result<Vec<u8>, Problem> {
    let declared = declared_bytes(request, max_bytes)?;
    share.hold(declared.unwrap_or_default())?;
    let Ok(mut stream) = request.stream() else {
        return Ok(Vec::new()); // a request without any body
    };
    let mut body = Vec::with_capacity(declared.unwrap_or_default());
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Problem::new(Code::InvalidJson, "the body broke off"))?;
        let bytes = body.len() + chunk.len();
        if bytes > max_bytes {
            return Err(too_large(max_bytes));
        }
        share.hold(bytes)?;
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// What the body's length is said to be; a body of unknown length says nothing.
fn declared_bytes(request: &Request, max_bytes: usize) -> Result<Option<usize>, Problem> {
    let header = request.headers().get("content-length").ok().flatten();
    match header.map(|text| text.parse().unwrap_or(usize::MAX)) {
        Some(bytes) if bytes > max_bytes => Err(too_large(max_bytes)),
        declared => Ok(declared),
    }
}

fn too_large(max_bytes: usize) -> Problem {
    Problem::new(Code::TooLarge, format!("the body may have {} MiB at most", max_bytes >> 20))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIB: usize = 1 << 20;

    #[test]
    fn bodies_share_a_limit_and_give_it_back() {
        let mut account = Account::default();
        let (first, second) = (account.open(0), account.open(0));
        assert!(account.hold(first, 25 * MIB, 0));
        assert!(!account.hold(second, 25 * MIB, 1));
        assert!(account.hold(second, 15 * MIB, 1));
        assert!(account.hold(second, 15 * MIB, 1), "its own share does not stand in its way");
        account.close(first);
        assert!(account.hold(second, 25 * MIB, 1));
    }

    #[test]
    fn a_share_that_nobody_gives_back_ends_by_itself() {
        let mut account = Account::default();
        let (lost, next) = (account.open(0), account.open(0));
        assert!(account.hold(lost, 40 * MIB, 0));
        assert!(!account.hold(next, 1, LEASE_MS - 1));
        assert!(account.hold(next, 1, LEASE_MS));
    }
}
