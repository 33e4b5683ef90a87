//! A job's life, pure: a record, the events that happen to it, and the one function that says what follows.
//!
//! [`transition`] takes the record as it is stored, one event and the time, and gives back the record to store (none: there is no
//! such job, not yet or not any more) and the effects to perform after that, in their order. There is no other way for a job to
//! change. A shell that stops between the two, or before, loses nothing: whatever was not done comes again with the next
//! [`Event::TurnCame`] or [`Event::TimeCame`].
//!
//! The states, and the events that lead from one to another, are drawn in the project's ARCHITECTURE.md, "A job's life".
//!
//! What holds in every order of events:
//! - A job has one result at most, the first delivery that does not contradict it. One that comes before the engine has said what it
//!   calls the job is not believed for its address alone: the engine is asked for what it names. With a result nothing changes but what
//!   is noted of further deliveries; one that ended without a result takes one that still comes.
//! - What is of no use (it cannot be read, it is another's) changes no job: its bytes are set aside, two a job at most, and the
//!   engine is asked for the job.
//! - It is never sent while it is known to run, and a second time only after a certain refusal, or once after a lost answer.
//! - Each state has a time at which it is left, so every job ends, and so does every record.
//!
//! The room knows no engine, no database and no platform: what an engine forgets and when is in the job's [`Terms`].

mod deliveries;
mod effect;
mod event;
mod making;
mod moves;
mod record;
mod results;
mod state;
mod timing;
mod transition;
mod tries;

pub use deliveries::{Fate, Noted};
pub use effect::Effect;
pub use event::{Event, Outcome, Said, Stored};
pub use moves::Transition;
pub use record::{JobError, New, Record, Terms};
pub use state::{State, Via};
pub use transition::{NOT_RESERVED, transition};
pub use tries::{Tried, Tries};
