//! What KV and the bucket have to let go of: written down when a job is deleted or an upload is over, and asked of them until it is done.

use super::send::in_time;
use super::store::Deletion;
use super::{Desk, uploads};
use crate::bucket::Bucket;
use crate::file::is_in_bucket;
use crate::kv::{Kv, WorkersKv};
use worker::{Env, Result};

/// The first pause before a key that was not deleted is tried again.
const FIRST_PAUSE_MS: u64 = 5_000;
/// The longest one.
const LONGEST_PAUSE_MS: u64 = 3_600_000;

/// Deletes each key that is due, one after another.
pub(super) async fn delete_due(desk: &Desk) -> Result<()> {
    uploads::drop_over(desk, desk.now_ms())?;
    while let Some(deletion) = next(desk, desk.now_ms())? {
        if in_time(delete(&desk.env, &deletion.key)).await == Some(true) {
            desk.store.drop_deletion(&deletion.key)?;
        }
    }
    Ok(())
}

/// Deletes a key where it is; false when that has to be tried again.
async fn delete(env: &Env, key: &str) -> bool {
    if !is_in_bucket(key) {
        let Ok(kv) = WorkersKv::of(env) else { return false };
        return kv.delete(key).await.is_ok();
    }
    let Some(bucket) = Bucket::of(env) else { return false };
    match key.split_once('?') {
        // What is not let go of here, R2 lets go of after a week by itself.
        Some((key, bucket_id)) => bucket.abort(key, bucket_id).await.map_or(true, |()| true),
        None => bucket.delete(key).await.is_ok(),
    }
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
    fn a_key_is_tried_again_after_growing_pauses() {
        assert_eq!([0, 1, 2, 9, 10, u32::MAX].map(|tries| pause_ms(tries) / 1_000), [5, 10, 20, 2_560, 3_600, 3_600]);
    }
}
