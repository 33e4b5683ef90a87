//! What a shell has to do after it has stored the record.

use super::deliveries::Fate;
use alloc::string::String;

/// One thing to do; the record that came with it holds all else that is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Begin to submit the job, as this attempt.
    Submit {
        /// The attempt that its callback address names.
        attempt: u32,
    },
    /// The request that submits it may leave.
    Send,
    /// The request that submits it must not leave; the call is dropped.
    Withhold,
    /// Ask the engine how the job stands.
    AskStatus {
        /// The engine's id of it.
        engine_job_id: String,
    },
    /// Make the result of what the engine said.
    Make {
        /// The key that lies under.
        said_key: String,
    },
    /// The job looks different now: tell whoever waits.
    Tell,
    /// These bytes are the result, or what it is made of: answer so, and keep what is wanted of them at hand.
    Keep {
        /// Their key.
        key: String,
    },
    /// These bytes are nobody's result: delete them.
    DropKey {
        /// Their key.
        key: String,
    },
    /// These bytes are nobody's result, and yet not to be lost: put them under the other key, then delete this one.
    SetAside {
        /// Their key.
        key: String,
        /// The key of the dead letter.
        dead_key: String,
    },
    /// The job is gone: what is kept at hand of its result goes too.
    DropCopy,
    /// What was said cannot be read, or contradicts what is known of the job, or nothing speaks for it yet: it is not believed.
    Refuse {
        /// Which of these.
        fate: Fate,
        /// What does not fit, as a sentence.
        reason: String,
    },
    /// The address that the caller gave is not needed any more.
    EraseAddress,
}
