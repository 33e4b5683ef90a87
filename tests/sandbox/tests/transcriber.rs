//! A program that tells the words of audio that nobody knows, and programs that do not.
#![cfg(unix)]

mod stage;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::Duration;

use ringcentral_sandbox::Options;
use ringcentral_sandbox::transcriber::Transcriber;
use serde_json::{Value, json};
use stage::{SPEECH_TO_TEXT, Stage, file_server, quick};

/// A script in a folder of its own.
fn script(name: &str, lines: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sandbox-transcriber-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join("told.sh");
    fs::write(&path, format!("#!/bin/sh\n{lines}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

/// The `response` of a job on audio that is unknown, with its bytes.
async fn response(command: &str, patience: Duration) -> (Value, Vec<u8>) {
    let transcriber = Transcriber::parse(command, patience);
    let stage = Stage::new(Options { transcriber, ..quick() }).await;
    let file = stage::wav(8000, 1, 4.0, |t, _| if t > 2.0 { (t * 900.0).sin() * (t * 20.0).sin().powi(2) } else { 0.0 });
    let job = stage.run(SPEECH_TO_TEXT, &file_server(&file).await, &json!({"enableSpeakerDiarization": true})).await;
    assert_eq!(job["status"], "Success", "{job}");
    (job["response"].clone(), file)
}

#[tokio::test]
async fn a_program_tells_the_words_and_its_file_is_deleted() {
    let words = r#"{"utterances": [{"speakerId": "0", "words": [{"text": "Hello.", "start": 2.1, "end": 2.5}]}]}"#;
    let path = script("good", &format!("cp \"$2\" \"$1\"\necho \"$2\" >\"$1.path\"\necho '{words}'"));
    let copy = path.with_file_name("copy");
    let (response, file) = response(&format!("{} {}", path.display(), copy.display()), Duration::from_secs(20)).await;
    assert_eq!((&response["transcript"], &response["words"][0]["start"]), (&"Hello.".into(), &2.1.into()));
    assert!(response["sandbox"].is_null(), "{response}");
    assert!(fs::read(&copy).unwrap() == file);
    let lay_at = fs::read_to_string(path.with_file_name("copy.path")).unwrap();
    assert!(lay_at.contains("ringcentral-sandbox-") && !fs::exists(lay_at.trim()).unwrap(), "{lay_at}");
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[tokio::test]
async fn a_program_that_fails_leaves_the_measured_speech_and_a_reason() {
    for (name, lines, reason) in [
        ("ends", "exit 3", "ended with exit status: 3"),
        ("text", "echo Hello", "its output is no words file: expected value at line 1"),
        ("mute", "", "its output is no words file: EOF"),
        ("shape", r#"echo '{"words": []}'"#, "missing field `utterances`"),
        (
            "times",
            r#"echo '{"utterances": [{"speakerId": "0", "words": [{"text": "a", "start": 2, "end": 1}]}]}'"#,
            "utterance 0: the word \"a\" from 2 to 1",
        ),
    ] {
        let path = script(name, lines);
        let (response, _) = response(&path.display().to_string(), Duration::from_secs(20)).await;
        let note = response["sandbox"]["note"].as_str().unwrap();
        assert!(note.starts_with("The transcriber failed: ") && note.contains(reason), "{note}");
        assert_eq!((&response["transcript"], response["sandbox"]["speech"].as_array().unwrap().len()), (&"".into(), 1));
        fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
    let (response, _) = response("/no/such/program", Duration::from_secs(20)).await;
    assert!(response["sandbox"]["note"].as_str().unwrap().contains("/no/such/program could not be run"));
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_program_that_takes_too_long_is_killed() {
    let path = script("slow", "echo $$ >\"$1\"\nexec sleep 60");
    let pid = path.with_file_name("pid");
    let (response, _) = response(&format!("{} {}", path.display(), pid.display()), Duration::from_secs(1)).await;
    assert!(response["sandbox"]["note"].as_str().unwrap().contains("it took more than 1 s and was killed"), "{response}");
    let process = format!("/proc/{}/stat", fs::read_to_string(pid).unwrap().trim());
    for _ in 0..100 {
        // What has ended but is not waited for yet is a zombie.
        let state = fs::read_to_string(&process).unwrap_or_default();
        if state.is_empty() || state.contains(") Z ") {
            fs::remove_dir_all(path.parent().unwrap()).unwrap();
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{process} still runs");
}
