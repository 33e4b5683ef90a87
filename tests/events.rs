//! A wait by the events of a job, stepped with a virtual clock: what comes through is told at once, what does not is asked for.
#![allow(clippy::unwrap_used)]

mod script;

use ringcentral_ai::call::{Call, Event, Operation, Report};
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::inbox::Inbox;
use ringcentral_ai::secret::Secret;
use script::{Script, Stop, response};

fn wait() -> Operation<String> {
    Inbox::new("https://w.example", Secret::new("t")).unwrap().wait("j")
}

fn job(status: &str) -> String {
    format!(r#"{{"id":"j","status":"{status}"}}"#)
}

fn event(status: &str) -> String {
    format!("data: {}\n\n", job(status))
}

fn part(text: &str) -> HttpResponse {
    let headers = vec![("Content-Type".into(), "text/event-stream; charset=utf-8".into())];
    HttpResponse { status: 200, headers, body: text.into() }
}

/// Goes on with an event after so many seconds.
fn after<C: Call>(script: &mut Script, call: &mut C, seconds: u64, event: Event) -> Stop<C::Output> {
    script.now_ms += seconds * 1_000;
    script.go(call, event)
}

/// The paths asked for, with what is asked of them.
fn paths(script: &Script) -> Vec<&str> {
    script.sent.iter().map(|(_, path)| path.strip_prefix("GET /v1/jobs/j").unwrap()).collect()
}

#[test]
fn each_event_is_told_at_once_however_it_is_cut() {
    let (mut script, mut call) = (Script::default(), wait());
    let text = [
        "retry: 2000\n\n",
        &event("queued"),
        ": a comment\r\n\r\n",
        &event("submitted").replace('\n', "\r\n"),
        &event("succeeded"),
    ];
    let mut parts: Vec<String> = text.concat().chars().map(String::from).rev().collect();
    let done = script.run(&mut call, |_, _| Some(part(&parts.pop().unwrap())));
    assert_eq!(done.unwrap(), job("succeeded"));
    assert_eq!(script.reports, ["queued", "submitted", "succeeded"].map(|status| Report::Job(job(status))));
    assert_eq!((script.now_ms, parts.len()), (0, 1), "no pause, and no look at what follows");
    assert!(script.requests.iter().all(|request| request.part_within_ms == Some(20_000)));
}

#[test]
fn a_stream_that_ends_after_its_five_minutes_is_followed_by_another() {
    let (mut script, mut call) = (Script::default(), wait());
    script.go(&mut call, Event::Go);
    for _ in 0..3 {
        after(&mut script, &mut call, 0, Event::Response(part(&event("submitted"))));
        for _ in 0..20 {
            after(&mut script, &mut call, 15, Event::Response(part(": the job has not changed\n\n")));
        }
        let asked = script.sent.len();
        let Stop::Sends(request) = script.go(&mut call, Event::Response(part(""))) else { panic!("it goes on") };
        assert!(request.url.expose().ends_with("/events"));
        assert!(script.sent[asked].0 - script.sent[asked - 1].0 >= 250, "not at once: it may be ended by something in between");
    }
    assert_eq!(script.reports, [Report::Job(job("submitted"))]);
}

#[test]
fn a_stream_that_is_cut_short_is_the_last() {
    for ends in
        [Event::Lost, Event::Response(part("")), Event::Response(response(200, "<html>")), Event::Response(response(502, ""))]
    {
        for heard in [0, 1] {
            let (mut script, mut call) = (Script::default(), wait());
            script.go(&mut call, Event::Go);
            for _ in 0..heard {
                after(&mut script, &mut call, 0, Event::Response(part(&event("submitted"))));
            }
            let end = if let Event::Response(answer) = &ends { Event::Response(answer.clone()) } else { Event::Lost };
            after(&mut script, &mut call, 20, end);
            for _ in 0..3 {
                after(&mut script, &mut call, 55, Event::Response(response(200, &job("submitted"))));
            }
            assert!(paths(&script)[1 + heard..].iter().all(|path| !path.contains("events")), "{:?}", script.sent);
            assert_eq!(script.reports, [Report::Job(job("submitted"))]);
        }
    }
}

#[test]
fn a_stream_that_only_ever_comments_is_given_up_after_twenty_seconds() {
    let (mut script, mut call) = (Script::default(), wait());
    script.go(&mut call, Event::Go);
    while paths(&script).last() == Some(&"/events") {
        after(&mut script, &mut call, 5, Event::Response(part(": ping\n\n")));
    }
    assert!((20_000..25_000).contains(&script.now_ms), "{}", script.now_ms);
}

#[test]
fn a_job_is_asked_for_where_the_worker_has_no_events_and_its_word_about_that_is_final() {
    let missing = || response(404, r#"{"error":{"code":"not_found","message":"no","requestId":"r"}}"#);
    let mut answers = vec![response(200, &job("succeeded")), missing()];
    let mut script = Script::default();
    let done = script.run(&mut wait(), |_, _| answers.pop());
    assert_eq!((done.unwrap(), paths(&script), script.now_ms), (job("succeeded"), vec!["/events", ""], 0));
    let ended = Script::default().run(&mut wait(), |_, _| Some(missing()));
    assert_eq!(ended.unwrap_err().code(), "not_found");
}

#[test]
fn a_pause_that_is_asked_for_is_kept_before_the_job_is_asked_for() {
    let mut answers = vec![response(200, &job("succeeded")), script::limited("9")];
    let mut script = Script::default();
    script.run(&mut wait(), |_, _| answers.pop()).unwrap();
    assert!(script.sent[1].0 >= 9_000, "{:?}", script.sent);
}
