//! How often something is done within a minute.

use std::collections::VecDeque;

const MINUTE_MS: u64 = 60_000;

/// When it was done in the last minute.
#[derive(Debug, Default)]
pub(super) struct Minute(VecDeque<u64>);

impl Minute {
    /// Counts one more.
    ///
    /// # Errors
    /// Where there were that many: after how many seconds there is room again.
    pub(super) fn take(&mut self, most: usize, now_ms: u64) -> Result<(), u64> {
        while self.0.front().is_some_and(|time_ms| time_ms + MINUTE_MS <= now_ms) {
            self.0.pop_front();
        }
        if let Some(first_ms) = self.0.front().filter(|_| self.0.len() >= most) {
            return Err((first_ms + MINUTE_MS).saturating_sub(now_ms).div_ceil(1_000));
        }
        self.0.push_back(now_ms);
        Ok(())
    }
}
