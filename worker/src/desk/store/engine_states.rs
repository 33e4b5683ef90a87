//! The table of what engines want to remember, sealed.

use super::{Store, sql};
use worker::Result;

impl Store {
    /// What an engine has left.
    pub(crate) fn engine_state(&self, engine: &str) -> Result<Option<Vec<u8>>> {
        let row = self.first(sql::READ_ENGINE_STATE, vec![engine.into()])?;
        row.map_or(Ok(None), |mut row| row.optional_bytes())
    }

    /// Keeps it in the place of what was there, or removes that.
    pub(crate) fn put_engine_state(&self, engine: &str, sealed: Option<Vec<u8>>) -> Result<()> {
        match sealed {
            Some(sealed) => self.write(sql::PUT_ENGINE_STATE, vec![engine.into(), sealed.into()]),
            None => self.write(sql::DROP_ENGINE_STATE, vec![engine.into()]),
        }
    }
}
