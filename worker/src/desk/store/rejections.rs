//! The table of how many deliveries were not taken, by reason.

use super::{Store, number, sql};
use worker::Result;

impl Store {
    /// Counts so many more.
    pub(crate) fn count_rejected(&self, reason: &str, count: u32) -> Result<()> {
        self.write(sql::COUNT_REJECTED, vec![reason.into(), number(count.into())])
    }
}
