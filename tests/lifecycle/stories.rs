//! Lives of jobs, told from the creation to the end.

use crate::shell::{Crash, DAY, HOUR, MINUTE, SECOND, START, Shell, error, said, stored};
use ringcentral_ai::lifecycle::{Effect, Event, Fate, Outcome, Record, Said, State, Via};

fn keys(shell: &Shell) -> Vec<&str> {
    shell.keys.iter().map(String::as_str).collect()
}

/// A job that was sent, and whose answer was lost.
fn unanswered() -> Shell {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.lose_the_answer();
    shell
}

fn attempts(shell: &Shell) -> Vec<u32> {
    shell.sent.iter().map(|(attempt, _)| *attempt).collect()
}

#[test]
fn a_job_is_sent_taken_and_ends_with_its_callback() {
    let mut shell = Shell::with_a_job(false);
    assert_eq!(shell.send(), 1);
    assert_eq!((shell.state(), shell.has_address), ("unconfirmed", true));
    shell.now_ms += SECOND;
    shell.accept("rc-1");
    assert_eq!((shell.state(), shell.has_address), ("submitted", false));
    shell.now_ms += 2 * MINUTE;
    shell.deliver(1, "RC-1", "first");
    let job = shell.job();
    assert_eq!((job.state, job.via, job.result_key.as_deref()), (State::Succeeded, Some(Via::Callback), Some("first")));
    assert_eq!((job.completed_ms, job.retained_until_ms), (Some(shell.now_ms), shell.now_ms + 30 * DAY));
    assert_eq!(shell.copy.as_deref(), Some("first"));
    let told = [State::Queued, State::Unconfirmed, State::Submitted, State::Succeeded];
    assert_eq!(shell.told, told.map(Some), "who waits is told of each change");
    shell.pass(30 * DAY - HOUR - 1);
    assert_eq!(shell.state(), "succeeded");
    shell.pass(1);
    assert_eq!((shell.state(), shell.copy.as_deref()), ("gone", None), "the record goes before its bytes");
}

#[test]
fn a_callback_ends_a_job_whose_answer_was_lost() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    let sent_ms = shell.now_ms;
    shell.now_ms += SECOND;
    shell.lose_the_answer();
    assert_eq!(shell.state(), "unconfirmed");
    shell.pass(44 * MINUTE);
    shell.deliver(1, "rc-1", "first");
    shell.prove("rc-1");
    assert_eq!((shell.state(), attempts(&shell)), ("succeeded", vec![1]));
    assert_eq!(shell.job().submitted_ms, Some(sent_ms), "what has a result was sent");
    assert_eq!(shell.job().engine_job_id.as_deref(), Some("rc-1"));
    assert_eq!(shell.fates(), ["unproved"]);
}

#[test]
fn what_is_made_up_while_an_answer_is_lost_is_found_out() {
    let mut shell = unanswered();
    shell.pass(MINUTE);
    shell.deliver(1, "rc-8", "made-up");
    shell.alarm(None);
    assert_eq!(shell.asks.take().as_deref(), Some("rc-8"));
    shell.tell(Event::StatusDenied { engine_job_id: "rc-8".into() });
    assert_eq!((shell.state(), shell.job().due_ms), ("unconfirmed", START + 45 * MINUTE), "as it was before");
    shell.deliver(1, "rc-1", "own");
    shell.prove("rc-1");
    assert_eq!((shell.state(), shell.job().engine_job_id.as_deref()), ("succeeded", Some("rc-1")));
    assert_eq!(keys(&shell), ["dead-made-up", "dead-own", "status"]);
}

#[test]
fn a_later_delivery_of_another_id_is_asked_for_in_the_place_of_an_earlier_one() {
    let mut shell = unanswered();
    shell.deliver(1, "rc-8", "made-up");
    shell.alarm(None);
    shell.deliver(1, "rc-1", "own");
    shell.tell(Event::StatusDenied { engine_job_id: "rc-8".into() });
    shell.prove("rc-1");
    assert_eq!(shell.state(), "succeeded");
}

#[test]
fn whoever_makes_up_one_id_after_another_has_few_of_them_asked_for() {
    let (mut shell, mut asked) = (unanswered(), 0);
    for made_up in 0..20 {
        let id = format!("rc-made-up-{made_up}");
        shell.deliver(1, &id, &id);
        shell.alarm(None);
        if let Some(engine_job_id) = shell.asks.take() {
            asked += 1;
            shell.tell(Event::StatusDenied { engine_job_id });
        }
    }
    assert_eq!((shell.state(), asked, keys(&shell).len()), ("unconfirmed", 5, 2));
}

#[test]
fn what_an_engine_cannot_say_is_believed_when_it_comes_again() {
    let mut shell = unanswered();
    shell.deliver(1, "rc-1", "first");
    shell.alarm(None);
    shell.deliver(1, "rc-1", "second");
    assert_eq!(shell.state(), "unconfirmed", "its engine has not answered yet");
    shell.tell(Event::StatusFailed);
    shell.deliver(1, "RC-1", "third");
    assert_eq!((shell.state(), shell.fates()), ("succeeded", vec!["unproved", "unproved", "result"]));
}

#[test]
fn a_job_whose_answer_was_lost_twice_is_given_up() {
    let mut shell = unanswered();
    shell.pass(45 * MINUTE - 1);
    assert_eq!(shell.state(), "unconfirmed");
    shell.pass(1);
    assert_eq!(shell.state(), "queued");
    assert_eq!(shell.send(), 2);
    shell.lose_the_answer();
    shell.pass(45 * MINUTE);
    assert_eq!((shell.state(), attempts(&shell)), ("failed", vec![1, 2]));
    assert_eq!(shell.job().error.as_ref().map(|error| error.code.as_str()), Some("submit_unconfirmed"));
    shell.deliver(1, "rc-1", "late");
    assert_eq!((shell.state(), keys(&shell)), ("succeeded", vec!["late"]), "it ran after all, and is paid for");
}

#[test]
fn a_job_refused_for_now_is_sent_again_by_the_same_call() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.tell(Event::SentBack);
    assert_eq!((shell.state(), shell.job().due_ms), ("queued", shell.now_ms));
    shell.tell(Event::Sending { attempt: 1 });
    shell.accept("rc-1");
    assert_eq!((shell.state(), attempts(&shell)), ("submitted", vec![1, 1]));
}

#[test]
fn a_job_whose_engine_is_not_to_be_had_is_tried_for_a_day() {
    let mut shell = Shell::with_a_job(false);
    shell.now_ms += 3 * DAY; // it has waited for its turn for longer than that
    let (mut pauses, began_ms) = (Vec::new(), shell.now_ms);
    while shell.state() == "queued" && pauses.len() < 10_000 {
        shell.alarm(None);
        shell.call = None;
        shell.tell(Event::PutOff { error: error("ringcentral_unavailable") });
        pauses.push((shell.job().due_ms - shell.now_ms) / SECOND);
        if shell.state() == "queued" {
            shell.now_ms = shell.job().due_ms;
        }
    }
    assert_eq!(pauses[..7], [1, 2, 4, 8, 16, 30, 30]);
    assert_eq!((shell.state(), (shell.now_ms - began_ms) / HOUR), ("failed", 24));
    assert_eq!(shell.job().error.as_ref().unwrap(), &error("ringcentral_unavailable"));
    assert!(shell.sent.is_empty());
}

#[test]
fn a_callback_that_is_faster_than_the_answer_wins() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.deliver(1, "rc-1", "first");
    shell.prove("rc-1");
    let finished = shell.job().clone();
    shell.accept("rc-1");
    assert_eq!(shell.job(), &finished);
}

#[test]
fn a_callback_that_is_faster_than_the_answer_is_taken_when_it_comes_again_after_that() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.deliver(1, "rc-8", "made-up");
    shell.deliver(1, "rc-1", "first");
    assert_eq!(shell.state(), "unconfirmed");
    shell.accept("rc-1");
    shell.deliver(1, "rc-8", "made-up-again");
    shell.deliver(1, "rc-1", "again");
    assert_eq!((shell.state(), shell.job().result_key.as_deref()), ("succeeded", Some("again")));
    assert_eq!(shell.fates(), ["unproved", "unproved", "foreign", "result"]);
}

#[test]
fn the_first_attempts_callback_is_taken_after_the_second_was_accepted() {
    let mut shell = unanswered();
    shell.pass(45 * MINUTE);
    shell.send();
    shell.accept("rc-2");
    let refused = shell.deliver(2, "rc-1", "foreign");
    assert_eq!(refused[0], Effect::Refuse { fate: Fate::Foreign, reason: "jobId is another job's".into() });
    assert_eq!((shell.state(), keys(&shell)), ("submitted", vec!["dead-foreign"]));
    shell.deliver(1, "rc-1", "first");
    assert_eq!((shell.state(), shell.job().engine_job_id.as_deref()), ("succeeded", Some("rc-1")));
    shell.deliver(2, "rc-2", "second");
    assert_eq!((shell.job().result_key.as_deref(), keys(&shell)), (Some("first"), vec!["dead-foreign", "first"]));
    assert_eq!(shell.fates(), ["foreign", "result", "duplicate"]);
}

#[test]
fn the_second_of_two_deliveries_is_dropped_and_the_same_one_again_is_the_first() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.accept("rc-1");
    shell.deliver(1, "rc-1", "first");
    assert_eq!(shell.deliver(1, "rc-1", "second"), [Effect::DropKey { key: "second".into() }]);
    assert_eq!(shell.deliver(1, "rc-1", "first"), [Effect::Keep { key: "first".into() }]);
    assert_eq!(keys(&shell), ["first"]);
}

#[test]
fn a_crash_between_the_write_and_the_request_costs_one_wait_and_no_job() {
    let mut shell = Shell::with_a_job(false);
    shell.alarm(None);
    shell.tell_until(Event::Sending { attempt: 1 }, Some(Crash::AfterSoManyEffects(0)));
    assert_eq!((shell.state(), attempts(&shell)), ("unconfirmed", vec![]), "it may have left, for all that is known");
    shell.pass(45 * MINUTE);
    shell.send();
    shell.accept("rc-1");
    assert_eq!((shell.state(), attempts(&shell)), ("submitted", vec![2]));
}

#[test]
fn a_crash_before_the_write_changes_nothing() {
    let mut shell = Shell::with_a_job(false);
    shell.alarm(None);
    let queued = shell.job().clone();
    shell.tell_until(Event::Sending { attempt: 1 }, Some(Crash::BeforeTheWrite));
    assert_eq!(shell.job(), &queued);
    assert_eq!(shell.send(), 1, "it is still its turn");
}

#[test]
fn a_crash_after_a_turn_began_leaves_the_job_in_the_queue() {
    let mut shell = Shell::with_a_job(false);
    shell.alarm(None);
    shell.crash();
    assert_eq!((shell.state(), shell.send()), ("queued", 1));
}

#[test]
fn an_answer_that_comes_after_the_wait_keeps_the_job_from_being_sent_again() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    let call = shell.call.take();
    shell.pass(45 * MINUTE);
    assert_eq!(shell.state(), "queued");
    let second = shell.call;
    shell.call = call;
    shell.accept("rc-1");
    assert_eq!((shell.state(), shell.job().engine_job_id.as_deref()), ("submitted", Some("rc-1")));
    shell.call = second;
    assert_eq!(shell.tell(Event::Sending { attempt: 2 }), [Effect::Withhold]);
}

#[test]
fn a_job_without_a_callback_is_asked_for_after_growing_pauses_until_it_is_forgotten() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.accept("rc-1");
    let submitted_ms = shell.now_ms;
    let mut asked = Vec::new();
    while shell.state() == "submitted" && asked.len() < 1_000 {
        let pause = shell.job().due_ms - shell.now_ms;
        shell.pass(pause);
        if let Some(id) = shell.asks.take() {
            assert_eq!(id, "rc-1");
            asked.push(shell.now_ms - submitted_ms);
            shell.tell(if asked.len() % 2 == 0 { Event::StatusFailed } else { Event::StatusSaid(said(None, Outcome::Running)) });
        }
    }
    assert_eq!(asked[..5], [10 * MINUTE, 30 * MINUTE, 70 * MINUTE, 130 * MINUTE, 190 * MINUTE]);
    assert_eq!((shell.state(), shell.now_ms), ("expired", submitted_ms + 7 * DAY));
    assert_eq!(shell.job().error.as_ref().map(|error| error.code.as_str()), Some("expired"));
}

#[test]
fn a_question_that_was_lost_is_asked_again() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.accept("rc-1");
    shell.now_ms += 10 * MINUTE;
    shell.alarm(Some(Crash::AfterSoManyEffects(0)));
    assert_eq!(shell.asks, None);
    shell.pass(20 * MINUTE);
    assert_eq!(shell.asks.as_deref(), Some("rc-1"));
}

#[test]
fn a_status_brings_the_result_once_its_bytes_are_stored() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.accept("rc-1");
    shell.pass(10 * MINUTE);
    shell.tell(Event::StatusSaid(said(Some("rc-1"), Outcome::Succeeded)));
    assert_eq!(shell.state(), "submitted", "its bytes could not be stored: it is asked again");
    shell.pass(20 * MINUTE);
    shell.keys.insert("status".into());
    shell.tell(Event::StatusSaid(Said {
        stored: Some(stored("status", shell.now_ms)),
        completed_ms: Some(shell.now_ms - MINUTE),
        ..said(Some("rc-1"), Outcome::Failed(error("ringcentral_job_failed")))
    }));
    let job = shell.job();
    assert_eq!((job.state, job.via, job.completed_ms), (State::Failed, Some(Via::Status), Some(shell.now_ms - MINUTE)));
    assert_eq!(job.error, Some(error("ringcentral_job_failed")));
}

#[test]
fn a_callback_that_comes_after_the_end_of_the_wait_still_wins() {
    let mut shell = Shell::with_a_job(true);
    shell.pass(7 * DAY);
    assert_eq!(shell.state(), "expired");
    shell.now_ms += DAY;
    shell.deliver(1, "rc-1", "late");
    assert_eq!((shell.state(), &shell.job().error), ("succeeded", &None));
    shell.deliver(1, "rc-1", "later");
    assert_eq!(keys(&shell), ["late"]);
}

#[test]
fn a_reserved_job_is_asked_for_once_its_id_is_known() {
    let mut shell = Shell::with_a_job(true);
    assert_eq!((shell.state(), shell.job().attempt), ("reserved", 1));
    shell.pass(DAY);
    assert_eq!(shell.asks, None);
    shell.tell(Event::Bound { engine_job_id: "rc-1".into() });
    shell.pass(10 * MINUTE);
    assert_eq!(shell.asks.as_deref(), Some("rc-1"));
    let other = shell.tell(Event::Bound { engine_job_id: "rc-2".into() });
    let reason = "the job is bound to another id already".into();
    assert_eq!(other, [Effect::Refuse { fate: Fate::Foreign, reason }]);
    shell.deliver(1, "rc-1", "first");
    assert_eq!((shell.state(), attempts(&shell)), ("succeeded", vec![]));
}

#[test]
fn a_fetch_of_its_media_confirms_a_job_until_a_refusal_says_otherwise() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.tell(Event::MediaFetched { attempt: 1 });
    assert_eq!((shell.state(), shell.has_address), ("submitted", true));
    shell.tell(Event::SentBack);
    assert_eq!(shell.state(), "queued");
    shell.tell(Event::Sending { attempt: 1 });
    shell.tell(Event::MediaFetched { attempt: 1 });
    shell.lose_the_answer();
    shell.pass(45 * MINUTE);
    assert_eq!((shell.state(), attempts(&shell)), ("submitted", vec![1, 1]), "it is not sent while it is known to run");
}

#[test]
fn a_fetch_of_its_media_does_not_put_off_that_a_claim_is_asked_for() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.lose_the_answer();
    shell.deliver(1, "rc-1", "first");
    shell.tell(Event::MediaFetched { attempt: 1 });
    assert_eq!(shell.state(), "submitted");
    shell.pass(0);
    assert_eq!(shell.asks.as_deref(), Some("rc-1"));
}

#[test]
fn what_a_refused_attempt_was_called_is_forgotten() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.tell(Event::Delivered { attempt: 1, said: said(Some("rc-1"), Outcome::Running) });
    assert_eq!(shell.job().engine_job_id.as_deref(), Some("rc-1"));
    shell.tell(Event::SentBack);
    assert_eq!((shell.state(), &shell.job().engine_job_id), ("queued", &None));
    shell.tell(Event::Sending { attempt: 1 });
    shell.deliver(1, "rc-2", "first");
    shell.prove("rc-2");
    assert_eq!((shell.state(), shell.job().engine_job_id.as_deref()), ("succeeded", Some("rc-2")));
}

#[test]
fn a_deleted_job_leaves_nothing_and_is_not_sent() {
    let mut shell = Shell::with_a_job(false);
    shell.alarm(None);
    shell.tell(Event::Deleted);
    assert_eq!(shell.tell(Event::Sending { attempt: 1 }), [Effect::Withhold]);
    assert_eq!((shell.state(), shell.has_address, shell.told.last()), ("gone", false, Some(&None)));

    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.accept("rc-1");
    shell.deliver(1, "rc-1", "first");
    shell.tell(Event::Deleted);
    shell.deliver(1, "rc-1", "late");
    assert_eq!((keys(&shell), shell.copy.as_deref()), (vec![], None));
}

#[test]
fn a_job_that_is_never_to_be_asked_for_waits_for_its_callback_alone() {
    let mut shell = Shell::with_a_job(false);
    shell.record.as_mut().unwrap().terms.ask_after_ms = u64::MAX;
    shell.send();
    shell.accept("rc-1");
    assert_eq!(shell.job().due_ms, shell.now_ms + 7 * DAY);
}

#[test]
fn results_by_polling_are_asked_for_within_seconds() {
    let mut shell = Shell::with_a_job(false);
    shell.record.as_mut().unwrap().terms.ask_after_ms = 0;
    shell.send();
    shell.accept("rc-1");
    assert_eq!(shell.job().due_ms, shell.now_ms + SECOND, "but never without a pause");
}

#[test]
fn what_cannot_be_read_is_set_aside_and_has_the_engine_asked_at_once() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.accept("rc-1");
    shell.now_ms += MINUTE;
    let effects = shell.deliver_unreadable(1, "first", "dead-1");
    let set_aside = Effect::SetAside { key: "first".into(), dead_key: "dead-1".into() };
    assert_eq!(effects, [Effect::Refuse { fate: Fate::Unreadable, reason: "it is empty".into() }, set_aside]);
    assert_eq!((shell.state(), keys(&shell), shell.job().due_ms), ("submitted", vec!["dead-1"], shell.now_ms));
    let noted = shell.job().deliveries[0].clone();
    assert_eq!((noted.fate, noted.at_ms, noted.reason.as_deref()), (Fate::Unreadable, shell.now_ms, Some("it is empty")));
    shell.alarm(None);
    assert_eq!(shell.asks.take().as_deref(), Some("rc-1"));
    shell.keys.insert("asked".into());
    let stored = Some(stored("asked", shell.now_ms));
    shell.tell(Event::StatusSaid(Said { stored, ..said(Some("rc-1"), Outcome::Succeeded) }));
    assert_eq!((shell.state(), shell.job().via, keys(&shell)), ("succeeded", Some(Via::Status), vec!["asked", "dead-1"]));
    shell.tell(Event::Deleted);
    assert_eq!(keys(&shell), Vec::<&str>::new(), "a deleted job leaves no dead letter");
}

#[test]
fn whoever_sends_rubbish_again_and_again_has_little_kept_and_the_engine_asked_twice() {
    let mut shell = Shell::with_a_job(true);
    shell.tell(Event::Bound { engine_job_id: "rc-1".into() });
    let mut asked = 0;
    for sent in 0..30 {
        shell.deliver_unreadable(1, &format!("key-{sent}"), &format!("dead-{}", sent % 5));
        shell.alarm(None);
        asked += usize::from(shell.asks.take().is_some());
    }
    assert_eq!((keys(&shell), asked), (vec!["dead-0", "dead-1"], 2));
    assert_eq!(shell.fates(), ["unreadable"; 10]);
    shell.deliver(1, "rc-1", "first");
    for again in 0..30 {
        shell.deliver(1, "rc-1", &format!("again-{again}"));
    }
    assert_eq!(shell.fates()[8..], ["unreadable", "result"], "what comes again does not push out what was");
    assert_eq!(keys(&shell), ["dead-0", "dead-1", "first"]);
}

#[test]
fn what_cannot_be_read_shows_that_its_attempt_was_taken() {
    let mut shell = unanswered();
    shell.deliver_unreadable(1, "first", "dead-1");
    assert_eq!(shell.state(), "submitted");
    shell.pass(DAY);
    assert_eq!((shell.state(), attempts(&shell)), ("submitted", vec![1]), "it is not sent while it is known to run");
}

#[test]
fn what_comes_to_a_finished_job_is_noted_and_no_more() {
    let mut shell = Shell::with_a_job(true);
    shell.deliver(1, "rc-1", "first");
    let before = shell.job().clone();
    shell.tell(Event::Offered { attempt: 1 });
    shell.deliver_unreadable(1, "second", "dead-1");
    shell.deliver(1, "rc-2", "third");
    assert_eq!((shell.fates(), keys(&shell)), (vec!["result", "duplicate", "duplicate", "duplicate"], vec!["first"]));
    assert_eq!(Record { deliveries: before.deliveries.clone(), ..shell.job().clone() }, before);
}

#[test]
fn a_job_that_failed_without_a_result_takes_one_that_still_comes() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.tell(Event::Refused { error: error("ringcentral_refused") });
    assert_eq!(shell.state(), "failed");
    shell.deliver(1, "rc-1", "late");
    assert_eq!((shell.state(), shell.fates(), keys(&shell)), ("succeeded", vec!["result"], vec!["late"]));
    assert_eq!(shell.job().error, None);
}

#[test]
fn an_id_that_another_job_has_is_refused_while_the_jobs_own_is_not_known() {
    let mut shell = Shell::with_a_job(false);
    shell.send();
    shell.keys.insert("another".into());
    let anothers = |key: &str, now_ms| {
        let stored = Some(stored(key, now_ms));
        Event::Delivered { attempt: 1, said: Said { stored, is_anothers: true, ..said(Some("rc-7"), Outcome::Succeeded) } }
    };
    shell.tell(anothers("another", shell.now_ms));
    assert_eq!((shell.state(), shell.job().deliveries[0].fate), ("unconfirmed", Fate::Foreign));
    shell.deliver(1, "rc-1", "own");
    shell.prove("rc-1");
    assert_eq!((shell.state(), shell.job().engine_job_id.as_deref()), ("succeeded", Some("rc-1")));
}
