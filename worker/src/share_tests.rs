//! Who finds room for a body.

use super::*;

const MIB: u32 = 1 << 20;

fn open(account: &mut Account, kind: Kind) -> u64 {
    account.open(kind, None, 0).unwrap()
}

#[test]
fn bodies_share_a_limit_and_give_it_back() {
    let mut account = Account::default();
    let [first, second] = [(); 2].map(|()| open(&mut account, Kind::Callback));
    assert!(account.hold(first, 25 * MIB, 0));
    assert!(!account.hold(second, 25 * MIB, 1));
    assert!(account.hold(second, 15 * MIB, 1));
    assert!(account.hold(second, 15 * MIB, 1), "its own share does not stand in its way");
    account.close(first);
    assert!(account.hold(second, 25 * MIB, 1));
}

#[test]
fn bodies_that_grow_together_do_not_keep_each_other_out() {
    let mut account = Account::default();
    let mut growing: Vec<u64> = (0..6).map(|_| open(&mut account, Kind::Callback)).collect();
    for mib in 1..=18 {
        growing.retain(|id| account.hold(*id, mib * MIB, 0));
    }
    assert_eq!(growing.len(), 2, "as many as there is room for");
}

#[test]
fn room_for_what_was_announced_is_made_for_a_few_at_once() {
    let mut account = Account::default();
    let [first, second] = [(); 2].map(|()| open(&mut account, Kind::Callback));
    assert!(account.make_room(first, 20 * MIB) && account.make_room(first, 25 * MIB), "its own does not stand in its way");
    assert!(!account.make_room(second, 20 * MIB) && account.make_room(second, 7 * MIB));
    account.close(first);
    assert!(account.make_room(second, 25 * MIB));
}

#[test]
fn deliveries_do_not_keep_the_apis_callers_out() {
    let mut account = Account::default();
    let (delivery, request) = (open(&mut account, Kind::Callback), open(&mut account, Kind::Api));
    assert!(account.hold(delivery, 40 * MIB, 0) && account.hold(request, MIB, 0));
}

#[test]
fn reads_have_an_account_of_their_own() {
    let mut account = Account::default();
    let [delivery, first, second, third] =
        [Kind::Callback, Kind::Read, Kind::Read, Kind::Read].map(|kind| open(&mut account, kind));
    assert!(account.hold(delivery, 40 * MIB, 0));
    assert!(account.hold(first, 8 * MIB, 0) && account.hold(second, 8 * MIB, 0));
    assert!(!account.hold(third, 1, 0));
    account.close(first);
    assert!(account.hold(third, 8 * MIB, 0));
}

#[test]
fn a_share_that_nobody_gives_back_ends_by_itself() {
    let mut account = Account::default();
    let [lost, next] = [(); 2].map(|()| open(&mut account, Kind::Callback));
    assert!(account.hold(lost, 40 * MIB, 0));
    assert!(!account.hold(next, 1, BODY_LEASE_MS - 1));
    assert!(account.hold(next, 1, BODY_LEASE_MS));
}

#[test]
fn one_body_comes_to_an_address_at_a_time() {
    let mut account = Account::default();
    let mut to = |address: &str, now_ms| account.open(Kind::Callback, Some(address), now_ms);
    let first = to("a", 0).unwrap();
    assert_eq!((to("a", 1), to("b", 1).is_some()), (None, true));
    account.arrive(first);
    assert!(account.open(Kind::Callback, Some("a"), 2).is_some(), "the first has come");
}

#[test]
fn an_address_is_free_when_its_body_does_not_go_on() {
    let mut account = Account::default();
    let first = account.open(Kind::Callback, Some("a"), 0).unwrap();
    assert!(account.hold(first, 1, BODY_IDLE_MS - 1));
    assert_eq!(account.open(Kind::Callback, Some("a"), 2 * BODY_IDLE_MS - 2), None);
    assert!(account.open(Kind::Callback, Some("a"), 2 * BODY_IDLE_MS - 1).is_some());
}
