//! What outlives a restart.

use super::*;

#[test]
fn what_was_written_down_by_another_clock_closes_the_queue_for_a_quarter_of_an_hour() {
    for until_ms in [5_000_000, u64::MAX] {
        let mut pacer = Pacer::default();
        pacer.restore([0, until_ms, 0], Default::default());
        let ticket = heavy(&mut pacer);
        assert_eq!(pacer.try_take(ticket, 0), Slot::Wait(900_000));
        assert_eq!(pacer.try_take(ticket, 899_999), Slot::Wait(1));
        assert_eq!(pacer.try_take(ticket, 900_000), Slot::Go);
    }
}

#[test]
fn penalties_can_be_written_down_and_taken_up() {
    let mut before = Pacer::default();
    before.observe(Group::Heavy, &answer(429, &[]), 0);
    let mut after = Pacer::default();
    after.restore(before.blocked_until_ms(), before.taken_ms());
    let ticket = heavy(&mut after);
    assert_eq!(after.try_take(ticket, 0), Slot::Wait(61_000));
}

#[test]
fn what_of_a_window_is_used_can_be_written_down_and_taken_up() {
    let mut before = Pacer::default();
    for at in 0..10 {
        goes(&mut before, at * 1_000);
        answered(&mut before, at * 1_000);
    }
    let mut after = Pacer::default();
    after.restore(before.blocked_until_ms(), before.taken_ms());
    let ticket = heavy(&mut after);
    assert_eq!(after.try_take(ticket, 20_000), Slot::Wait(40_000), "a restart is no reason for a penalty");
    let mut earlier = Pacer::default();
    earlier.restore([0; 3], [Vec::new(), vec![5_000_000; 10], Vec::new()]);
    let ticket = heavy(&mut earlier);
    assert_eq!(earlier.try_take(ticket, 0), Slot::Go, "another clock has written it down");
}
