//! What a job says of how often something was tried, and how often it is at most.

use crate::shell::{HOUR, MINUTE, Shell, error, new_to_be_made, said, stored};
use ringcentral_ai::lifecycle::{Event, Outcome, Said, Tries};

/// What is tried, how often it was, and how often it is at most.
fn tries(shell: &Shell) -> Option<(&'static str, u32, u32)> {
    shell.job().tries().map(|Tries { what, made, of }| (what.name(), made, of))
}

fn put_off(shell: &mut Shell) {
    shell.now_ms = shell.job().due_ms;
    shell.alarm(None);
    shell.call = None;
    shell.tell(Event::PutOff { error: error("ringcentral_unavailable") });
}

#[test]
fn a_job_that_was_never_tried_in_vain_says_nothing() {
    let mut shell = Shell::with_a_job(false);
    assert_eq!(tries(&shell), None);
    shell.send();
    shell.accept("rc-1");
    assert_eq!(tries(&shell), None);
    shell.deliver(1, "rc-1", "first");
    assert_eq!(tries(&shell), None);
    assert_eq!(tries(&Shell::with_a_job(true)), None, "its caller submits it");
}

#[test]
fn each_try_whose_engine_is_not_to_be_had_counts_and_the_last_one_too() {
    let mut shell = Shell::with_a_job(false);
    put_off(&mut shell);
    assert_eq!(tries(&shell), Some(("engine", 1, 2_885)));
    let mut made = 1;
    while shell.state() == "queued" {
        put_off(&mut shell);
        made += 1;
    }
    assert_eq!((shell.state(), tries(&shell)), ("failed", Some(("engine", made, made))));
}

#[test]
fn a_submit_counts_while_its_answer_is_not_known_and_when_it_was_given_up() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    assert_eq!(tries(&shell), Some(("confirmation", 1, 2)));
    shell.lose_the_answer();
    shell.pass(45 * MINUTE);
    assert_eq!((shell.state(), tries(&shell)), ("queued", Some(("confirmation", 1, 2))), "that one was in vain");
    put_off(&mut shell);
    assert_eq!(tries(&shell), Some(("engine", 1, 2_885)), "when it is sent depends on that");
    shell.now_ms = shell.job().due_ms;
    shell.send();
    assert_eq!(tries(&shell), Some(("confirmation", 2, 2)));
    shell.lose_the_answer();
    shell.pass(45 * MINUTE);
    assert_eq!((shell.state(), tries(&shell)), ("failed", Some(("confirmation", 2, 2))));
    shell.deliver(1, "rc-1", "late");
    assert_eq!((shell.state(), tries(&shell)), ("succeeded", None));
}

#[test]
fn a_refusal_is_no_try_of_many() {
    let mut shell = Shell::with_a_job(false);
    put_off(&mut shell);
    shell.tell(Event::Refused { error: error("ringcentral_refused") });
    assert_eq!((shell.state(), tries(&shell)), ("failed", None));
}

/// A job with its engine, which was asked for it so often in vain, and then says that.
fn asked_for(times: usize, outcome: Outcome) -> Shell {
    let mut shell = Shell::new();
    shell.tell(Event::Created(new_to_be_made(false)));
    shell.send();
    shell.accept("e-1");
    for _ in 0..times {
        shell.tell(Event::StatusFailed);
    }
    shell.keys.insert("said".into());
    let stored = Some(stored("said", shell.now_ms));
    shell.tell(Event::StatusSaid(Said { stored, ..said(Some("e-1"), outcome) }));
    shell
}

#[test]
fn each_time_a_result_is_made_counts() {
    let mut shell = asked_for(6, Outcome::Succeeded);
    assert_eq!((shell.state(), tries(&shell)), ("submitted", None), "questions for its status are no makes");
    for made in 1..=6 {
        shell.alarm(None);
        assert_eq!((shell.makes_of.take().is_some(), tries(&shell)), (true, Some(("making", made, 6))));
        shell.now_ms += HOUR;
    }
    shell.alarm(None);
    assert_eq!((shell.state(), tries(&shell)), ("failed", Some(("making", 6, 6))));
}

#[test]
fn an_engines_own_failure_is_no_make_that_was_in_vain() {
    let shell = asked_for(6, Outcome::Failed(error("engine_job_failed")));
    assert_eq!((shell.state(), tries(&shell)), ("failed", None));
}
