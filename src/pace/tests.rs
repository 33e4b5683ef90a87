use super::*;

fn answer(status: u16, headers: &[(&str, &str)]) -> HttpResponse {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    HttpResponse { status, headers, body: Vec::new() }
}

fn answered(pacer: &mut Pacer, now_ms: u64) {
    pacer.observe(Group::Heavy, &answer(200, &[]), now_ms);
}

fn heavy(pacer: &mut Pacer) -> Ticket {
    pacer.join(Group::Heavy, Rank::List, 1)
}

#[test]
fn the_eleventh_heavy_request_waits_for_the_first_to_leave_the_window() {
    let mut pacer = Pacer::default();
    for at in 0..10 {
        let ticket = heavy(&mut pacer);
        assert_eq!(pacer.try_take(ticket, at * 1_000), Slot::Go);
        answered(&mut pacer, at * 1_000);
    }
    let ticket = heavy(&mut pacer);
    assert_eq!(pacer.try_take(ticket, 10_000), Slot::Wait(50_000));
    assert_eq!(pacer.try_take(ticket, 60_000), Slot::Go);
}

#[test]
fn groups_do_not_wait_for_each_other() {
    let mut pacer = Pacer::default();
    pacer.observe(Group::Heavy, &answer(429, &[("Retry-After", "60")]), 0);
    let light = pacer.join(Group::Light, Rank::List, 1);
    assert_eq!(pacer.try_take(light, 0), Slot::Go);
}

#[test]
fn nothing_is_sent_inside_a_penalty() {
    let mut pacer = Pacer::default();
    pacer.observe(Group::Heavy, &answer(429, &[("Retry-After", "60")]), 5_000);
    let ticket = heavy(&mut pacer);
    assert_eq!(pacer.try_take(ticket, 5_000), Slot::Wait(61_000));
    assert_eq!(pacer.try_take(ticket, 65_999), Slot::Wait(1));
    assert_eq!(pacer.try_take(ticket, 66_000), Slot::Go);
}

#[test]
fn a_penalty_that_names_no_pause_lasts_a_minute() {
    for headers in [&[][..], &[("Retry-After", "")], &[("Retry-After", "-1")], &[("Retry-After", "in a while")]] {
        let mut pacer = Pacer::default();
        pacer.observe(Group::Auth, &answer(429, headers), 0);
        assert_eq!(pacer.blocked_until_ms()[Group::Auth as usize], 61_000, "{headers:?}");
    }
}

#[test]
fn a_penalty_may_end_at_a_date_or_within_a_second() {
    let mut pacer = Pacer::default();
    let now_ms = 1_772_712_000_000; // 2026-03-05T12:00:00Z
    pacer.observe(Group::Heavy, &answer(429, &[("Retry-After", "Thu, 05 Mar 2026 12:01:00 GMT")]), now_ms);
    pacer.observe(Group::Light, &answer(429, &[("Retry-After", "0.5")]), now_ms);
    assert_eq!(pacer.blocked_until_ms(), [now_ms + 1_500, now_ms + 61_000, 0]);
}

#[test]
fn a_pause_is_kept_for_an_hour_at_most_and_a_longer_one_closes_the_queue_for_a_quarter() {
    for (text, closed_ms) in [("1800", 1_801_000), ("3600", 3_601_000), ("3601", 901_000), ("999999999999", 901_000)] {
        for status in [429, 503] {
            let mut pacer = Pacer::default();
            pacer.observe(Group::Heavy, &answer(status, &[("Retry-After", text)]), 0);
            assert_eq!(pacer.blocked_until_ms()[Group::Heavy as usize], closed_ms, "{text}");
        }
    }
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
fn a_server_that_is_down_is_left_alone_for_as_long_as_it_says() {
    let mut pacer = Pacer::default();
    pacer.observe(Group::Heavy, &answer(503, &[("Retry-After", "20")]), 0);
    pacer.observe(Group::Light, &answer(503, &[]), 0);
    pacer.observe(Group::Auth, &answer(202, &[("Retry-After", "20")]), 0);
    assert_eq!(pacer.blocked_until_ms(), [0, 21_000, 0]);
    for status in [408, 425, 500, 502, 504] {
        let mut pacer = Pacer::default();
        pacer.observe(Group::Light, &answer(status, &[("Retry-After", "1.5")]), 0);
        assert_eq!(pacer.hold(Group::Light, 1), Some(Hold { until_ms: 2_500, is_penalty: false }), "{status}");
        assert_eq!(pacer.hold(Group::Light, 2_500), None);
    }
}

#[test]
fn order_is_kept_and_a_submit_goes_before_a_list() {
    let mut pacer = Pacer::default();
    let list = heavy(&mut pacer);
    let later = heavy(&mut pacer);
    let submit = pacer.join(Group::Heavy, Rank::Submit, 2);
    assert!(matches!(pacer.try_take(later, 0), Slot::Wait(_)));
    assert!(matches!(pacer.try_take(list, 0), Slot::Wait(_)));
    assert_eq!(pacer.try_take(submit, 0), Slot::Go);
    answered(&mut pacer, 0);
    assert!(matches!(pacer.try_take(later, 0), Slot::Wait(_)));
    assert_eq!(pacer.try_take(list, 0), Slot::Go);
    answered(&mut pacer, 0);
    assert_eq!(pacer.try_take(later, 0), Slot::Go);
}

#[test]
fn a_cancelled_waiter_frees_its_place() {
    let mut pacer = Pacer::default();
    let gone = heavy(&mut pacer);
    let next = heavy(&mut pacer);
    pacer.leave(gone);
    assert_eq!(pacer.try_take(next, 0), Slot::Go);
}

#[test]
fn a_submit_with_our_token_costs_two() {
    let mut pacer = Pacer::default();
    for _ in 0..5 {
        let ticket = pacer.join(Group::Heavy, Rank::Submit, 2);
        assert_eq!(pacer.try_take(ticket, 0), Slot::Go);
        answered(&mut pacer, 0);
    }
    let sixth = pacer.join(Group::Heavy, Rank::Submit, 2);
    assert_eq!(pacer.try_take(sixth, 0), Slot::Wait(60_000));
}

#[test]
fn the_headers_teach_limit_and_use() {
    let mut pacer = Pacer::default();
    let first = heavy(&mut pacer);
    assert_eq!(pacer.try_take(first, 0), Slot::Go);
    let headers = [("X-Rate-Limit-Limit", "3"), ("x-rate-limit-remaining", "0"), ("X-RATE-LIMIT-WINDOW", "20")];
    pacer.observe(Group::Heavy, &answer(200, &headers), 100);
    let second = heavy(&mut pacer);
    assert_eq!(pacer.try_take(second, 100), Slot::Wait(20_000), "the first was counted at 100 at the latest");
    pacer.observe(Group::Heavy, &answer(200, &[("X-Rate-Limit-Limit", "nonsense"), ("X-Rate-Limit-Window", "0")]), 100);
    assert_eq!(pacer.try_take(second, 20_099), Slot::Wait(20));
    assert_eq!(pacer.try_take(second, 20_100), Slot::Go);
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
fn a_turn_is_expected_when_all_before_it_have_had_theirs() {
    let mut pacer = Pacer::default();
    let expected = |pacer: &Pacer, slots| pacer.expected_ms(Group::Heavy, slots, 100_000) - 100_000;
    assert_eq!([1, 10, 11, 20, 21, 31].map(|slots| expected(&pacer, slots)), [0, 0, 60_000, 60_000, 120_000, 180_000]);
    for at in [70_000, 80_000] {
        let ticket = pacer.join(Group::Heavy, Rank::Submit, 2);
        assert_eq!(pacer.try_take(ticket, at), Slot::Go);
    }
    assert_eq!([6, 7, 8, 9, 10].map(|slots| expected(&pacer, slots)), [0, 30_000, 30_000, 40_000, 40_000]);
    pacer.restore([0, 130_000, 0], Default::default());
    assert_eq!([1, 8, 9].map(|slots| expected(&pacer, slots)), [30_000, 30_000, 40_000]);
}

#[test]
fn a_slot_counts_from_its_answer_since_a_request_is_counted_where_it_arrives() {
    let mut pacer = Pacer::default();
    for at in 0..10 {
        let ticket = heavy(&mut pacer);
        assert_eq!(pacer.try_take(ticket, at * 500), Slot::Go);
        answered(&mut pacer, at * 500 + 400);
    }
    let ticket = heavy(&mut pacer);
    assert_eq!(pacer.try_take(ticket, 60_000), Slot::Wait(400), "the first may have arrived at 400");
    assert_eq!(pacer.try_take(ticket, 60_400), Slot::Go);
    pacer.lost(Group::Heavy, 60_400);
    for at in [60_900, 61_400, 61_900, 62_400, 62_900, 63_400, 63_900, 64_400, 64_900] {
        let ticket = heavy(&mut pacer);
        assert_eq!(pacer.try_take(ticket, at), Slot::Go);
        answered(&mut pacer, at);
    }
}

#[test]
fn a_heavy_request_waits_for_the_answer_to_the_one_before_it_but_not_for_long() {
    let mut pacer = Pacer::default();
    let (first, second, third) = (heavy(&mut pacer), heavy(&mut pacer), heavy(&mut pacer));
    assert_eq!(pacer.try_take(first, 0), Slot::Go);
    assert!(matches!(pacer.try_take(second, 1_999), Slot::Wait(_)), "the answer may be a penalty");
    assert_eq!(pacer.try_take(second, 2_000), Slot::Go);
    answered(&mut pacer, 2_100);
    answered(&mut pacer, 2_200);
    pacer.observe(Group::Heavy, &answer(429, &[("Retry-After", "60")]), 2_300);
    assert_eq!(pacer.try_take(third, 2_300), Slot::Wait(61_000));
    let lists: Vec<Ticket> = (0..50).map(|_| pacer.join(Group::Light, Rank::List, 1)).collect();
    assert!(lists.iter().all(|list| pacer.try_take(*list, 0) == Slot::Go), "lists do not wait for each other");
}

#[test]
fn a_request_that_nobody_waits_for_any_more_leaves_its_window_all_the_same() {
    let mut pacer = Pacer::default();
    for at in 0..10 {
        let ticket = heavy(&mut pacer);
        assert_eq!(pacer.try_take(ticket, at * 2_000), Slot::Go);
    }
    let next = heavy(&mut pacer);
    assert_eq!(pacer.try_take(next, 20_000), Slot::Wait(40_000));
    assert_eq!(pacer.try_take(next, 60_000), Slot::Go);
}

#[test]
fn what_of_a_window_is_used_can_be_written_down_and_taken_up() {
    let mut before = Pacer::default();
    for at in 0..10 {
        let ticket = heavy(&mut before);
        assert_eq!(before.try_take(ticket, at * 1_000), Slot::Go);
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

#[test]
fn how_much_of_a_limit_is_used_is_told() {
    let mut pacer = Pacer::default();
    let ticket = pacer.join(Group::Heavy, Rank::Submit, 2);
    assert_eq!(pacer.try_take(ticket, 1_000), Slot::Go);
    pacer.join(Group::Heavy, Rank::List, 1);
    let [_, heavy, auth] = pacer.usage(30_000);
    let none_held = Usage { group: "heavy", limit: 10, window_ms: 60_000, taken: 2, waiting: 1, held_until_ms: None };
    assert_eq!((&heavy, auth.group, auth.taken), (&none_held, "auth", 0));
    pacer.observe(Group::Heavy, &answer(429, &[]), 30_000);
    let [_, heavy, _] = pacer.usage(90_500);
    assert_eq!(heavy, Usage { taken: 0, held_until_ms: Some(91_000), ..none_held });
}
