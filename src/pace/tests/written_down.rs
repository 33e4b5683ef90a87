//! What outlives a restart.

use super::*;

#[test]
fn what_was_written_down_by_another_clock_closes_the_queue_for_a_quarter_of_an_hour() {
    for until_ms in [5_000_000, u64::MAX] {
        let mut pacer = Pacer::default();
        pacer.restore(in_heavy(Learned { blocked_until_ms: until_ms, ..Learned::default() }));
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
    after.restore(before.learned());
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
    after.restore(before.learned());
    let ticket = heavy(&mut after);
    assert_eq!(after.try_take(ticket, 20_000), Slot::Wait(40_000), "a restart is no reason for a penalty");
    let mut earlier = Pacer::default();
    earlier.restore(in_heavy(Learned { taken_ms: vec![5_000_000; 10], kept_ms: vec![5_000_000; 10], ..Learned::default() }));
    let ticket = heavy(&mut earlier);
    assert_eq!(earlier.try_take(ticket, 0), Slot::Go, "another clock has written it down");
}

#[test]
fn a_limit_that_was_learned_outlives_a_restart() {
    let mut before = Pacer::default();
    goes(&mut before, 0);
    before.observe(Group::Heavy, &answer(200, &[("x-rate-limit-limit", "200"), ("x-rate-limit-window", "30")]), 0);
    let mut after = Pacer::default();
    after.restore(before.learned());
    assert_eq!(after.usage(0), before.usage(0));
    after.restore(in_heavy(Learned { limit: u64::MAX, window_ms: u64::MAX, ..Learned::default() }));
    assert_eq!(after.usage(0), before.usage(0), "what cannot be is not believed");
}

#[test]
fn a_slot_that_is_kept_for_media_outlives_a_restart() {
    let mut before = Pacer::default();
    for _ in 0..5 {
        let submit = before.join(Group::Heavy, Rank::Submit, 1, 1);
        assert_eq!(before.try_take(submit, 0), Slot::Go);
        answered(&mut before, 0);
    }
    let mut after = Pacer::default();
    after.restore(before.learned());
    let submit = after.join(Group::Heavy, Rank::Submit, 1, 1);
    assert_eq!(after.try_take(submit, 1_000), Slot::Wait(59_000), "it would take what is kept");
    let fetch = after.join(Group::Heavy, Rank::Relay, 1, 0);
    assert_eq!(after.try_take(fetch, 1_000), Slot::Go);
}
