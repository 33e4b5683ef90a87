//! A language model behind OpenAI's API: who writes what cannot be computed.
//! <https://platform.openai.com/docs/api-reference/chat/create>

mod question;
mod reply;

pub(in crate::engine) use question::Question;

use super::keyed::{Known, Service, model};
use crate::error::Result;
use crate::secret::Secret;
use alloc::rc::Rc;
use alloc::string::String;
use core::cell::Cell;
use question::Wish;

/// OpenAI's limits depend on what an account has paid; 50 requests a minute are among the lowest.
pub(in crate::engine) const KNOWN: Known =
    Known { name: "openai", base: "https://api.openai.com/v1", scheme: "Bearer ", limits: [50, 50, 50] };

/// What is said where there is none, as the rest of a sentence about an engine.
pub(in crate::engine) const NO_CHAT: &str =
    "has no language model beside it: set OPENAI_API_KEY, or OPENAI_BASE_URL of a server that takes none";

/// A language model; cheap to clone.
#[derive(Debug, Clone)]
pub struct Chat {
    service: Rc<Service>,
    model: String,
    /// What the model has refused before: models that reason have no temperature, some servers no schema.
    refused: Rc<Cell<[bool; Wish::COUNT]>>,
}

impl Chat {
    /// What is learned of it is written down under this name: no engine has it.
    pub const NAME: &'static str = "chat";
    /// The model that is asked where none is named.
    pub const MODEL: &'static str = "gpt-6-luna";

    /// A model that has not been asked anything yet; an empty `base` is OpenAI's own address.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming `baseUrl`, `key` or `model`.
    pub fn new(base: &str, key: Option<Secret>, name: Option<&str>) -> Result<Self> {
        let service = Rc::new(Service::new(KNOWN, base, key)?);
        Ok(Self { service, model: model(name, Self::MODEL)?, refused: Rc::default() })
    }

    /// What was learned of its limits, as a text; none where nothing was.
    #[must_use]
    pub fn state(&self) -> Option<Secret> {
        self.service.state()
    }

    /// Takes up such a text that was learned with the same key.
    pub fn restore(&self, state: &Secret) {
        self.service.restore(state);
    }
}
