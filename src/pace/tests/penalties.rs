//! Nothing is sent inside a penalty, however it is told.

use super::*;

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
        assert_eq!(pacer.blocked_until_ms(Group::Auth), 61_000, "{headers:?}");
    }
}

#[test]
fn a_penalty_may_end_at_a_date_or_within_a_second() {
    let mut pacer = Pacer::default();
    let now_ms = 1_772_712_000_000; // 2026-03-05T12:00:00Z
    pacer.observe(Group::Heavy, &answer(429, &[("Retry-After", "Thu, 05 Mar 2026 12:01:00 GMT")]), now_ms);
    pacer.observe(Group::Light, &answer(429, &[("Retry-After", "0.5")]), now_ms);
    assert_eq!(Group::ALL.map(|group| pacer.blocked_until_ms(group)), [now_ms + 1_500, now_ms + 61_000, 0]);
}

#[test]
fn a_pause_is_kept_for_an_hour_at_most_and_a_longer_one_closes_the_queue_for_a_quarter() {
    for (text, closed_ms) in [("1800", 1_801_000), ("3600", 3_601_000), ("3601", 901_000), ("999999999999", 901_000)] {
        for status in [429, 503] {
            let mut pacer = Pacer::default();
            pacer.observe(Group::Heavy, &answer(status, &[("Retry-After", text)]), 0);
            assert_eq!(pacer.blocked_until_ms(Group::Heavy), closed_ms, "{text}");
        }
    }
}

#[test]
fn a_server_that_is_down_is_left_alone_for_as_long_as_it_says() {
    let mut pacer = Pacer::default();
    pacer.observe(Group::Heavy, &answer(503, &[("Retry-After", "20")]), 0);
    pacer.observe(Group::Light, &answer(503, &[]), 0);
    pacer.observe(Group::Auth, &answer(202, &[("Retry-After", "20")]), 0);
    assert_eq!(Group::ALL.map(|group| pacer.blocked_until_ms(group)), [0, 21_000, 0]);
    for status in [408, 425, 500, 502, 504] {
        let mut pacer = Pacer::default();
        pacer.observe(Group::Light, &answer(status, &[("Retry-After", "1.5")]), 0);
        assert_eq!(pacer.hold(Group::Light, 1), Some(Hold { until_ms: 2_500, is_penalty: false }), "{status}");
        assert_eq!(pacer.hold(Group::Light, 2_500), None);
    }
}
