//! When captions come and go: on time first, then long enough to be read, then calm.

use alloc::vec::Vec;

/// A caption that is gone sooner cannot be read; where others wait for it, 5/6 of a second must do.
const MIN_SHOWN_MS: u64 = 1000;
const MIN_SHOWN_BEFORE_NEXT_MS: u64 = 833;
/// Where too much is said at once, each caption is seen at least.
const GLIMPSE_MS: u64 = 200;
/// A word that is shown a second and a half after it is said belongs to nobody's lips.
const MAX_LATE_MS: u64 = 1200;
/// A caption stays a little when its last word is said.
const LINGER_MS: u64 = 500;
/// What everybody can read in a second, and what nobody should have to.
const EASY_CHARS_PER_S: u64 = 17;
const MAX_CHARS_PER_S: u64 = 20;
/// A shorter gap flickers: it becomes two frames, which the eye takes for a change.
const MIN_GAP_MS: u64 = 500;
const TWO_FRAMES_MS: u64 = 83;

/// By when each caption must be there so that none is late; one that cannot be on time may as well be read at leisure.
pub(super) fn latest(times_ms: &[u64]) -> Vec<u64> {
    let mut free_ms = 0;
    let own = |time_ms: &u64| {
        let earliest_ms = free_ms.max(*time_ms);
        free_ms = earliest_ms + GLIMPSE_MS;
        if earliest_ms > time_ms + MAX_LATE_MS { u64::MAX } else { time_ms + MAX_LATE_MS }
    };
    let mut latest_ms: Vec<u64> = times_ms.iter().map(own).collect();
    for index in (1..latest_ms.len()).rev() {
        latest_ms[index - 1] = latest_ms[index - 1].min(latest_ms[index] - GLIMPSE_MS);
    }
    latest_ms
}

/// When a caption comes that is said at `time_ms`: where the one before it can be read by then, and no later than it must.
pub(super) fn start(before_ms: u64, chars_before: usize, time_ms: u64, latest_ms: u64) -> u64 {
    time_ms.max((before_ms + least_ms(chars_before)).min(latest_ms)).max(before_ms + GLIMPSE_MS)
}

/// How long a caption is seen that others wait for.
fn least_ms(chars: usize) -> u64 {
    (chars as u64 * 1000).div_ceil(MAX_CHARS_PER_S).max(MIN_SHOWN_BEFORE_NEXT_MS)
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
    let latest_ms = start_ms + max_ms;
    let said_ms = spoken_ms.max(start_ms + MIN_SHOWN_MS);
    let Some(next_ms) = next_ms else {
        // Behind the last one the recording may end: it stays no longer than it must.
        let is_too_fast = is_too_fast(chars, said_ms - start_ms);
        return if is_too_fast { start_ms + easy_ms(chars) } else { said_ms }.min(latest_ms);
    };
    let wished_ms = said_ms.max(spoken_ms + LINGER_MS).max(start_ms + easy_ms(chars));
    let end_ms = if spoken_ms >= next_ms { next_ms } else { wished_ms.min(next_ms) }.min(latest_ms);
    // Where words follow each other without a pause, so do captions.
    let has_pause = spoken_ms < next_ms;
    if next_ms - end_ms >= MIN_GAP_MS || (next_ms == end_ms && !has_pause) {
        return end_ms;
    }
    match next_ms - TWO_FRAMES_MS {
        closed_ms if closed_ms > latest_ms => next_ms - MIN_GAP_MS,
        closed_ms if closed_ms >= start_ms + least_ms(chars) || next_ms > latest_ms => closed_ms,
        _ => next_ms,
    }
}
