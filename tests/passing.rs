//! What passes and what is final: a verdict is RingCentral's own JSON, or the Worker's; whatever else is answered came from something in
//! between. Each kind of answer against each kind of question, with a virtual clock.
#![allow(clippy::unwrap_used, missing_docs)]

mod script;

use ringcentral_ai::call::{Call, Event, Now, Report, Step, Wait, WaitsFor};
use ringcentral_ai::engine::ringcentral::client::TokenUse;
use ringcentral_ai::engine::ringcentral::jobs::{JobStatus, check_input, submission};
use ringcentral_ai::engine::ringcentral::media::{ListPage, ListRecordings, ReadRecording};
use ringcentral_ai::engine::{Job, Media, RecordingId, Task};
use ringcentral_ai::error::Error;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::inbox::Inbox;
use ringcentral_ai::json::Value;
use ringcentral_ai::secret::{Secret, SecretUrl};
use script::{Script, Stop, TOKEN, client, is_login, limited, response, with_login};

const PAGE: &str = "<!doctype html><title>404 Not Found</title>";
const RECORDING: &str = r#"{"id":"7","contentUri":"https://media.ringcentral.com/7/content","contentType":"audio/mpeg"}"#;
const MISSING: &str = r#"{"errorCode":"CMN-102","message":"Resource for parameter [recordingId] is not found"}"#;
const MINUTE_MS: u64 = 60_000;

/// What comes from something in between, whatever was asked.
fn passing() -> Vec<Option<HttpResponse>> {
    let statuses = [200, 203, 400, 403, 404, 405, 407, 408, 410, 413, 425, 451, 500, 502, 503, 504, 521];
    let pages = statuses.map(|status| Some(response(status, PAGE)));
    let empty = [403, 404, 408, 425, 502, 503].map(|status| Some(response(status, "")));
    let foreign = [
        Some(response(403, r#"{"message":"Forbidden"}"#)),
        Some(response(404, r#"{"error":"Not Found","status":404,"path":"/"}"#)),
        Some(response(502, r#"{"errorCode":"CMN-203"}"#)),
        Some(response(200, "OK")),
        Some(response(200, "")),
        Some(limited("1")),
        None,
    ];
    pages.into_iter().chain(empty).chain(foreign).collect()
}

fn list() -> ListRecordings {
    ListRecordings::parse(&[]).unwrap()
}

fn recording() -> ReadRecording {
    ReadRecording::for_job(RecordingId::parse("7", "").unwrap())
}

fn text_job() -> Job {
    let fields = Value::parse(br#"{"texts":["a"]}"#).unwrap();
    let input = check_input(Task::Punctuate, &fields, "input").unwrap();
    let webhook = SecretUrl::hiding_query("https://w.example/callbacks/1".into());
    Job { task: Task::Punctuate, input, media: None, relay: None, webhook, asked_ms: None }
}

fn recorded_job(asked_ms: Option<u64>) -> Job {
    let input = check_input(Task::SpeechToText, &Value::Object(vec![]), "input").unwrap();
    let media = Some(Media::Recording(RecordingId::parse("7", "").unwrap()));
    Job { task: Task::SpeechToText, input, media, asked_ms, ..text_job() }
}

/// Gives `first` so often, then `then`; logins succeed.
fn after(
    times: usize,
    first: Option<&HttpResponse>,
    then: &HttpResponse,
) -> impl FnMut(&HttpRequest, u64) -> Option<HttpResponse> + use<> {
    let (mut left, first, then) = (times, first.cloned(), then.clone());
    move |request, _| {
        if is_login(request) {
            return Some(response(200, TOKEN));
        }
        left = left.wrapping_sub(1);
        if left < times { first.clone() } else { Some(then.clone()) }
    }
}

#[test]
fn every_read_of_ringcentrals_is_tried_again_after_an_answer_that_passes() {
    for answer in passing() {
        for times in [1, 4] {
            let mut script = Script::default();
            let page = script.run(&mut client().call(list()), after(times, answer.as_ref(), &response(200, r#"{"records":[]}"#)));
            assert!(page.is_ok(), "{answer:?} {page:?}");
            let found = script.run(&mut client().call(recording()), after(times, answer.as_ref(), &response(200, RECORDING)));
            assert!(found.is_ok(), "{answer:?} {found:?}");
            let status = JobStatus::new("j").unwrap();
            let status =
                script.run(&mut client().call(status), after(times, answer.as_ref(), &response(200, r#"{"status":"Fail"}"#)));
            assert_eq!(status.as_deref(), Ok(r#"{"status":"Fail"}"#), "{answer:?}");
            let raw = ListPage::at(list().target().to_owned()).unwrap();
            let raw = script.run(&mut client().call(raw), after(times, answer.as_ref(), &response(200, r#"{"records":[]}"#)));
            assert_eq!(raw.as_deref(), Ok(r#"{"records":[]}"#), "{answer:?}");
            script.sent.retain(|(_, path)| !path.contains("oauth"));
            let is_paused = |pair: &[(u64, String)]| pair[0].1 != pair[1].1 || pair[0].0 + 250 <= pair[1].0;
            assert!(script.sent.windows(2).all(is_paused), "{:?}", script.sent);
        }
    }
}

#[test]
fn patience_with_what_passes_has_an_end_and_a_verdict_has_none() {
    for answer in passing().into_iter().filter(|answer| answer.as_ref().is_none_or(|answer| answer.status != 429)) {
        let mut script = Script::default();
        let ended = script.run(&mut client().call(recording()), after(usize::MAX, answer.as_ref(), &response(200, RECORDING)));
        assert!(ended.is_err(), "{answer:?}");
        assert_eq!(script.sent.len(), 1 + 5, "{answer:?}");
    }
    for status in [400, 403, 404, 410] {
        let mut script = Script::default();
        let ended = script.run(&mut client().call(recording()), |request, _| with_login(request, response(status, MISSING)));
        assert_eq!((ended.unwrap_err().status(), script.sent.len()), (Some(status), 2));
    }
}

#[test]
fn a_login_that_something_in_between_answers_is_tried_again_and_then_says_what_came() {
    let not_json = [response(200, PAGE), response(403, PAGE), response(404, ""), response(302 + 101, "no")];
    let foreign =
        [response(200, "{}"), response(403, r#"{"message":"Forbidden"}"#), response(401, r#"{"error":"Unauthorized"}"#)];
    for answer in not_json.iter().chain(&foreign) {
        for times in [1, 4] {
            let mut left = times;
            let token = Script::default().run(&mut client().token(TokenUse::Header), |_, _| {
                left -= 1;
                Some(if left >= 0 { answer.clone() } else { response(200, TOKEN) })
            });
            assert!(token.is_ok(), "{answer:?}");
        }
        let mut script = Script::default();
        let ended = script.run(&mut client().token(TokenUse::Header), |_, _| Some(answer.clone())).unwrap_err();
        assert_eq!((ended.code(), script.sent.len()), ("unexpected_answer", 5), "{answer:?} {ended}");
    }
    let ended = Script::default().run(&mut client().token(TokenUse::Header), |_, _| Some(response(200, PAGE)));
    assert_eq!(ended, Err(Error::NotJson { what: "an access token", status: 200 }));
}

#[test]
fn a_submit_that_was_certainly_not_taken_is_sent_again_after_a_pause() {
    let accepted = response(202, r#"{"jobId":"j"}"#);
    for status in [400, 403, 404, 408, 413, 425, 429] {
        for body in ["", PAGE, r#"{"message":"no"}"#] {
            let mut script = Script::default();
            let ended = script.run(&mut submission(client(), text_job()), after(2, Some(&response(status, body)), &accepted));
            assert_eq!(ended.unwrap().job_id.as_deref(), Some("j"), "{status} {body}");
            let [Report::Sending, Report::Refused, Report::Sending, Report::Refused, Report::Sending] = script.reports[..] else {
                panic!("{status}: {:?}", script.reports)
            };
            assert!(script.sent[2].0 >= script.sent[1].0 + 250, "{:?}", script.sent);
        }
    }
}

#[test]
fn a_submit_whose_answer_is_not_ringcentrals_is_unconfirmed_and_not_sent_again() {
    for status in [200, 202, 204, 500, 502, 503, 504, 520] {
        let ended = |body: &str, retry_after: Option<&str>| {
            let mut answer = response(status, body);
            answer.headers.extend(retry_after.map(|text| ("Retry-After".into(), text.into())));
            let mut script = Script::default();
            let ended = script.run(&mut submission(client(), text_job()), |request, _| with_login(request, answer.clone()));
            assert_eq!(script.sent.len(), 2, "{status} {body}");
            ended
        };
        for retry_after in [None, Some("5"), Some("31536000")] {
            assert_eq!(ended(PAGE, retry_after), Err(Error::SubmitUnconfirmed), "{status}");
        }
        let body = r#"{"errorCode":"CMN-203","message":"no"}"#;
        let is_taken = status == 202; // It may say what it likes.
        assert_eq!(ended(body, None).is_ok(), is_taken, "{status}");
    }
}

#[test]
fn a_submit_that_ringcentral_refuses_itself_is_final() {
    for (status, body) in [(400, r#"{"errors":[{"errorCode":"CAI-101","message":"no"}]}"#), (403, MISSING), (404, MISSING)] {
        let mut script = Script::default();
        let ended = script.run(&mut submission(client(), text_job()), |request, _| with_login(request, response(status, body)));
        assert_eq!((ended.unwrap_err().status(), script.sent.len()), (Some(status), 2));
    }
    let permission = r#"{"errors":[{"errorCode":"CMN-401","permissionName":"AI"}]}"#;
    let ended =
        Script::default().run(&mut submission(client(), text_job()), |request, _| with_login(request, response(403, permission)));
    assert!(matches!(ended, Err(Error::PermissionMissing { .. })), "{ended:?}");
}

#[test]
fn a_pause_is_kept_whatever_its_form_and_status_and_nothing_is_sent_inside() {
    let date = ("Date", "Thu, 05 Mar 2026 12:00:00 GMT");
    let table = [
        (429, "45", 45_000),
        (429, "1.5", 1_500),
        (503, "20", 20_000),
        (408, "7", 7_000),
        (425, "3", 3_000),
        (500, "12", 12_000),
        (502, "2.25", 2_250),
        (504, "3600", 3_600_000),
        (429, "Thu, 05 Mar 2026 12:01:30 GMT", 90_000),
        (503, "Thursday, 05-Mar-26 12:01:30 GMT", 90_000),
        (503, "Thu Mar  5 12:01:30 2026", 90_000),
        (429, "", 60_000),
        (429, "soon", 60_000),
        (429, "-5", 60_000),
    ];
    for (status, text, pause_ms) in table {
        let mut asked = response(status, "");
        asked.headers = [("Retry-After", text), date].map(|(name, value)| (name.into(), value.into())).into();
        let mut script = Script { now_ms: 1_000_000, ..Script::default() };
        let page = script.run(&mut client().call(list()), after(1, Some(&asked), &response(200, r#"{"records":[]}"#)));
        assert!(page.is_ok(), "{status} {text}");
        let lists: Vec<_> = script.sent.iter().filter(|(_, path)| path.contains("call-log")).collect();
        let [first, second] = &lists[..] else { panic!("{:?}", script.sent) };
        assert!(second.0 >= first.0 + pause_ms, "{status} {text}: {:?}", script.sent);
    }
}

#[test]
fn a_pause_of_more_than_an_hour_is_an_error_that_says_so() {
    for (status, code) in [(429, "rate_limited"), (503, "ringcentral_unavailable")] {
        let client = client();
        let mut long = response(status, "");
        long.headers = vec![("Retry-After".into(), "31536000".into())];
        let mut script = Script::default();
        let error = script.run(&mut client.call(list()), |request, _| with_login(request, long.clone())).unwrap_err();
        assert_eq!((error.code(), error.is_retryable(), script.sent.len()), (code, true, 2));
        let said = format!(
            "the list of calls was answered with {status} and a pause of 31536000 s: more than an hour is not waited for"
        );
        assert!(error.to_string().starts_with(&said), "{error}");
        // The queue opens again after a quarter of an hour.
        let asked_ms = script.now_ms;
        script.run(&mut client.call(list()), |_, _| Some(response(200, r#"{"records":[]}"#))).unwrap();
        assert!((900_000..=901_000).contains(&(script.now_ms - asked_ms)), "{}", script.now_ms);
    }
}

#[test]
fn a_recording_that_is_not_there_yet_is_asked_for_again_for_ten_minutes() {
    for missing in [response(404, MISSING), response(404, ""), response(404, PAGE)] {
        // It comes after three minutes.
        let mut script = Script::default();
        let accepted = script.run(&mut submission(client(), recorded_job(None)), |request, now_ms| {
            let is_lookup = request.url.expose().contains("/recording/7");
            let found = if now_ms < 3 * MINUTE_MS { missing.clone() } else { response(200, RECORDING) };
            with_login(request, if is_lookup { found } else { response(202, r#"{"jobId":"j"}"#) })
        });
        assert_eq!(accepted.unwrap().job_id.as_deref(), Some("j"));
    }
    // It never comes.
    let mut script = Script::default();
    let ended = script
        .run(&mut submission(client(), recorded_job(None)), |request, _| with_login(request, response(404, MISSING)))
        .unwrap_err();
    let said = "RingCentral refused the recording (404): CMN-102 Resource for parameter [recordingId] is not found; ten minutes after \
                the job was asked for it is still not there";
    assert!(ended.to_string().starts_with(said), "{ended}");
    let looks: Vec<u64> = script.sent[1..].iter().map(|(at, _)| *at / 1_000).collect();
    assert_eq!(looks, [0, 5, 15, 35, 75, 155, 315, 600]);
}

#[test]
fn ten_minutes_count_from_when_somebody_asked() {
    for (asked_ms, looks) in [(0, 1), (MINUTE_MS, 5), (10 * MINUTE_MS, 8)] {
        let mut script = Script { now_ms: 10 * MINUTE_MS, ..Script::default() };
        let ended = script.run(&mut submission(client(), recorded_job(Some(asked_ms))), |request, _| {
            with_login(request, response(404, MISSING))
        });
        assert_eq!((ended.unwrap_err().status(), script.sent.len()), (Some(404), 1 + looks), "{asked_ms}");
    }
}

#[test]
fn content_that_comes_later_than_its_description_is_looked_at_again() {
    let untyped = r#"{"id":"7","contentUri":"https://media.ringcentral.com/7/content"}"#;
    let mut script = Script::default();
    let accepted = script.run(&mut submission(client(), recorded_job(None)), |request, now_ms| {
        let url = request.url.expose();
        let content = if now_ms < 3 * MINUTE_MS { response(404, MISSING) } else { response(206, "RIFF\0\0\0\0WAVEfmt ") };
        let description = if url.ends_with("/content") { content } else { response(200, untyped) };
        with_login(request, if url.contains("/7") { description } else { response(202, r#"{"jobId":"j"}"#) })
    });
    assert!(accepted.is_ok(), "{accepted:?}");
    assert!((3 * MINUTE_MS..10 * MINUTE_MS).contains(&script.now_ms), "{}", script.now_ms);
    let never = Script::default().run(&mut submission(client(), recorded_job(None)), |request, _| {
        let is_description = request.url.expose().ends_with("/recording/7");
        with_login(request, if is_description { response(200, untyped) } else { response(404, MISSING) })
    });
    assert!(matches!(never, Err(Error::EncodingUnknown { .. })), "{never:?}");
}

#[test]
fn a_server_that_has_no_recordings_at_all_is_asked_once() {
    let gateway = response(404, r#"{"errorCode":"AGW-404","message":"Resource not found"}"#);
    let mut script = Script::default();
    let ended = script.run(&mut submission(client(), recorded_job(None)), |request, _| with_login(request, gateway.clone()));
    assert_eq!((ended.unwrap_err().status(), script.sent.len()), (Some(404), 2));
}

#[test]
fn a_meeting_whose_recording_is_not_ready_is_asked_for_again() {
    let id = RecordingId::parse("meeting-m-7", "").unwrap();
    let file = |status: &str, url: &str| {
        response(200, &format!(r#"{{"id":"m","recordings":[{{"id":"7","status":"{status}","url":"{url}"}}]}}"#))
    };
    let ready = file("Processed", "https://media.ringcentral.com/7");
    let not_yet = [
        file("Processing", "https://media.ringcentral.com/7"),
        file("InProgress", ""),
        file("Processed", ""),
        response(200, r#"{"id":"m","recordings":[]}"#),
        response(404, MISSING),
    ];
    let token = r#"{"access_token":"t","expires_in":3600}"#;
    for answer in not_yet {
        let mut script = Script::default();
        let job = Job { media: Some(Media::Recording(id.clone())), ..recorded_job(None) };
        let accepted = script.run(&mut submission(client(), job), |request, now_ms| {
            let meeting = if now_ms < MINUTE_MS { answer.clone() } else { ready.clone() };
            Some(match request.url.expose() {
                url if url.contains("/oauth/") => response(200, token),
                url if url.contains("/history/meetings/") => meeting,
                _ => response(202, "{}"),
            })
        });
        assert!(accepted.is_ok(), "{answer:?} {accepted:?}");
    }
}

/// What a call waits for at its next sleep.
fn waits<C: Call>(script: &mut Script, call: &mut C, event: Event) -> Option<Wait> {
    assert!(matches!(call.step(event, Now { ms: script.now_ms, random: 7 }), Step::Sleep(_)));
    call.waits()
}

#[test]
fn a_call_says_what_it_waits_for_and_until_when() {
    let client = client();
    let mut script = Script::default();
    let mut job = submission(client.clone(), recorded_job(None));
    let Stop::Sends(_) = script.go(&mut job, Event::Go) else { panic!("a login") };
    assert_eq!(job.waits(), None, "a request is under way");
    let mut other = client.call(list());
    assert_eq!(waits(&mut script, &mut other, Event::Go), Some(Wait { what: WaitsFor::Login, until_ms: None }));
    let Stop::Sends(_) = script.go(&mut job, Event::Response(response(200, TOKEN))) else { panic!("a lookup") };
    let media = waits(&mut script, &mut job, Event::Response(response(404, MISSING)));
    assert_eq!(media, Some(Wait::until(WaitsFor::Media, 10 * MINUTE_MS)));
    let Stop::Sends(_) = script.go(&mut job, Event::Go) else { panic!("a lookup") };
    let penalty = waits(&mut script, &mut job, Event::Response(limited("60")));
    assert_eq!(penalty, Some(Wait::until(WaitsFor::Answer, script.now_ms)), "what follows is the queue");
    assert_eq!(waits(&mut script, &mut job, Event::Go), Some(Wait::until(WaitsFor::RateLimit, script.now_ms + 61_000)));
    script.now_ms += 61_000;
    let Stop::Sends(_) = script.go(&mut job, Event::Go) else { panic!("a lookup") };
    let down = waits(&mut script, &mut job, Event::Response(response(503, "")));
    assert!(matches!(down, Some(Wait { what: WaitsFor::Answer, until_ms: Some(_) })), "{down:?}");
}

fn inbox() -> Inbox {
    Inbox::new("https://w.example", Secret::new("t")).unwrap()
}

const JOB: &str = r#"{"id":"j","status":"succeeded"}"#;

#[test]
fn every_read_of_the_workers_is_tried_again_after_an_answer_that_passes() {
    let foreign = [Some(response(200, r#"{"ok":true}"#)), Some(response(200, r#"["id"]"#)), Some(response(401, PAGE))];
    for answer in passing().into_iter().chain(foreign) {
        for times in [1, 4] {
            for (mut call, body) in [
                (inbox().job("j"), JOB),
                (inbox().submit("{}", "key"), JOB),
                (inbox().reserve("{}"), JOB),
                (inbox().list("recordings", &[]), r#"{"items":[]}"#),
            ] {
                let ended = Script::default().run(&mut call, after(times, answer.as_ref(), &response(200, body)));
                assert_eq!(ended.as_deref(), Ok(body), "{answer:?}");
            }
        }
    }
}

#[test]
fn a_wait_survives_whatever_is_in_between() {
    let running = response(200, r#"{"id":"j","status":"submitted"}"#);
    for answer in passing() {
        // Before the Worker was heard a few times, after that however long it takes.
        for (heard, times) in [(0, 6), (1, 200)] {
            let mut count = 0;
            let mut script = Script::default();
            let done = script.run(&mut inbox().wait("j"), |_, _| {
                count += 1;
                match count {
                    n if n <= heard => Some(running.clone()),
                    n if n <= heard + times => answer.clone(),
                    _ => Some(response(200, JOB)),
                }
            });
            assert_eq!(done.as_deref(), Ok(JOB), "{answer:?}");
            assert_eq!(script.sent.len(), heard + times + 1);
        }
        let mut script = Script::default();
        let result = script.run(&mut inbox().result("j"), after(50, answer.as_ref(), &response(200, r#"{"status":"Success"}"#)));
        assert_eq!(result.as_deref(), Ok(r#"{"status":"Success"}"#), "{answer:?}");
    }
}

#[test]
fn a_wait_at_an_address_that_is_no_workers_ends_after_ten_minutes() {
    for answer in [response(404, PAGE), response(200, PAGE), response(200, r#"{"status":7}"#)] {
        let mut script = Script::default();
        let ended = script.run(&mut inbox().wait("j"), |_, _| Some(answer.clone()));
        assert_eq!(ended.unwrap_err().code(), "unexpected_answer");
        assert!((5 * MINUTE_MS..=15 * MINUTE_MS).contains(&script.now_ms), "{}", script.now_ms);
    }
}

#[test]
fn the_workers_own_word_is_final() {
    for (status, code) in [(401, "unauthorized"), (403, "forbidden"), (404, "not_found"), (503, "not_configured")] {
        let said = response(status, &format!(r#"{{"error":{{"code":"{code}","message":"no","requestId":"r"}}}}"#));
        // A wait takes a refused stream of events for one that is not there, and asks for the job.
        for (mut call, times) in [(inbox().wait("j"), 2), (inbox().job("j"), 1), (inbox().result("j"), 1)] {
            let mut script = Script::default();
            let ended = script.run(&mut call, |_, _| Some(said.clone()));
            assert_eq!((ended.unwrap_err().code(), script.sent.len()), (code, times));
        }
    }
}

#[test]
fn a_wait_tells_of_a_job_that_waits_for_something_else() {
    let job = |waits_for: &str| format!(r#"{{"id":"j","status":"queued","waiting":{{"for":"{waits_for}"}}}}"#);
    let mut answers = vec![JOB.to_owned(), job("recording"), job("rate_limit"), job("rate_limit"), job("turn")];
    let mut script = Script::default();
    let done = script.run(&mut inbox().wait("j"), |_, _| Some(response(200, &answers.pop().unwrap())));
    assert!(done.is_ok());
    let told = [job("turn"), job("rate_limit"), job("recording"), JOB.to_owned()].map(Report::Job);
    assert_eq!(script.reports, told);
}
