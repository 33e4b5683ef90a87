//! A job's life, pure: a record, the events that happen to it, and the one function that says what follows.
//!
//! [`transition`] takes the record as it is stored, one event and the time, and gives back the record to store (none: there is no
//! such job, not yet or not any more) and the effects to perform after that, in their order. There is no other way for a job to
//! change. A shell that stops between the two, or before, loses nothing: whatever was not done comes again with the next
//! [`Event::TurnCame`] or [`Event::TimeCame`].
//!
//! ```mermaid
//! stateDiagram-v2
//!     state "takes a result" as open {
//!         [*] --> queued : Created
//!         [*] --> reserved : Created, its caller submits it
//!         queued --> unconfirmed : Sending (Send)
//!         unconfirmed --> queued : SentBack, PutOff (not taken)
//!         unconfirmed --> queued : TimeCame after 45 minutes, once (may have been taken)
//!         unconfirmed --> submitted : Accepted, MediaFetched, Delivered (it runs), Unreadable
//!         queued --> submitted : the same, late, of an attempt that was given up
//!         submitted --> queued : SentBack, PutOff (where so far only its fetch had shown that it runs)
//!         reserved --> reserved : Bound (its id is known now), TimeCame (AskStatus)
//!         submitted --> submitted : TimeCame (AskStatus), StatusSaid and StatusFailed (later again), Unreadable (at once)
//!         submitted --> expired : TimeCame, and the engine has forgotten it
//!         reserved --> expired : TimeCame, and the engine has forgotten it
//!     }
//!     queued --> queued : TurnCame, TimeCame (Submit)
//!     queued --> failed : Refused, PutOff for a day
//!     unconfirmed --> failed : Refused, PutOff for a day, TimeCame a second time
//!     open --> succeeded : Delivered, StatusSaid (the first that contradicts nothing)
//!     open --> failed : Delivered, StatusSaid (it ended without a result)
//!     succeeded --> [*] : TimeCame, an hour before its bytes go
//!     failed --> [*] : TimeCame
//!     expired --> [*] : TimeCame
//!     open --> [*] : Deleted, and so from succeeded and failed
//! ```
//!
//! What holds in every order of events:
//! - A job has one result at most, the first delivery that does not contradict it. With a result, or failed, nothing changes but
//!   what is noted of further deliveries; an expired one takes a result that still comes.
//! - What is of no use (it cannot be read, it is another's) changes no job: its bytes are set aside, two a job at most, and the
//!   engine is asked for the job.
//! - It is never sent while it is known to run, and a second time only after a certain refusal, or once after a lost answer.
//! - Each state has a time at which it is left, so every job ends, and so does every record.
//!
//! The room knows no engine, no database and no platform: what an engine forgets and when is in the job's [`Terms`].

mod deliveries;
mod effect;
mod event;
mod moves;
mod record;
mod results;
mod state;
mod timing;
mod transition;

pub use deliveries::{Fate, Noted};
pub use effect::Effect;
pub use event::{Event, Outcome, Said, Stored};
pub use moves::Transition;
pub use record::{JobError, New, Record, Terms};
pub use state::{State, Via};
pub use transition::transition;
