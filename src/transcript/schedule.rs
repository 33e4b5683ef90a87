//! When captions come and go: on time first, then long enough to be read, then calm.

/// A caption that is gone sooner cannot be read; where others wait for it, 5/6 of a second must do.
const MIN_SHOWN_MS: u64 = 1000;
const MIN_SHOWN_BEFORE_NEXT_MS: u64 = 833;
/// Where too much is said at once, each caption is seen at least.
const GLIMPSE_MS: u64 = 200;
/// A word that is shown later than this after it is said belongs to nobody's lips.
const MAX_LATE_MS: u64 = 1500;
/// Captions that begin so soon after each other are not said so: their times are worth nothing.
const AT_ONCE_MS: u64 = 100;
/// A caption stays a little when its last word is said.
const LINGER_MS: u64 = 500;
/// What everybody can read in a second, and what nobody should have to.
const EASY_CHARS_PER_S: u64 = 17;
const MAX_CHARS_PER_S: u64 = 20;
/// A shorter gap flickers: it becomes two frames, which the eye takes for a change.
const MIN_GAP_MS: u64 = 500;
const TWO_FRAMES_MS: u64 = 83;

/// Puts off the captions that begin before the one in front of them could be read, within what may be late.
pub(super) fn put_off(times_ms: &mut [u64]) {
    let mut latest_ms = alloc::vec![u64::MAX; times_ms.len()];
    let mut before_next_ms = u64::MAX;
    for index in (0..times_ms.len()).rev() {
        let start_ms = times_ms[index];
        let is_at_once = index > 0 && start_ms < times_ms[index - 1] + AT_ONCE_MS;
        let own_ms = if is_at_once { u64::MAX } else { start_ms + MAX_LATE_MS };
        latest_ms[index] = own_ms.min(before_next_ms);
        before_next_ms = latest_ms[index].saturating_sub(GLIMPSE_MS);
    }
    for index in 1..times_ms.len() {
        let before_ms = times_ms[index - 1];
        let readable_ms = (before_ms + MIN_SHOWN_BEFORE_NEXT_MS).min(latest_ms[index]);
        times_ms[index] = times_ms[index].max(readable_ms).max(before_ms + GLIMPSE_MS);
    }
}

/// How long a text takes to be read with ease.
pub(super) const fn easy_ms(chars: usize) -> u64 {
    chars as u64 * 1000 / EASY_CHARS_PER_S
}

/// Whether a text is more than can be read in that time.
pub(super) const fn is_too_fast(chars: usize, shown_ms: u64) -> bool {
    chars as u64 * 1000 > shown_ms * MAX_CHARS_PER_S
}

/// When a caption goes whose last word ends at `spoken_ms`, where the next one comes at `next_ms`.
pub(super) fn end(start_ms: u64, spoken_ms: u64, chars: usize, next_ms: Option<u64>, max_ms: u64) -> u64 {
    let (latest_ms, least_ms) = (start_ms + max_ms, spoken_ms.max(start_ms + MIN_SHOWN_MS));
    let Some(next_ms) = next_ms else {
        // Behind the last one the recording may end: it stays no longer than it must.
        let is_too_fast = is_too_fast(chars, least_ms - start_ms);
        return if is_too_fast { start_ms + easy_ms(chars) } else { least_ms }.min(latest_ms);
    };
    let wished_ms = least_ms.max(spoken_ms + LINGER_MS).max(start_ms + easy_ms(chars));
    let end_ms = if spoken_ms >= next_ms { next_ms } else { wished_ms.min(next_ms) }.min(latest_ms);
    // Where words follow each other without a pause, so do captions.
    let has_pause = spoken_ms < next_ms;
    if next_ms - end_ms >= MIN_GAP_MS || (next_ms == end_ms && !has_pause) {
        return end_ms;
    }
    match next_ms - TWO_FRAMES_MS {
        closed_ms if closed_ms > latest_ms => next_ms - MIN_GAP_MS,
        closed_ms if closed_ms >= start_ms + MIN_SHOWN_BEFORE_NEXT_MS => closed_ms,
        _ => next_ms.min(latest_ms),
    }
}
