//! Rate limits, CORS and the journal over HTTP.

mod stage;

use std::time::Duration;

use reqwest::{Method, Response};
use ringcentral_sandbox::Options;
use stage::{CALL_LOG, Stage, quick, read};
use tokio::time::sleep;

/// A sandbox with short windows, which somebody else has had decode its recordings: that may take longer than a window.
async fn tight() -> Stage {
    let mut stage = Stage::new(Options { limit_factor: 1, window_s: 2, ..quick() }).await;
    stage.sign_in("sandbox-noai").await;
    assert_eq!(ask(&stage).await.status(), 200);
    stage.sign_in("sandbox-client").await;
    stage
}

async fn ask(stage: &Stage) -> Response {
    stage.request(Method::GET, CALL_LOG).send().await.unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test]
async fn the_eleventh_heavy_request_starts_a_penalty_that_every_request_restarts() {
    let stage = tight().await;
    for left in (0..10).rev() {
        let response = ask(&stage).await;
        assert_eq!(response.status(), 200);
        assert_eq!(header(&response, "x-rate-limit-remaining"), left.to_string());
    }
    let refused = ask(&stage).await;
    for (name, value) in [
        ("retry-after", "2"),
        ("x-rate-limit-group", "heavy"),
        ("x-rate-limit-limit", "10"),
        ("x-rate-limit-remaining", "0"),
        ("x-rate-limit-window", "2"),
    ] {
        assert_eq!(header(&refused, name), value, "{name}");
    }
    let (status, body) = read(refused).await;
    assert_eq!((status, &body["errorCode"], &body["errors"][0]["errorCode"]), (429, &"CMN-301".into(), &"CMN-301".into()));
    assert!(body["message"].is_string());

    sleep(Duration::from_millis(1500)).await;
    assert_eq!(ask(&stage).await.status(), 429);
    sleep(Duration::from_secs(1)).await;
    // Two and a half seconds after the first penalty began, but one after it was restarted.
    assert_eq!(ask(&stage).await.status(), 429);
    sleep(Duration::from_millis(2100)).await;
    assert_eq!(ask(&stage).await.status(), 200);

    let (_, journal) = stage.get("/sandbox/requests").await;
    let heavy: Vec<_> = journal.as_array().unwrap().iter().filter(|entry| entry["group"] == "heavy").collect();
    assert_eq!(heavy.len(), 15);
    assert_eq!(heavy.iter().filter(|entry| entry["status"] == 429).count(), 3);
    assert_eq!(heavy.iter().filter(|entry| entry["in_penalty"] == true).count(), 2);
    assert!(!journal.to_string().contains(&stage.token));
}

#[tokio::test]
async fn groups_and_apps_have_limits_of_their_own() {
    let mut stage = tight().await;
    for _ in 0..11 {
        ask(&stage).await;
    }
    stage.sign_in("sandbox-public").await;
    assert_eq!(ask(&stage).await.status(), 200);
    for _ in 0..4 {
        stage.login("sandbox-public").await;
    }
    let (status, body) = stage.token_request("sandbox-public", &[]).await;
    assert_eq!((status, &body["errorCode"]), (429, &"CMN-301".into()));
}

#[tokio::test]
async fn a_page_may_read_the_answers() {
    let stage = Stage::new(quick()).await;
    let origin = "https://console.example";
    let response = stage.request(Method::GET, CALL_LOG).header("origin", origin).send().await.unwrap();
    assert_eq!(header(&response, "access-control-allow-origin"), origin);
    assert_eq!(header(&response, "access-control-allow-credentials"), "true");
    let exposed = header(&response, "access-control-expose-headers").to_lowercase();
    assert!(exposed.contains("retry-after") && exposed.contains("x-rate-limit-remaining"), "{exposed}");
    assert_eq!(header(&response, "rcrequestid").len(), 36);

    let preflight = stage.http.request(Method::OPTIONS, format!("{}{}", stage.base, stage::SPEECH_TO_TEXT));
    let preflight = preflight.header("origin", origin).header("access-control-request-method", "POST");
    let preflight = preflight.send().await.unwrap();
    assert!(preflight.status().is_success());
    assert_eq!(header(&preflight, "access-control-allow-origin"), origin);
    let allowed = header(&preflight, "access-control-allow-headers");
    for name in ["authorization", "content-type", "client-id", "x-user-agent"] {
        assert!(allowed.contains(name), "{name}");
    }
}
