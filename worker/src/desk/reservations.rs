//! How often a page's token reserves a callback: it is public, so anybody may use it, and only so often.

use super::minute::Minute;
use crate::failure::Failure;
use crate::limits::MAX_RESERVATIONS_A_MINUTE;
use crate::problem::Problem;
use ringcentral_ai::error::Code;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// When each page's token has reserved in the last minute.
#[derive(Debug, Default)]
pub(super) struct Reservations(RefCell<BTreeMap<String, Minute>>);

impl Reservations {
    /// Counts one more.
    ///
    /// # Errors
    /// `rate_limited` when there were too many.
    pub(super) fn take(&self, page: String, now_ms: u64) -> Result<(), Failure> {
        self.0.borrow_mut().entry(page).or_default().take(MAX_RESERVATIONS_A_MINUTE, now_ms).map_err(too_often)
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
