//! Each way of fetching a `contentUri`, against servers that bear it and servers that do not.

mod stage;

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::any;
use ringcentral_sandbox::Options;
use ringcentral_sandbox::fetch::{Fetcher, Way};
use serde_json::json;
use stage::{SPEECH_TO_TEXT, Stage, quick};
use tokio::net::TcpListener;

/// Two seconds; larger than two parts are.
fn file() -> Vec<u8> {
    stage::wav(48_000, 2, 8.0, |t, _| (t * 900.0).sin() * 0.3)
}

/// How a server treats ranges.
#[derive(Clone, Copy, PartialEq)]
enum Ranges {
    Served,
    Ignored,
    /// Only the first one is served.
    Forgotten,
    Shifted,
    Short,
    Unnamed,
    Growing,
}

type Asked = Arc<Mutex<Vec<String>>>;

/// A server that refuses HEAD and writes down what it was asked.
async fn server(ranges: Ranges) -> (String, Asked) {
    let asked = Asked::default();
    let seen = Arc::clone(&asked);
    let handler = async move |method: Method, headers: HeaderMap| {
        let range = headers.get(header::RANGE).map(|range| range.to_str().unwrap().to_owned());
        let count = {
            let mut seen = seen.lock().unwrap();
            seen.push(format!("{method} {}", range.as_deref().unwrap_or("whole")));
            seen.len()
        };
        if method == Method::HEAD {
            return StatusCode::METHOD_NOT_ALLOWED.into_response();
        }
        let file = file();
        match range {
            Some(range) if ranges != Ranges::Ignored && (ranges != Ranges::Forgotten || count == 1) => {
                part(ranges, &range, &file, count)
            }
            _ => Body::from(file).into_response(),
        }
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/media", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/media", any(handler))).await.unwrap() });
    (uri, asked)
}

fn part(ranges: Ranges, range: &str, file: &[u8], count: usize) -> Response {
    let (from, last) = range.strip_prefix("bytes=").unwrap().split_once('-').unwrap();
    let (from, last): (usize, usize) = (from.parse().unwrap(), last.parse().unwrap());
    let last = last.min(file.len() - 1);
    let (shift, total) = (usize::from(ranges == Ranges::Shifted), file.len() + if ranges == Ranges::Growing { count } else { 0 });
    let said = format!("bytes {}-{last}/{total}", from + shift);
    let end = if ranges == Ranges::Short { last } else { last + 1 };
    let body = Body::from(file[from..end].to_vec());
    if ranges == Ranges::Unnamed {
        return (StatusCode::PARTIAL_CONTENT, body).into_response();
    }
    (StatusCode::PARTIAL_CONTENT, [(header::CONTENT_RANGE, said)], body).into_response()
}

async fn fetch(way: Way, uri: &str) -> Result<Vec<u8>, String> {
    Fetcher::new(way, Duration::from_secs(9))
        .unwrap()
        .fetch(uri)
        .await
        .map(|file| file.to_vec())
        .map_err(|failure| failure.reason)
}

#[tokio::test]
async fn every_way_ends_a_job_and_asks_as_it_says() {
    let parts = ["GET bytes=0-65535", "GET bytes=65536-1114111", "GET bytes=1114112-2162687"];
    for (name, way) in Way::ALL {
        let expected = match way {
            Way::Plain | Way::Slow => &["GET whole"][..],
            Way::HeadFirst => &["HEAD whole", "GET whole"],
            Way::Twice => &["GET whole", "GET whole"],
            Way::Ranges => &parts,
        };
        let (uri, asked) = server(Ranges::Served).await;
        let stage = Stage::new(Options { fetch: way, ..quick() }).await;
        let job = stage.run(SPEECH_TO_TEXT, &uri, &json!({})).await;
        assert_eq!((&job["status"], &job["response"]["audio_duration"]), (&"Success".into(), &8.0.into()), "{name}: {job}");
        assert_eq!(*asked.lock().unwrap(), expected, "{name}");
    }
}

#[tokio::test]
async fn parts_make_the_file_or_a_reason() {
    assert!(fetch(Way::Ranges, &server(Ranges::Served).await.0).await.unwrap() == file());
    let (uri, asked) = server(Ranges::Ignored).await;
    assert!(fetch(Way::Ranges, &uri).await.unwrap() == file());
    assert_eq!(*asked.lock().unwrap(), ["GET bytes=0-65535"]);
    for (ranges, reason) in [
        (Ranges::Forgotten, "the server answered 200 to bytes=65536-1114111"),
        (Ranges::Shifted, "bytes=0-65535 was asked for, bytes 1-65535/1536044 came"),
        (Ranges::Short, "a part is not as long as its Content-Range says"),
        (Ranges::Unnamed, "a part came without a readable Content-Range"),
        (Ranges::Growing, "the file changed its length between two parts"),
    ] {
        assert_eq!(fetch(Way::Ranges, &server(ranges).await.0).await.unwrap_err(), reason);
    }
}

#[tokio::test]
async fn a_file_that_changes_between_two_fetches_is_told() {
    let count = Arc::new(Mutex::new(0));
    let handler = async move || {
        *count.lock().unwrap() += 1;
        format!("file {}", count.lock().unwrap())
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/", any(handler))).await.unwrap() });
    assert_eq!(fetch(Way::Twice, &uri).await.unwrap_err(), "the second time it was another file");
}

#[tokio::test]
async fn a_slow_reader_takes_its_time_and_still_gets_everything() {
    let (uri, _) = server(Ranges::Served).await;
    let took = async |way| {
        let begun = Instant::now();
        assert!(fetch(way, &uri).await.unwrap() == file());
        begun.elapsed()
    };
    let (plain, slow) = (took(Way::Plain).await, took(Way::Slow).await);
    // 1.5 MB at 1 MB a second.
    assert!(slow >= Duration::from_millis(1_400) && plain < slow, "{plain:?} and {slow:?}");
}

#[tokio::test]
async fn a_redirect_does_not_tell_the_next_host_where_it_comes_from() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&asked);
    let elsewhere = any(async move |headers: HeaderMap| *seen.lock().unwrap() = Some(headers));
    let here = any(async || Redirect::temporary("/elsewhere"));
    let app = Router::new().route("/here", here).route("/elsewhere", elsewhere);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    fetch(Way::Plain, &format!("{base}/here?access_token=S3CRET")).await.unwrap();
    let headers = asked.lock().unwrap().take().expect("it was asked");
    assert!(!headers.iter().any(|(_, value)| value.to_str().is_ok_and(|value| value.contains("S3CRET"))), "{headers:?}");
}
