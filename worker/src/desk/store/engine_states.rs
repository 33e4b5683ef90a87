//! The table of what engines want to remember, sealed.

use super::Store;
use serde::Deserialize;
use worker::Result;

impl Store {
    /// What an engine has left.
    pub(crate) fn engine_state(&self, engine: &str) -> Result<Option<Vec<u8>>> {
        #[derive(Deserialize)]
        struct State {
            #[serde(with = "serde_bytes")]
            sealed: Vec<u8>,
        }
        let state = self.first::<State>("SELECT sealed FROM engine_states WHERE engine = ?", vec![engine.into()])?;
        Ok(state.map(|state| state.sealed))
    }

    /// Keeps it in the place of what was there, or removes that.
    pub(crate) fn put_engine_state(&self, engine: &str, sealed: Option<Vec<u8>>) -> Result<()> {
        match sealed {
            Some(sealed) => {
                let statement = "INSERT OR REPLACE INTO engine_states (engine, sealed) VALUES (?, ?)";
                self.write(statement, vec![engine.into(), sealed.into()])
            }
            None => self.write("DELETE FROM engine_states WHERE engine = ?", vec![engine.into()]),
        }
    }
}
