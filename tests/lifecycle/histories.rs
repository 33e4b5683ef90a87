//! Random histories of the world, held against the promises. A step is one number, read like dice: proptest draws and shrinks numbers
//! many times faster than nested choices.

use crate::shell::{Crash, DAY, HOUR, MINUTE, SECOND};
use crate::world::{Answer, Happens, Says, Step, What, World};
use proptest::prelude::*;

/// A number that choices are taken from, one after another.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        let rolled = self.0 % sides;
        self.0 /= sides;
        rolled
    }

    fn index(&mut self, count: u32) -> usize {
        usize::try_from(self.below(count.into())).unwrap()
    }

    /// One of these, by weight.
    fn choose<T: Copy>(&mut self, choices: &[(u64, T)]) -> T {
        let mut rolled = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            if rolled < *weight {
                return *choice;
            }
            rolled -= weight;
        }
        unreachable!("the weights were added up")
    }
}

fn answer(dice: &mut Dice) -> Answer {
    dice.choose(&[
        (3, Answer::Taken),
        (1, Answer::TakenWithoutAnId),
        (4, Answer::TakenAndLost),
        (3, Answer::Lost),
        (2, Answer::RefusedForNow),
        (1, Answer::NotToBeHad),
        (1, Answer::Refused),
    ])
}

fn says(dice: &mut Dice) -> Says {
    dice.choose(&[(8, Says::Running), (1, Says::Ended), (1, Says::Succeeded), (1, Says::Failed), (1, Says::NotStored)])
}

fn what(dice: &mut Dice) -> What {
    let odd = [What::WithoutId, What::OtherId, What::OtherTask, What::AttemptNeverGivenOut, What::AttemptZero];
    if dice.below(2) == 0 { What::Own } else { odd[dice.index(5)] }
}

type Choice = fn(&mut Dice) -> Happens;

fn happens(dice: &mut Dice) -> Happens {
    let choices: [(u64, Choice); 15] = [
        (12, |_| Happens::Due),
        (12, |_| Happens::Send),
        (8, |dice| Happens::Answer(answer(dice))),
        (6, |dice| Happens::Deliver { which: dice.index(4), what: what(dice), says: says(dice) }),
        (4, |dice| Happens::Pass {
            ms: dice.choose(&[(4, SECOND), (4, 46 * MINUTE), (3, 3 * HOUR), (1, 2 * DAY), (1, 8 * DAY)]),
        }),
        (2, |dice| Happens::DeliverUnreadable { which: dice.index(4), bytes: dice.index(4) }),
        (3, |dice| Happens::Fetch { which: dice.index(4) }),
        (3, |dice| Happens::Status(if dice.below(3) == 0 { None } else { Some(says(dice)) })),
        (1, |dice| Happens::SetBack { ms: dice.below(2 * HOUR) }),
        (4, |dice| Happens::Make { is_made: dice.below(4) > 0 }),
        (1, |_| Happens::News),
        (1, |_| Happens::Again),
        (1, |_| Happens::Mistaken),
        (1, |_| Happens::SendTwice),
        (1, |_| Happens::Bind),
    ];
    dice.choose(&choices)(dice)
}

fn crash(dice: &mut Dice) -> Option<Crash> {
    match dice.below(14) {
        12 => Some(Crash::BeforeTheWrite),
        13 => Some(Crash::AfterSoManyEffects(dice.index(4))),
        _ => None,
    }
}

fn step(number: u64) -> Step {
    let mut dice = Dice(number);
    Step { crash: crash(&mut dice), happens: happens(&mut dice) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_history_keeps_the_promises_and_ends(
        is_reserved in prop::bool::weighted(0.1),
        is_to_be_made in prop::bool::weighted(0.4),
        steps in prop::collection::vec(any::<u64>().prop_map(step), 1..80),
        delete in 0..200_usize,
    ) {
        let mut world = World::new(is_reserved, is_to_be_made);
        for (at, step) in steps.iter().enumerate() {
            world.step(step);
            if at == delete {
                world.step(&Step { happens: Happens::Delete, crash: None });
            }
        }
        world.settle();
    }
}
