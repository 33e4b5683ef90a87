//! How often a page's token reserves a callback: it is public, so anybody may use it, and only so often.

use crate::failure::Failure;
use crate::limits::MAX_RESERVATIONS_A_MINUTE;
use crate::problem::Problem;
use ringcentral_ai::error::Code;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};

const MINUTE_MS: u64 = 60_000;

/// When each page's token has reserved in the last minute.
#[derive(Debug, Default)]
pub(super) struct Reservations(RefCell<BTreeMap<String, VecDeque<u64>>>);

impl Reservations {
    /// Counts one more.
    ///
    /// # Errors
    /// `rate_limited` when there were too many.
    pub(super) fn take(&self, page: String, now_ms: u64) -> Result<(), Failure> {
        let mut of = self.0.borrow_mut();
        let times = of.entry(page).or_default();
        while times.front().is_some_and(|time_ms| time_ms + MINUTE_MS <= now_ms) {
            times.pop_front();
        }
        if let Some(first_ms) = times.front().filter(|_| times.len() >= MAX_RESERVATIONS_A_MINUTE) {
            return Err(too_often((first_ms + MINUTE_MS).saturating_sub(now_ms).div_ceil(1_000)));
        }
        times.push_back(now_ms);
        Ok(())
    }
}

fn too_often(retry_after_s: u64) -> Failure {
    let message = format!("a token of scope reserve takes {MAX_RESERVATIONS_A_MINUTE} callbacks a minute: try again later");
    Problem::new(Code::RateLimited, message).retry_after(retry_after_s).failure().clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reserves_sixty_times_a_minute() {
        let reservations = Reservations::default();
        let take = |page: &str, now_ms| reservations.take(page.into(), now_ms).map_err(|failure| failure.retry_after_s);
        for second in 0..60 {
            assert_eq!(take("a", second * 100), Ok(()));
        }
        assert_eq!((take("a", 6_000), take("b", 6_000)), (Err(Some(54)), Ok(())));
        assert_eq!((take("a", 60_000), take("a", 60_000)), (Ok(()), Err(Some(1))));
    }
}
