//! Addresses that callers name: what is shown of one holds no secret, and no host but RingCentral's gets to see a token.
#![no_main]

use libfuzzer_sys::fuzz_target;
use ringcentral_ai::call::{Call, Event, Now, Step};
use ringcentral_ai::endpoint::Site;
use ringcentral_ai::engine::ringcentral::RingCentral;
use ringcentral_ai::engine::ringcentral::auth::{Credentials, Token};
use ringcentral_ai::engine::{Engine, Job, Media, RecordingId, Task};
use ringcentral_ai::http::{HttpRequest, HttpResponse, Url};
use ringcentral_ai::json::{Object, Value};
use ringcentral_ai::secret::{Secret, SecretUrl};

const TOKEN: &str = "S3CRET";
const OURS: [&str; 2] = ["media.ringcentral.com", "platform.ringcentral.com"];

fuzz_target!(|text: &str| {
    let _ = RecordingId::parse(text, "id");
    if text.contains(TOKEN) {
        return;
    }
    let json = Object::new().text("contentUri", text).write();
    let Some(value) = Value::parse(json.as_bytes()) else { panic!("our own JSON") };
    let Ok(media) = Media::parse(&value, false) else { return };
    let shown = media.shown();
    let address = Value::parse(shown.as_bytes()).and_then(|value| value.text_of("contentUri")).unwrap_or_default();
    assert!(!address.contains(['?', '#']) && Url::parse(&address, "").is_ok_and(|url| !url.has_userinfo()), "{address}");
    assert_eq!(Value::parse(media.write().expose().as_bytes()).map(|value| Media::parse(&value, false)), Some(Ok(media.clone())));
    for request in requests(media.clone(), Some(SecretUrl::masked_from("https://w.example/m".into(), 17))) {
        assert!(request.body.is_none_or(|body| !body.expose().contains(TOKEN)), "a token leaves though its media is relayed");
    }
    for request in requests(media, None) {
        let url = Url::parse(request.url.expose(), "");
        let is_ours = |address: &str| Url::parse(address, "").is_ok_and(|url| OURS.contains(&url.host()));
        assert!(url.is_ok_and(|url| OURS.contains(&url.host())), "asked of another host");
        let body = request.body.as_ref().map(|body| body.expose().to_owned()).unwrap_or_default();
        let media = Value::parse(body.as_bytes()).and_then(|body| body.text_of("contentUri")).unwrap_or_default();
        assert!(!media.contains(TOKEN) || is_ours(&media), "{media}");
    }
});

/// What is sent for a job on that media, each request answered with nothing.
fn requests(media: Media, relay: Option<SecretUrl>) -> Vec<HttpRequest> {
    let Ok(site) = Site::new(Site::SERVER, &[]) else { return Vec::new() };
    let engine = RingCentral::new(site, Credentials::Token(Token::foreign(Secret::new(TOKEN))));
    let fields = Value::parse(br#"{"encoding":"Wav"}"#).unwrap_or_default();
    let Ok(input) = engine.check(Task::SpeechToText, &fields) else { return Vec::new() };
    let webhook = SecretUrl::masked_from("https://w.example/c".into(), 17);
    let job = Job { task: Task::SpeechToText, input, media: Some(media), relay, webhook, asked_ms: None };
    let Ok(mut call) = engine.submit(job) else { return Vec::new() };
    let (mut sent, mut event, mut now) = (Vec::new(), Event::Go, Now { ms: 1_795_000_000_000, random: 7 });
    for _ in 0..50 {
        event = match call.step(event, now) {
            Step::Send(request) => {
                sent.push(request);
                Event::Response(HttpResponse { status: 200, headers: Vec::new(), body: Vec::new() })
            }
            Step::Sleep(ms) => {
                now.ms += ms;
                Event::Go
            }
            Step::Report(_) => Event::Go,
            Step::Done(_) | Step::Fail(_) => break,
        };
    }
    sent
}
