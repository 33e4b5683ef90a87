//! How much of a window is used, and when it is free again.

use super::*;

#[test]
fn the_eleventh_heavy_request_waits_for_the_first_to_leave_the_window() {
    let mut pacer = Pacer::default();
    for at in 0..10 {
        goes(&mut pacer, at * 1_000);
        answered(&mut pacer, at * 1_000);
    }
    let ticket = heavy(&mut pacer);
    assert_eq!(pacer.try_take(ticket, 10_000), Slot::Wait(50_000));
    assert_eq!(pacer.try_take(ticket, 60_000), Slot::Go);
}

#[test]
fn a_slot_counts_from_its_answer_since_a_request_is_counted_where_it_arrives() {
    let mut pacer = Pacer::default();
    for at in 0..10 {
        goes(&mut pacer, at * 500);
        answered(&mut pacer, at * 500 + 400);
    }
    let ticket = heavy(&mut pacer);
    assert_eq!(pacer.try_take(ticket, 60_000), Slot::Wait(400), "the first may have arrived at 400");
    assert_eq!(pacer.try_take(ticket, 60_400), Slot::Go);
    pacer.lost(Group::Heavy, 60_400);
    for at in [60_900, 61_400, 61_900, 62_400, 62_900, 63_400, 63_900, 64_400, 64_900] {
        goes(&mut pacer, at);
        answered(&mut pacer, at);
    }
}

#[test]
fn a_request_that_nobody_waits_for_any_more_leaves_its_window_all_the_same() {
    let mut pacer = Pacer::default();
    for at in 0..10 {
        goes(&mut pacer, at * 2_000);
    }
    let next = heavy(&mut pacer);
    assert_eq!(pacer.try_take(next, 20_000), Slot::Wait(40_000));
    assert_eq!(pacer.try_take(next, 60_000), Slot::Go);
}

#[test]
fn a_window_of_hours_is_not_believed() {
    for window in ["901", "100000", "18446744073709551615"] {
        let mut pacer = Pacer::default();
        pacer.observe(Group::Heavy, &answer(200, &[("X-Rate-Limit-Remaining", "0"), ("X-Rate-Limit-Window", window)]), 0);
        let ticket = heavy(&mut pacer);
        assert_eq!(pacer.try_take(ticket, 0), Slot::Wait(60_000), "{window}");
    }
}

#[test]
fn the_headers_teach_limit_and_use() {
    let mut pacer = Pacer::default();
    goes(&mut pacer, 0);
    let headers = [("X-Rate-Limit-Limit", "3"), ("x-rate-limit-remaining", "0"), ("X-RATE-LIMIT-WINDOW", "20")];
    pacer.observe(Group::Heavy, &answer(200, &headers), 100);
    let second = heavy(&mut pacer);
    assert_eq!(pacer.try_take(second, 100), Slot::Wait(20_000), "the first was counted at 100 at the latest");
    pacer.observe(Group::Heavy, &answer(200, &[("X-Rate-Limit-Limit", "nonsense"), ("X-Rate-Limit-Window", "0")]), 100);
    assert_eq!(pacer.try_take(second, 20_099), Slot::Wait(20));
    assert_eq!(pacer.try_take(second, 20_100), Slot::Go);
}

#[test]
fn how_much_of_a_limit_is_used_is_told() {
    let mut pacer = Pacer::default();
    let ticket = pacer.join(Group::Heavy, Rank::Submit, 2, 0);
    assert_eq!(pacer.try_take(ticket, 1_000), Slot::Go);
    pacer.join(Group::Heavy, Rank::List, 1, 0);
    let [_, heavy, auth] = pacer.usage(30_000);
    let none_held = Usage { group: "heavy", limit: 10, window_ms: 60_000, taken: 2, waiting: 1, held_until_ms: None };
    assert_eq!((&heavy, auth.group, auth.taken), (&none_held, "auth", 0));
    pacer.observe(Group::Heavy, &answer(429, &[]), 30_000);
    let [_, heavy, _] = pacer.usage(90_500);
    assert_eq!(heavy, Usage { taken: 0, held_until_ms: Some(91_000), ..none_held });
}
