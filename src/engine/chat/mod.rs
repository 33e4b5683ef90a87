//! A language model behind OpenAI's API: who writes what cannot be computed.

use crate::engine::keyed::{Known, Service, model};
use crate::error::Result;
use crate::secret::Secret;
use alloc::rc::Rc;
use alloc::string::String;

/// What is said where there is none, as the rest of a sentence about an engine.
pub(in crate::engine) const NO_CHAT: &str =
    "has no language model beside it: set OPENAI_API_KEY, or OPENAI_BASE_URL of a server that takes none";

/// A language model; cheap to clone.
#[derive(Debug, Clone)]
#[expect(dead_code, reason = "nothing is asked yet")]
pub struct Chat {
    service: Rc<Service>,
    model: String,
}

impl Chat {
    /// The model that is asked where none is named.
    pub const MODEL: &'static str = "gpt-6-luna";

    /// A model that has not been asked anything yet; an empty `base` is OpenAI's own address.
    ///
    /// # Errors
    /// [`crate::error::Error::InvalidField`] naming `baseUrl`, `key` or `model`.
    pub fn new(base: &str, key: Option<Secret>, name: Option<&str>) -> Result<Self> {
        let known = Known { name: "openai", base: "https://api.openai.com/v1", scheme: "Bearer ", limits: [50, 50, 50] };
        Ok(Self { service: Rc::new(Service::new(known, base, key)?), model: model(name, Self::MODEL)? })
    }
}
