//! Who does a job: the door that every engine stands behind, what goes through it, and each engine in a folder of its own.
//!
//! An engine takes a [`Job`] and makes a call of it that submits it; what is delivered later it reads to a few facts. Where that is
//! in the house format, which is RingCentral's, its bytes are the result as they came; of any other engine's words a result is made.

pub mod ace;
pub mod assemblyai;
pub mod chat;
pub mod deepgram;
mod delivery;
mod heard;
pub mod hearing;
mod input;
mod job;
pub mod keyed;
mod learned;
mod look;
mod making;
mod media;
mod media_type;
pub mod openai;
mod opening_headers;
mod recording_id;
pub mod ringcentral;
pub mod rule;
#[cfg(test)]
mod rule_tests;
mod task;
mod write_up;

pub use delivery::{Delivery, Outcome};
pub use input::Input;
pub use job::{Accepted, Job};
pub use look::{LOOK_BYTES, Look, Seen, Untold, look_range};
pub use making::{Made, Making, Missing};
pub use media::Media;
pub use media_type::media_type;
pub use opening_headers::OpeningHeaders;
pub use recording_id::RecordingId;
pub use task::Task;

use crate::call::{Call, Wait};
use crate::error::{Code, Error, Result};
use crate::json::Value;
use crate::pace::Usage;
use crate::secret::Secret;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

/// A call behind the door.
pub type BoxedCall<T> = Box<dyn Call<Output = T>>;

/// Who does a job.
pub trait Engine {
    /// Its name in the table of engines and in the record of a job, as in `ringcentral`.
    fn name(&self) -> &'static str;

    /// The fields of a task that it honours; none where it cannot do the task.
    fn fields(&self, task: Task) -> Option<Vec<&'static str>>;

    /// Holds a job's fields against the engine's rules; what comes of it is the job's input as it is sent.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the first field that the engine would refuse, as in `input.encoding`.
    fn check(&self, task: Task, fields: &Value<'_>) -> Result<Input>;

    /// Whether the engine could fetch such media.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming the field, and the setting where one would help.
    fn check_media(&self, media: &Media) -> Result<()> {
        let _ = media;
        Ok(())
    }

    /// The field that nobody named and that anybody's look at the media would tell; none where nothing is missing, or where the
    /// engine finds it out by itself.
    fn untold(&self, input: &Input, media: &Media) -> Option<Untold> {
        let _ = (input, media);
        None
    }

    /// The input with what was seen of its media, where that was missing.
    fn told(&self, input: Input, seen: &Seen) -> Input {
        let _ = seen;
        input
    }

    /// The call that submits a job. It reports [`crate::call::Report::Sending`] before the request that must not be sent twice.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming what the engine cannot submit.
    fn submit(&self, job: Job) -> Result<BoxedCall<Accepted>>;

    /// The call that asks how a job stands, by the engine's id of it; its answer is read as a delivery is.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] when it can be no job's id.
    fn status(&self, job_id: &str) -> Result<BoxedCall<String>>;

    /// Whether what [`Engine::status`] failed with says that the engine has no job of that id.
    fn denies(&self, error: &Error) -> bool;

    /// What the bytes of a callback, or of an answer to [`Engine::status`], say.
    ///
    /// # Errors
    /// [`crate::error::Error::UnreadableDelivery`] saying what is wrong with them.
    fn read(&self, body: &[u8]) -> Result<Delivery>;

    /// The server that comes to us with results, and for media; none where nobody comes.
    fn visitor(&self) -> Option<String>;

    /// Whether it reaches media through us alone, whatever the settings say: it has no token of RingCentral's and is given none.
    fn is_stranger(&self) -> bool {
        false
    }

    /// Whether a result has to be made of what it says, by [`Engine::make`]; else its words are the result.
    fn makes(&self) -> bool {
        false
    }

    /// The call that makes a result of what it said, after that was stored.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] where its words are the result.
    fn make(&self, making: Making) -> Result<BoxedCall<Made>> {
        Err(Error::invalid("engine", ["of what ", self.name(), " says of ", &making.job_id, " nothing is made"].concat()))
    }

    /// When it is first asked for a job, so long after its submit; [`u64::MAX`]: it cannot be asked. None: as the setting says.
    fn ask_after_ms(&self) -> Option<u64> {
        None
    }

    /// The code of a job that it ended without a result.
    fn failed(&self) -> Code {
        Code::EngineJobFailed
    }

    /// What keeps it from being asked anything about jobs now, where that is known.
    fn held(&self, now_ms: u64) -> Option<Wait> {
        let _ = now_ms;
        None
    }

    /// The id of the job that a notification is about, which the engine sends where somebody has subscribed to them; none where it
    /// is about none. It is never a result: the engine is asked.
    fn news(&self, body: &[u8]) -> Option<String> {
        let _ = body;
        None
    }

    /// Whether there are such notifications.
    fn has_news(&self) -> bool {
        false
    }

    /// When a job's turn is expected that has so many others before it, milliseconds since 1970.
    fn expected_ms(&self, ahead: u32, now_ms: u64) -> u64 {
        let _ = ahead;
        now_ms
    }

    /// How much of its rate limits is used now, group by group.
    fn usage(&self, now_ms: u64) -> Vec<Usage> {
        let _ = now_ms;
        Vec::new()
    }

    /// How long the engine remembers a job after it was submitted, in milliseconds.
    fn remembers_ms(&self) -> u64;

    /// What it has learned and must outlive a restart, as one text for itself alone; none where there is nothing yet.
    fn state(&self) -> Option<Secret>;

    /// Takes up such a text; one that belongs to other credentials, or cannot be read, is ignored.
    fn restore(&self, state: &Secret);
}
