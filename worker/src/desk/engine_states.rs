//! What engines have learned and must outlive the object's memory: sealed, and read by themselves alone.

use super::Desk;
use super::seal::{NONCE_BYTES, open, seal};
use crate::config::Config;
use crate::engines::Engines;
use crate::random;
use ringcentral_ai::secret::Secret;
use std::cell::RefCell;
use worker::{Error, Result};

/// The states that lie in the store, by the engines' names.
#[derive(Debug, Default)]
pub(super) struct Stored(RefCell<Vec<(&'static str, Secret)>>);

/// Hands each engine what an earlier one of its name has left; what no key opens any more is lost.
pub(super) fn restore(desk: &Desk, config: &Config, engines: &Engines) -> Result<()> {
    for (name, _) in engines.states() {
        let sealed = desk.store.engine_state(name)?;
        if let Some(state) = sealed.and_then(|sealed| open(&config.keys, &place(name), &sealed)) {
            engines.restore(name, &state);
            desk.engine_states.0.borrow_mut().push((name, state));
        }
    }
    Ok(())
}

/// Writes down what has changed since the last time: before a request leaves, so that nothing is sent with what would be lost.
pub(super) fn keep(desk: &Desk) -> Result<()> {
    for (name, state) in desk.engines()?.states() {
        let mut stored = desk.engine_states.0.borrow_mut();
        if stored.iter().find(|(of, _)| *of == name).map(|(_, state)| state) == state.as_ref() {
            continue;
        }
        let keys = &desk.config()?.keys;
        let sealed = state.as_ref().map(|state| {
            let sealed = seal(keys, &place(name), state, random::bytes::<NONCE_BYTES>());
            sealed.ok_or_else(|| Error::from("an engine's state could not be sealed"))
        });
        desk.store.put_engine_state(name, sealed.transpose()?)?;
        stored.retain(|(of, _)| *of != name);
        stored.extend(state.map(|state| (name, state)));
    }
    Ok(())
}

/// What a state is sealed for: no job's id looks like it.
fn place(engine: &str) -> String {
    ["engine ", engine].concat()
}
