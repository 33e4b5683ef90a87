//! What KV does to results, told one by one.

use super::places::{Fails, digest};
use super::small_desk::{ID, Says};
use super::world::{PLACES, World};

const SECOND: u64 = 1_000;
const MINUTE: u64 = 60 * SECOND;

/// A world in which other places see a write so late.
fn late_by(ms: u64) -> World {
    let world = World::new(true);
    world.places.late_ms.set(Some(ms));
    world
}

fn answers(world: &World) -> Vec<u16> {
    world.finish();
    world.answers.take()
}

fn finished(world: &World, is_long: bool) {
    world.deliver("fra", Says::Succeeded, "result", is_long);
    assert_eq!(answers(world), [200]);
}

/// What somebody at a place gets.
fn read(world: &World, place: &'static str) -> String {
    world.ask(place);
    world.finish();
    let read = world.read.borrow_mut().pop().expect("the job has its result");
    read.map_or_else(|status| status.to_string(), |bytes| String::from_utf8(bytes).unwrap())
}

#[test]
fn a_place_that_asked_too_early_remembers_the_miss_and_has_the_bytes_later() {
    let world = late_by(30 * SECOND);
    finished(&world, true);
    assert_eq!((read(&world, "fra"), read(&world, "dfw")), ("result".into(), "503".into()));
    world.pass(45 * SECOND);
    assert_eq!(
        (read(&world, "nrt"), read(&world, "dfw")),
        ("result".into(), "503".into()),
        "it is there, and the miss is remembered"
    );
    world.pass(16 * SECOND);
    assert_eq!(read(&world, "dfw"), "result");
}

#[test]
fn while_the_desk_has_a_copy_nobody_elsewhere_waits_for_kv() {
    let world = late_by(10 * MINUTE);
    finished(&world, false);
    for place in PLACES {
        assert_eq!(read(&world, place), "result", "{place}");
    }
    read_back_by_and_by(&world, || assert_eq!(read(&world, "dfw"), "result"));
}

#[test]
fn a_result_without_a_copy_is_read_back_too() {
    let world = late_by(10 * MINUTE);
    finished(&world, true);
    assert_eq!(read(&world, "dfw"), "503");
    read_back_by_and_by(&world, || {});
    assert_eq!(read(&world, "dfw"), "result");
}

/// Twenty minutes pass, of which ten show nothing to the Desk.
fn read_back_by_and_by(world: &World, each_minute: impl Fn()) {
    for minutes in 1..=20 {
        world.pass(MINUTE);
        world.check();
        world.finish();
        assert_eq!(world.desk.expects(), minutes < 16, "after {minutes} minutes: KV is asked after 2, 4, 8 and 16");
        each_minute();
    }
}

#[test]
fn where_kv_fails_the_copy_is_as_good_in_the_keys_own_place_too() {
    let world = late_by(0);
    finished(&world, false);
    world.places.failures.replace(vec![Some(Fails::Undone)]);
    assert_eq!(read(&world, "fra"), "result");
    assert!(world.places.failures.borrow().is_empty(), "KV was asked");
}

#[test]
fn a_loser_is_deleted_though_kv_takes_one_write_a_second() {
    let world = late_by(0);
    finished(&world, false);
    world.deliver("dfw", Says::Succeeded, "another", false);
    assert_eq!(answers(&world), [200]);
    assert_eq!(world.places.keys().into_values().collect::<Vec<_>>(), [b"result"]);
}

#[test]
fn a_loser_that_kv_does_not_delete_is_no_trouble_of_its_senders() {
    let world = late_by(0);
    finished(&world, false);
    world.places.failures.replace(vec![Some(Fails::Undone), Some(Fails::Undone), None]);
    world.deliver("dfw", Says::Succeeded, "another", false);
    assert_eq!((answers(&world), world.places.keys().len()), (vec![200], 2));
    assert_eq!(read(&world, "dfw"), "result");
}

#[test]
fn the_same_useless_bytes_at_once_are_kept_once_and_nothing_else_stays() {
    let world = late_by(0);
    for _ in 0..5 {
        world.deliver("fra", Says::Unreadable, "what?", false);
    }
    assert_eq!(answers(&world), [422; 5]);
    let dead_key = format!("dead/{ID}/{}", digest(b"what?"));
    assert_eq!(world.places.keys().into_iter().collect::<Vec<_>>(), [(dead_key, b"what?".to_vec())]);
}

#[test]
fn what_kv_does_not_set_aside_lies_where_it_was_and_is_sent_again() {
    let world = late_by(0);
    world.places.failures.replace(vec![Some(Fails::Undone), Some(Fails::Undone), None]);
    world.deliver("fra", Says::Unreadable, "what?", false);
    assert_eq!(answers(&world), [500]);
    assert_eq!(world.places.keys().into_iter().collect::<Vec<_>>(), [(format!("result/{ID}/fra-1"), b"what?".to_vec())]);
    world.deliver("fra", Says::Unreadable, "what?", false);
    assert_eq!(answers(&world), [422]);
    assert!(world.places.keys().contains_key(&format!("dead/{ID}/{}", digest(b"what?"))));
}

#[test]
fn a_deleted_job_has_no_result_though_every_place_still_sees_its_key() {
    let world = late_by(10 * MINUTE);
    finished(&world, false);
    world.pass(15 * MINUTE);
    for place in PLACES {
        assert_eq!(read(&world, place), "result");
    }
    world.delete();
    world.finish();
    for place in PLACES {
        world.ask(place);
    }
    world.finish();
    assert_eq!((world.read.take(), world.places.keys().len()), (vec![], 0));
}

#[test]
fn a_result_whose_put_failed_is_stored_under_another_key() {
    for fails in [Fails::Undone, Fails::Done] {
        let world = late_by(0);
        world.places.failures.replace(vec![Some(fails)]);
        world.deliver("fra", Says::Succeeded, "result", false);
        assert_eq!(answers(&world), [500]);
        finished(&world, false);
        assert_eq!(world.desk.result_key().as_deref(), Some("result/job/fra-2"));
        assert_eq!(read(&world, "fra"), "result");
    }
}
