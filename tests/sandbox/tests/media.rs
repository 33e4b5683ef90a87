//! Media that nobody knows: how long they are, and what becomes of those that cannot be used.

mod stage;

use std::fs;
use std::time::{Duration, Instant};

use ringcentral_sandbox::Options;
use serde_json::json;
use stage::{Inbox, SPEECH_TO_TEXT, Stage, Then, file_server, quick, raw_server, silent_mp3, wav};

fn duration(file: Vec<u8>) -> f64 {
    audio::hear(file.into(), audio::Listen::ForSpeech).unwrap().duration_s
}

fn near(measured: f64, expected: f64) {
    assert!((measured - expected).abs() < 0.002, "{measured} instead of {expected}");
}

#[test]
fn a_wav_is_as_long_as_its_samples() {
    for (rate, channels, seconds) in [(8000, 1, 3.21), (11_025, 2, 2.5), (44_100, 2, 1.75), (48_000, 1, 0.5)] {
        near(duration(wav(rate, channels, seconds, |t, _| (t * 3000.0).sin() * 0.2)), seconds);
    }
}

#[test]
fn a_wav_with_an_unknown_length_is_read_to_its_end() {
    for said in [0_u32, u32::MAX] {
        let mut file = wav(8000, 1, 2.0, |t, _| (t * 3000.0).sin());
        file[40..44].copy_from_slice(&said.to_le_bytes());
        near(duration(file), 2.0);
    }
}

#[test]
fn an_mp3_is_as_long_as_its_frames() {
    let expected = 120.0 * 1152.0 / 44_100.0;
    near(duration(silent_mp3(120)), expected);
    let mut tagged = b"ID3\x03\0\0\0\0\x08\0".to_vec();
    tagged.resize(10 + 1024, 0);
    tagged.extend(silent_mp3(120));
    tagged.extend(b"TAG");
    tagged.resize(tagged.len() + 125, b' ');
    near(duration(tagged), expected);
}

#[test]
fn the_shipped_recordings_are_as_long_as_ffprobe_says() {
    for (name, ffprobe_s) in [("support-call.mp3", 83.484), ("voicemail.wav", 36.132_625)] {
        let file = fs::read(format!("{}/media/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        near(duration(file), ffprobe_s);
    }
}

#[test]
fn no_bytes_break_the_decoder() {
    let whole = fs::read(format!("{}/media/support-call.mp3", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let wave = wav(8000, 2, 0.5, |t, _| (t * 3000.0).sin());
    let mut noise = ringcentral_sandbox::random::Random::new(Some(3));
    for round in 0..60 {
        for source in [&whole[..20_000], &wave] {
            let mut file = source.to_vec();
            for _ in 0..=round {
                let bits = noise.bits();
                let at = usize::try_from(bits % file.len() as u64).unwrap();
                file[at] = bits.to_le_bytes()[7];
            }
            file.truncate(file.len() - round * 7);
            let _ = audio::hear(file.into(), audio::Listen::ForSpeech);
        }
    }
}

#[tokio::test]
async fn the_answer_carries_the_duration() {
    let stage = Stage::new(quick()).await;
    let uri = file_server(&wav(22_050, 1, 4.4, |t, _| (t * 3000.0).sin() * 0.2)).await;
    let envelope = stage.run(SPEECH_TO_TEXT, &uri, &json!({})).await;
    assert_eq!(envelope["status"], "Success");
    near(envelope["response"]["audio_duration"].as_f64().unwrap(), 4.4);
}

#[tokio::test]
async fn what_cannot_be_used_ends_as_a_failed_job_and_the_sandbox_goes_on() {
    let stage = Stage::new(Options { fetch_timeout: Duration::from_secs(2), ..quick() }).await;
    let missing = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";
    let html = "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 26\r\n\r\n<html><p>Sign in</p></html";
    let cut_off = "HTTP/1.1 200 OK\r\ncontent-type: audio/wav\r\ncontent-length: 90000\r\n\r\nRIFF";
    let endless = "HTTP/1.1 200 OK\r\ncontent-type: audio/mpeg\r\n\r\n";
    let stalled = "HTTP/1.1 200 OK\r\ncontent-length: 5000\r\n\r\n";
    let round = "HTTP/1.1 302 Found\r\nlocation: /media\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
    let cases = [
        ("the server answered 404", raw_server(missing, Then::Close).await),
        ("no audio format", raw_server(html, Then::Close).await),
        ("cut off", raw_server(cut_off, Then::Close).await),
        ("larger than 200 MB", raw_server(endless, Then::Repeat(&[0; 16_384])).await),
        ("in time", raw_server(stalled, Then::Hold).await),
        ("empty", file_server(b"").await),
        ("redirects", raw_server(round, Then::Close).await),
        ("cannot be reached", "http://127.0.0.1:1/media".to_owned()),
        ("no audio format", file_server(&[0; 5000]).await),
    ];
    let begun = Instant::now();
    for (reason, uri) in cases {
        let (inbox, hook) = Inbox::open(&[]).await;
        let input = json!({"contentUri": uri, "encoding": "Wav", "languageCode": "en-US"});
        assert_eq!(stage.submit(SPEECH_TO_TEXT, Some(&hook), &input).await.0, 202);
        let body = inbox.wait_for(1).await[0].body.clone();
        let envelope: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(envelope["status"], "Fail", "{reason}: {envelope}");
        let error = &envelope["response"]["errors"][0];
        assert_eq!((&error["errorCode"], &error["parameterName"]), (&"CAI-101".into(), &"contentUri".into()));
        let note = envelope["response"]["sandbox"]["note"].as_str().unwrap();
        assert!(note.contains(reason), "{note} instead of {reason}");
    }
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert_eq!(stage.get(stage::CALL_LOG).await.0, 200);
}
