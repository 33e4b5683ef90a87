//! Random histories: polls, deliveries of every kind, the engine's own word, checks, deletion and time, each of them overtaken by any
//! other, in every place. A step is one number, read like dice.

use super::places::{Fails, digest};
use super::small_desk::{ID, Says};
use super::world::{PLACES, World};
use proptest::prelude::*;

const SAYS: [Says; 5] = [Says::Succeeded, Says::Failed, Says::Running, Says::Foreign, Says::Unreadable];
/// Few different ones, so that the same bytes come again.
const BODIES: [&str; 4] = ["one", "two", "three", "four"];
const PAUSES_MS: [u64; 8] = [1, 300, 1_000, 5_000, 30_000, 60_000, 120_000, 3_600_000];
const LONG_AFTER_MS: u64 = 600_000;

/// A number that choices are taken from, one after another.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        let sides = sides as u64;
        let rolled = self.0 % sides;
        self.0 /= sides;
        usize::try_from(rolled).unwrap()
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

fn step(world: &World, number: u64, is_whole: bool) {
    let mut dice = Dice(number);
    match dice.below(32) {
        0..=3 => world.deliver(dice.one_of(&PLACES), dice.one_of(&SAYS), dice.one_of(&BODIES), dice.below(3) == 0),
        4 => world.hear_status(dice.one_of(&SAYS[..4]), dice.one_of(&BODIES)),
        5..=8 => world.ask(dice.one_of(&PLACES)),
        9 => world.check(),
        10 | 11 => world.pass(dice.one_of(&PAUSES_MS)),
        12 if !is_whole => world.lose(dice.below(8)),
        13 if !is_whole => world.places.failures.borrow_mut().push(dice.one_of(&[Some(Fails::Done), Some(Fails::Undone), None])),
        _ => (0..=dice.below(4)).for_each(|_| world.go_on(dice.below(8))),
    }
}

/// When all have come to their ends: every place has the result, and KV holds what the job knows of.
fn ends_well(world: &World) {
    world.places.failures.take();
    world.finish();
    world.read.take();
    let result = world.result();
    for place in PLACES.repeat(2) {
        world.ask(place);
        world.finish();
        world.pass(LONG_AFTER_MS);
    }
    let last: Vec<_> = world.read.take().split_off(if result.is_some() { PLACES.len() } else { 0 });
    assert!(last.iter().all(|read| read.as_ref().ok() == result.as_ref()), "{last:?} for {result:?}");
    assert_eq!(last.len(), if result.is_some() { PLACES.len() } else { 0 });
    nothing_is_lost(world);
}

fn nothing_is_lost(world: &World) {
    let keys = world.places.keys();
    let record = world.desk.record.borrow();
    let dead_keys: Vec<_> =
        record.iter().flat_map(|record| &record.deliveries).filter_map(|noted| noted.dead_key.clone()).collect();
    for dead_key in &dead_keys {
        let is_kept = keys.values().any(|bytes| *dead_key == format!("dead/{ID}/{}", digest(bytes)));
        assert!(is_kept, "{dead_key} is noted, and its bytes are gone");
    }
    if world.is_whole() && !world.desk.is_deleted.get() {
        let mut known: Vec<_> = dead_keys.into_iter().chain(world.desk.result_key()).collect();
        known.sort();
        assert_eq!(keys.into_keys().collect::<Vec<_>>(), known);
    }
}

fn lives(steps: &[u64], is_prompt: bool, is_whole: bool, deleted_at: usize) {
    let world = World::new(is_prompt);
    for (at, number) in steps.iter().enumerate() {
        step(&world, *number, is_whole);
        if at == deleted_at {
            world.delete();
        }
    }
    ends_well(&world);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_every_order_a_reader_gets_the_stored_bytes_or_comes_too_early(
        steps in prop::collection::vec(any::<u64>(), 1..120),
        (is_prompt, is_whole) in any::<(bool, bool)>(),
        deleted_at in 0..400_usize,
    ) {
        lives(&steps, is_prompt, is_whole, deleted_at);
    }
}
