//! The table of what the Worker has found out about itself.

use super::{Store, sql};
use worker::Result;

/// The origin that the first authorised request for a job came to.
const ORIGIN: &str = "origin";

impl Store {
    /// Keeps an origin unless one is kept already, and gives the one that is.
    pub(crate) fn learn_origin(&self, origin: &str) -> Result<String> {
        self.write(sql::LEARN_SETTING, vec![ORIGIN.into(), origin.into()])?;
        self.first(sql::READ_SETTING, vec![ORIGIN.into()])?.map_or_else(|| Ok(origin.to_owned()), |mut row| row.text())
    }
}
