//! A service that a key opens: where it is, what it is sent, and how much of it at once.

use super::refusal::refusal;
use crate::call::{Lost, Wait};
use crate::engine::learned;
use crate::error::{ApiError, Code, Error, Result};
use crate::http::{HttpRequest, HttpResponse, Method, Url};
use crate::pace::{GROUPS, Group, Pacer, Usage};
use crate::secret::Secret;
use alloc::borrow::ToOwned;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;
use core::cell::RefCell;

/// A name of a model that is longer is none.
const MAX_MODEL_CHARS: usize = 200;

/// What is known of a service before anything is asked of it.
#[derive(Debug, Clone, Copy)]
pub struct Known {
    /// The engine's name.
    pub name: &'static str,
    /// Where it is, unless the settings say otherwise.
    pub base: &'static str,
    /// What stands before the key in `Authorization`.
    pub scheme: &'static str,
    /// How many requests are begun in a minute, group by group: [`Group::Heavy`] has what is paid for, [`Group::Light`] the rest.
    pub limits: [usize; GROUPS],
}

/// A service, with a key or without; its rate limits are shared by all who have it.
#[derive(Debug)]
pub struct Service {
    known: Known,
    base: String,
    key: Option<Secret>,
    pub(super) pacer: Rc<RefCell<Pacer>>,
}

impl Service {
    /// A service that has not been asked anything yet; an empty `base` is its own address.
    ///
    /// # Errors
    /// [`Error::InvalidField`] naming `baseUrl`, when it is more than scheme, host, port and path, or somebody could read the key
    /// on its way there; or `key`, when it is none.
    pub fn new(known: Known, base: &str, key: Option<Secret>) -> Result<Self> {
        let base = if base.is_empty() { known.base } else { base };
        let url = Url::parse(base, "baseUrl")?;
        if !url.is_protected() {
            return Err(Error::invalid("baseUrl", "it must start with https:// (http:// is for loopback)"));
        }
        if base.contains(['?', '#']) {
            return Err(Error::invalid("baseUrl", "it must be scheme, host, port and path alone"));
        }
        // The key is looked at for what a header cannot hold.
        let is_key = |key: &Secret| !key.is_empty() && key.expose().bytes().all(|byte| byte.is_ascii_graphic());
        if !key.as_ref().is_none_or(is_key) {
            return Err(Error::invalid("key", "it must be a key as the service shows it, without spaces"));
        }
        let base = base.trim_end_matches('/').to_owned();
        Ok(Self { known, base, key, pacer: Rc::new(RefCell::new(Pacer::of(known.limits))) })
    }

    /// The engine's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.known.name
    }

    /// Where it is, without a slash at the end.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.base
    }

    /// A request for a path there.
    #[must_use]
    pub fn request(&self, method: Method, path: &str) -> HttpRequest {
        let request = HttpRequest::new(method, [&self.base, path].concat()).header("accept", "application/json");
        match &self.key {
            // The key goes into the header of this request.
            Some(key) => request.header("authorization", [self.known.scheme, key.expose()].concat()),
            None => request,
        }
    }

    /// What came of a request that is counted in that group: a success, or why there is none.
    pub(super) fn heard(
        &self,
        group: Group,
        answer: core::result::Result<HttpResponse, Lost>,
        now_ms: u64,
    ) -> Result<HttpResponse> {
        let Ok(response) = answer else {
            self.pacer.borrow_mut().lost(group, now_ms);
            return Err(Error::Engine { engine: self.known.name, code: Code::EngineUnavailable, status: 0, said: Vec::new() });
        };
        self.pacer.borrow_mut().observe(group, &response, now_ms);
        if response.is_success() { Ok(response) } else { Err(self.masked(refusal(self.known.name, &response))) }
    }

    /// What keeps requests of a group from being sent now.
    #[must_use]
    pub fn held(&self, group: Group, now_ms: u64) -> Option<Wait> {
        self.pacer.borrow().hold(group, now_ms).map(Wait::from)
    }

    /// When a request is sent that has so many others before it.
    #[must_use]
    pub fn expected_ms(&self, ahead: u32, now_ms: u64) -> u64 {
        self.pacer.borrow().expected_ms(Group::Heavy, ahead.saturating_add(1) as usize, now_ms)
    }

    /// How much of its limits is used now.
    #[must_use]
    pub fn usage(&self, now_ms: u64) -> Vec<Usage> {
        self.pacer.borrow().usage(now_ms).into_iter().filter(|usage| usage.group != Group::Auth.name()).collect()
    }

    /// The same error without the key, should the service have repeated it.
    fn masked(&self, error: Error) -> Error {
        match &self.key {
            Some(key) => error.without(key),
            None => error,
        }
    }

    /// Masks the key in the service's words.
    pub(in crate::engine) fn mask(&self, said: &mut [ApiError]) {
        if let Some(key) = &self.key {
            for said in said {
                said.mask(key);
            }
        }
    }

    /// What was learned of its limits, as a text; none where nothing was.
    #[must_use]
    pub fn state(&self) -> Option<Secret> {
        let learned = self.pacer.borrow().learned();
        let is_new = learned == Pacer::of(self.known.limits).learned();
        (!is_new).then(|| Secret::new(learned::write(&self.fingerprint(), &learned).write()))
    }

    /// Takes up such a text that was learned with the same key.
    pub fn restore(&self, state: &Secret) {
        // The text is what was written before; its numbers go back where they came from.
        if let Some(state) = learned::own(state.expose(), &self.fingerprint()) {
            self.pacer.borrow_mut().restore(learned::read(&state));
        }
    }

    fn fingerprint(&self) -> String {
        // The key goes into a hash, which is all that is kept of it.
        learned::fingerprint(&[&self.base, self.key.as_ref().map_or("", Secret::expose)])
    }
}

/// The name of a model, `usual` where none is given.
///
/// # Errors
/// [`Error::InvalidField`] naming `model`, when it can be none.
pub fn model(given: Option<&str>, usual: &str) -> Result<String> {
    let name = given.unwrap_or(usual);
    let is_name = !name.is_empty() && name.len() <= MAX_MODEL_CHARS && name.bytes().all(|byte| byte.is_ascii_graphic());
    if is_name { Ok(name.to_owned()) } else { Err(Error::invalid("model", "it must be the name of a model, without spaces")) }
}
