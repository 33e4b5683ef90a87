//! The core as WebAssembly in a real page: what holds on this machine holds there, where `usize` has 32 bits.
#![cfg(target_arch = "wasm32")]

use ringcentral_ai::call::{Call, Event, Now, Operation, Step};
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, Token};
use ringcentral_ai::engine::ringcentral::client::Client;
use ringcentral_ai::engine::ringcentral::jobs::JobStatus;
use ringcentral_ai::error::Error;
use ringcentral_ai::http::HttpResponse;
use ringcentral_ai::secret::Secret;
use ringcentral_ai::transcript::{Format, Transcript};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const NOW: Now = Now { ms: 1_800_000_000_000, random: u64::MAX };

fn status_call() -> Operation<String> {
    let token = Credentials::Token(Token::foreign(Secret::new("S3CRET")));
    let client = Client::new(Site::new(Site::SERVER, &[]).unwrap(), token);
    client.call(JobStatus::new("1").unwrap())
}

#[wasm_bindgen_test]
fn a_call_is_stepped_to_its_end() {
    let mut call = status_call();
    let Step::Send(request) = call.step(Event::Go, NOW) else { panic!("it sends") };
    assert_eq!(format!("{request:?}"), "GET https://platform.ringcentral.com/ai/status/v1/jobs/1");
    let Step::Sleep(pause) = call.step(Event::Lost, NOW) else { panic!("it tries again") };
    assert!(pause > 0);
    assert!(matches!(call.step(Event::Go, NOW), Step::Send(_)));
    let body = br#"{"status":"InProgress"}"#.to_vec();
    let Step::Done(text) = call.step(Event::Response(HttpResponse { status: 200, headers: vec![], body }), NOW) else {
        panic!("it ends")
    };
    assert_eq!(text, r#"{"status":"InProgress"}"#);
}

#[wasm_bindgen_test]
fn a_dead_token_is_named_and_not_shown() {
    let mut call = status_call();
    let _ = call.step(Event::Go, NOW);
    let response = HttpResponse { status: 401, headers: vec![], body: b"S3CRET".to_vec() };
    let Step::Fail(error) = call.step(Event::Response(response), NOW) else { panic!("it fails") };
    assert_eq!(error, Error::TokenRejected);
    assert!(!format!("{error} {error:?}").contains("S3CRET"));
}

#[wasm_bindgen_test]
fn captions_of_a_recording_of_many_days_are_right() {
    let body = br#"{"response":{"words":[{"word":"late","start":9000000.5,"end":9000001}]}}"#;
    let transcript = Transcript::read(body).unwrap();
    assert_eq!(transcript.write(Format::Srt), "1\n2500:00:00,500 --> 2500:00:01,500\nlate\n\n");
    assert_eq!(transcript.segments[0].words[0].start_ms, 9_000_000_500);
}
