//! What KV has to let go of when a job is deleted: written down with the deletion, and asked of KV until it is done.

use super::Desk;
use super::send::in_time;
use super::store::Deletion;
use crate::kv::{Kv, WorkersKv};
use worker::Result;

/// The first pause before KV is asked again that did not delete a key.
const FIRST_PAUSE_MS: u64 = 5_000;
/// The longest one.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// Deletes each key that is due, one after another.
pub(super) async fn delete_due(desk: &Desk) -> Result<()> {
    while let Some(deletion) = next(desk, desk.now_ms())? {
        let Ok(kv) = WorkersKv::of(&desk.env) else { continue };
        if let Some(Ok(())) = in_time(kv.delete(&deletion.key)).await {
            desk.store.drop_deletion(&deletion.key)?;
        }
    }
    Ok(())
}

/// The next key that is due; it is put off first, so that a deletion that is lost comes again.
fn next(desk: &Desk, now_ms: u64) -> Result<Option<Deletion>> {
    let deletion = desk.store.next_deletion(now_ms)?;
    if let Some(Deletion { key, tries }) = &deletion {
        desk.store.put_off_deletion(key, now_ms.saturating_add(pause_ms(*tries)))?;
    }
    Ok(deletion)
}

fn pause_ms(tries: u32) -> u64 {
    FIRST_PAUSE_MS.saturating_mul(1 << tries.min(16)).min(LONGEST_PAUSE_MS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kv_is_asked_again_after_growing_pauses() {
        assert_eq!([0, 1, 2, 9, 10, u32::MAX].map(|tries| pause_ms(tries) / 1_000), [5, 10, 20, 2_560, 3_600, 3_600]);
    }
}
