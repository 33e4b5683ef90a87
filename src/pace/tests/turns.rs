//! Who goes first, and who waits for whom.

use super::*;

#[test]
fn groups_do_not_wait_for_each_other() {
    let mut pacer = Pacer::default();
    pacer.observe(Group::Heavy, &answer(429, &[("Retry-After", "60")]), 0);
    let light = pacer.join(Group::Light, Rank::List, 1, 0);
    assert_eq!(pacer.try_take(light, 0), Slot::Go);
}

#[test]
fn order_is_kept_and_a_submit_goes_before_a_list() {
    let mut pacer = Pacer::default();
    let list = heavy(&mut pacer);
    let later = heavy(&mut pacer);
    let submit = pacer.join(Group::Heavy, Rank::Submit, 2, 0);
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
        let ticket = pacer.join(Group::Heavy, Rank::Submit, 2, 0);
        assert_eq!(pacer.try_take(ticket, 0), Slot::Go);
        answered(&mut pacer, 0);
    }
    let sixth = pacer.join(Group::Heavy, Rank::Submit, 2, 0);
    assert_eq!(pacer.try_take(sixth, 0), Slot::Wait(60_000));
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
    let lists: Vec<Ticket> = (0..50).map(|_| pacer.join(Group::Light, Rank::List, 1, 0)).collect();
    assert!(lists.iter().all(|list| pacer.try_take(*list, 0) == Slot::Go), "lists do not wait for each other");
}

#[test]
fn a_turn_is_expected_when_all_before_it_have_had_theirs() {
    let mut pacer = Pacer::default();
    let expected = |pacer: &Pacer, slots| pacer.expected_ms(Group::Heavy, slots, 100_000) - 100_000;
    assert_eq!([1, 10, 11, 20, 21, 31].map(|slots| expected(&pacer, slots)), [0, 0, 60_000, 60_000, 120_000, 180_000]);
    for at in [70_000, 80_000] {
        let ticket = pacer.join(Group::Heavy, Rank::Submit, 2, 0);
        assert_eq!(pacer.try_take(ticket, at), Slot::Go);
    }
    assert_eq!([6, 7, 8, 9, 10].map(|slots| expected(&pacer, slots)), [0, 30_000, 30_000, 40_000, 40_000]);
    pacer.restore(in_heavy(Learned { blocked_until_ms: 130_000, ..Learned::default() }));
    assert_eq!([1, 8, 9].map(|slots| expected(&pacer, slots)), [30_000, 30_000, 40_000]);
}

#[test]
fn what_is_kept_with_a_submit_is_for_the_fetch_that_follows_and_for_nobody_else() {
    let mut pacer = Pacer::default();
    for _ in 0..5 {
        let submit = pacer.join(Group::Heavy, Rank::Submit, 1, 1);
        assert_eq!(pacer.try_take(submit, 0), Slot::Go);
        answered(&mut pacer, 0);
    }
    assert_eq!(pacer.usage(1_000)[Group::Heavy as usize].taken, 10);
    let listener = pacer.join(Group::Heavy, Rank::Listen, 1, 0);
    assert_eq!(pacer.try_take(listener, 1_000), Slot::Wait(59_000));
    for _ in 0..5 {
        let fetch = pacer.join(Group::Heavy, Rank::Relay, 1, 0);
        assert_eq!(pacer.try_take(fetch, 1_000), Slot::Go);
        answered(&mut pacer, 1_000);
    }
    let sixth = pacer.join(Group::Heavy, Rank::Relay, 1, 0);
    assert_eq!(pacer.try_take(sixth, 1_000), Slot::Wait(59_000), "the window is used up");
    assert_eq!(pacer.try_take(sixth, 60_000), Slot::Go);
    answered(&mut pacer, 60_000);
    assert_eq!(pacer.try_take(listener, 60_000), Slot::Go, "nothing is kept for longer than a window");
}
