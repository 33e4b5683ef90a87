//! RingCentral's rate limits as a pure state machine: who may send, and how long the others wait.
//!
//! Requests are counted per user, app and group in a window of 60 seconds; a request inside a penalty restarts it
//! (developer guide, "Rate limits"). So nothing is sent inside one, and nobody overtakes those who wait.

mod bounds;
mod lane;
mod retry_after;

pub use bounds::INSTEAD_MS;
pub use retry_after::{not_taken, retry_after_ms};

use crate::http::HttpResponse;
use alloc::vec::Vec;
use lane::{Lane, Waiter};
use retry_after::penalty_ms;

/// RingCentral's `Retry-After` is in whole seconds, perhaps rounded down: this is added to it.
const ROUNDING_MS: u64 = 1_000;

/// How many groups there are.
pub const GROUPS: usize = 3;

/// RingCentral's usage-plan groups, those of them that are asked; in their order each is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// 50 requests a minute.
    Light,
    /// 10 requests a minute: the AI endpoints, the call log, recordings and their content.
    Heavy,
    /// 5 requests a minute: logins.
    Auth,
}

impl Group {
    /// All of them, in their order.
    pub const ALL: [Self; GROUPS] = [Self::Light, Self::Heavy, Self::Auth];

    /// Its name, as RingCentral's in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Heavy => "heavy",
            Self::Auth => "auth",
        }
    }
}

/// How much of a group's rate limit is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The group's name.
    pub group: &'static str,
    /// How many requests a window has room for.
    pub limit: usize,
    /// How long a window is.
    pub window_ms: u64,
    /// How many of the present window's are taken.
    pub taken: usize,
    /// How many requests wait for their turn.
    pub waiting: usize,
    /// Until when nothing is sent, milliseconds since 1970.
    pub held_until_ms: Option<u64>,
}

/// What has been learned of a group and has to outlive a restart; what is nought or empty says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Learned {
    /// How many requests a window has room for.
    pub limit: u64,
    /// How long a window is.
    pub window_ms: u64,
    /// Until when nothing is sent, milliseconds since 1970.
    pub blocked_until_ms: u64,
    /// From when on each slot of the present window counts, oldest first.
    pub taken_ms: Vec<u64>,
    /// From when on slots are kept for media that will be fetched, oldest first.
    pub kept_ms: Vec<u64>,
}

/// Who goes first when several wait for the same group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// Media that an engine fetches now: a slot may be kept for it.
    Relay,
    /// Media for a person who listens.
    Listen,
    /// A job on its way.
    Submit,
    /// A question after a job.
    Status,
    /// A list for a person.
    List,
}

/// A place in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    number: u64,
    group: Group,
}

/// The answer to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// Send now; the slot is taken and the ticket is used up.
    Go,
    /// Try again in so many milliseconds.
    Wait(u64),
}

/// What keeps a group from sending anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Until when, milliseconds since 1970.
    pub until_ms: u64,
    /// Whether it is a penalty, and not a server that is down.
    pub is_penalty: bool,
}

/// The rate limits of one user and app.
#[derive(Debug, Clone)]
pub struct Pacer {
    lanes: [Lane; GROUPS],
    last_ticket: u64,
}

impl Default for Pacer {
    fn default() -> Self {
        let lanes = [(50, false), (10, true), (5, false)].map(|(limit, is_orderly)| Lane::new(limit, is_orderly));
        Self { lanes, last_ticket: 0 }
    }
}

impl Pacer {
    /// The rate limits of a service that lets so many requests of each group pass a minute, as many of them at once.
    #[must_use]
    pub fn of(limits: [usize; GROUPS]) -> Self {
        Self { lanes: limits.map(|limit| Lane::new(limit, false)), last_ticket: 0 }
    }

    /// Takes a place in the queue of a group for one request of so many slots; with them so many more are kept for what is fetched soon
    /// by [`Rank::Relay`].
    pub fn join(&mut self, group: Group, rank: Rank, slots: u32, keeps: u32) -> Ticket {
        self.last_ticket += 1;
        let ticket = Ticket { number: self.last_ticket, group };
        self.lane(ticket).join(Waiter { rank, number: ticket.number, slots: slots as usize, keeps: keeps as usize });
        ticket
    }

    /// Takes the slot, where it is that ticket's turn.
    pub fn try_take(&mut self, ticket: Ticket, now_ms: u64) -> Slot {
        self.lane(ticket).try_take(ticket.number, now_ms)
    }

    /// Gives a place up.
    pub fn leave(&mut self, ticket: Ticket) {
        self.lane(ticket).leave(ticket.number);
    }

    /// Learns from what RingCentral answered to a request of that group.
    pub fn observe(&mut self, group: Group, response: &HttpResponse, now_ms: u64) {
        let lane = &mut self.lanes[group as usize];
        lane.answered(now_ms);
        // What was counted in another group says nothing of this one's limit.
        if response.header("x-rate-limit-group").is_none_or(|named| named.eq_ignore_ascii_case(group.name())) {
            lane.learn(
                response.number("x-rate-limit-limit"),
                response.number("x-rate-limit-window"),
                response.number("x-rate-limit-remaining"),
                now_ms,
            );
        }
        let is_penalty = response.status == 429;
        let wait_ms = if is_penalty { Some(penalty_ms(response, now_ms)) } else { retry_after_ms(response, now_ms) };
        if let Some(wait_ms) = wait_ms {
            lane.block(now_ms.saturating_add(wait_ms).saturating_add(ROUNDING_MS), is_penalty);
        }
    }

    /// No answer came to a request of that group.
    pub fn lost(&mut self, group: Group, now_ms: u64) {
        self.lanes[group as usize].answered(now_ms);
    }

    /// What keeps a group from sending anything now.
    #[must_use]
    pub fn hold(&self, group: Group, now_ms: u64) -> Option<Hold> {
        self.lanes[group as usize].hold(now_ms)
    }

    /// When the last of so many slots is expected to be had, were all taken as soon as they can be.
    #[must_use]
    pub fn expected_ms(&self, group: Group, slots: usize, now_ms: u64) -> u64 {
        self.lanes[group as usize].expected_ms(slots, now_ms)
    }

    /// How much of each group's limit is used now, in their order.
    #[must_use]
    pub fn usage(&self, now_ms: u64) -> [Usage; GROUPS] {
        Group::ALL.map(|group| self.lanes[group as usize].usage(group, now_ms))
    }

    /// Until when a group sends nothing, milliseconds since 1970; what is past holds nothing.
    #[must_use]
    pub const fn blocked_until_ms(&self, group: Group) -> u64 {
        self.lanes[group as usize].blocked_until_ms()
    }

    /// What has been learned of each group, for whoever has to write it down, in their order.
    #[must_use]
    pub fn learned(&self) -> [Learned; GROUPS] {
        core::array::from_fn(|group| self.lanes[group].learned())
    }

    /// Takes up what was written down.
    pub fn restore(&mut self, learned: [Learned; GROUPS]) {
        for (lane, learned) in self.lanes.iter_mut().zip(learned) {
            lane.restore(learned);
        }
    }

    fn lane(&mut self, ticket: Ticket) -> &mut Lane {
        &mut self.lanes[ticket.group as usize]
    }
}

#[cfg(test)]
mod tests;
