//! Which media is being copied into the bucket, so that its ranges cost one slot of the rate limit and not one each: by one fetcher at
//! a time for each job.

use std::cell::RefCell;
use std::collections::BTreeMap;

/// A copy that takes longer is given up.
const PATIENCE_MS: u64 = 20_000;
/// What could not be copied is not tried again for so long: each try costs a slot.
const PAUSE_MS: u64 = 3_600_000;

/// How it stands with a job's media.
#[derive(Debug, Clone, Copy)]
enum Stand {
    /// Somebody copies it.
    UnderWay,
    /// It could not be copied.
    InVain,
}

/// How it stands with all, and until when.
#[derive(Debug, Default)]
pub(super) struct Keeping(RefCell<BTreeMap<String, (Stand, u64)>>);

impl Keeping {
    /// Whether whoever asks is to copy it.
    pub(super) fn begin(&self, job_id: &str, now_ms: u64) -> bool {
        let mut of = self.0.borrow_mut();
        of.retain(|_, (_, until_ms)| now_ms < *until_ms);
        let is_free = !of.contains_key(job_id);
        if is_free {
            of.insert(job_id.to_owned(), (Stand::UnderWay, now_ms + PATIENCE_MS));
        }
        is_free
    }

    /// Whether somebody copies it.
    pub(super) fn is_under_way(&self, job_id: &str, now_ms: u64) -> bool {
        self.0.borrow().get(job_id).is_some_and(|(stand, until_ms)| matches!(stand, Stand::UnderWay) && now_ms < *until_ms)
    }

    /// The copy is made, or was not begun.
    pub(super) fn end(&self, job_id: &str) {
        self.0.borrow_mut().remove(job_id);
    }

    /// It could not be copied.
    pub(super) fn give_up(&self, job_id: &str, now_ms: u64) {
        self.0.borrow_mut().insert(job_id.to_owned(), (Stand::InVain, now_ms + PAUSE_MS));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_copies_and_the_others_wait_for_it() {
        let keeping = Keeping::default();
        assert_eq!((keeping.begin("a", 0), keeping.begin("a", 1), keeping.begin("b", 1)), (true, false, true));
        assert_eq!((keeping.is_under_way("a", 1), keeping.is_under_way("c", 1)), (true, false));
        keeping.end("a");
        assert_eq!((keeping.is_under_way("a", 2), keeping.begin("a", 2)), (false, true));
        assert!(!keeping.is_under_way("a", 2 + PATIENCE_MS), "whoever copied it is gone");
        assert!(keeping.begin("a", 2 + PATIENCE_MS));
    }

    #[test]
    fn what_was_in_vain_is_not_tried_again_soon() {
        let keeping = Keeping::default();
        assert!(keeping.begin("a", 0));
        keeping.give_up("a", 5);
        assert_eq!((keeping.is_under_way("a", 6), keeping.begin("a", 6)), (false, false));
        assert!(keeping.begin("a", 5 + PAUSE_MS));
    }
}
