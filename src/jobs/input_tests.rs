use super::super::rule_tests::{every_double, every_wrong, whole};
use super::*;
use serde_json::{Value as Json, json};

fn parse(task: Task, fields: &Json, prefix: &str) -> Result<JobInput> {
    JobInput::parse(task, &Value::parse(fields.to_string().as_bytes()).unwrap(), prefix)
}

#[track_caller]
fn refused(task: Task, fields: &Json) -> (String, String) {
    match parse(task, fields, "input") {
        Err(Error::InvalidField { field, reason }) => (field, reason),
        other => panic!("{task:?} {fields} gave {other:?}"),
    }
}

/// The least that a task is asked with.
fn least(task: Task) -> Json {
    match task {
        Task::SpeakerIdentify => json!({"speakerIds": ["a"]}),
        Task::Punctuate => json!({"texts": ["a"]}),
        Task::Summarize => json!({"utterances": [{"text": "a"}]}),
        _ => json!({}),
    }
}

fn with(task: Task, name: &str, value: &Json) -> Json {
    let mut fields = least(task);
    fields[name] = value.clone();
    fields
}

fn many(count: usize, of: &Json) -> Json {
    Json::Array(vec![of.clone(); count])
}

/// Values that a field takes, and values that it does not.
fn values(name: &str) -> (Vec<Json>, Vec<Json>) {
    let long = "a".repeat(1_001);
    let texts_wrong = vec![json!("a"), json!([1]), json!([["a"]]), json!({"0": "a"}), json!(null)];
    match name {
        "encoding" => {
            (vec![json!("Mpeg"), json!("Ogg")], vec![json!("MP3"), json!("mpeg"), json!(1), json!(null), json!(["Wav"])])
        }
        "languageCode" | "source" => (vec![json!("en-US")], vec![json!(""), json!(" "), json!(7), json!(["x"]), json!(long)]),
        "audioType" => (vec![json!("Voicemail"), json!("CallCenter")], vec![json!("Voice"), json!(true), json!(["Meeting"])]),
        "speakerCount" => {
            (vec![json!(-1), json!(1), json!(6)], vec![json!(0), json!(-2), json!(1.5), json!("2"), json!(1_001), json!(null)])
        }
        "speakerIds" => (
            vec![json!(["a"]), many(1_000, &json!("a"))],
            [texts_wrong, vec![json!([""]), json!([null]), many(1_001, &json!("a"))]].concat(),
        ),
        "speechContexts" => {
            let phrases = |count| json!([{ "phrases": many(count, &json!("a")) }]);
            let other = vec![json!([{"phrases": ["a"], "boost": 1}]), json!([{}]), json!({"phrases": ["a"]}), json!([["a"]])];
            (vec![phrases(1), phrases(50), json!([])], [other, vec![phrases(0), phrases(51), json!([{"phrases": [1]}])]].concat())
        }
        "insights" => (
            vec![json!(["All"]), json!(["Emotion", "Energy", "Topics"])],
            vec![json!([]), json!("All"), json!(["Everything"]), json!(["All", 1]), json!(null)],
        ),
        "sampleRate" => (vec![json!(8_000)], vec![json!(0), json!(-8_000), json!("8000"), json!(0.5), json!(null)]),
        "texts" => (
            vec![json!(["a"]), json!([long, ""]), many(1_001, &json!("a"))],
            [texts_wrong, vec![json!([]), json!(["a", null])]].concat(),
        ),
        "summaryType" => (
            ["Extractive", "AbstractiveShort", "AbstractiveLong", "AbstractiveAll", "All"].map(|name| json!(name)).to_vec(),
            vec![json!("Short"), json!(["All"]), json!(1), json!(null)],
        ),
        "utterances" => {
            let one = |name: &str, value: Json| {
                let mut utterance = json!({"text": "a", "speakerId": "0", "start": 0, "end": 4.800_000_000_000_001});
                utterance[name] = value;
                json!([{"text": "before"}, utterance])
            };
            let shapes =
                vec![json!([]), json!("a"), json!({"text": "a"}), json!([{}]), json!(["a"]), json!([{"speakerId": "0"}])];
            let fields = vec![
                one("text", json!(1)),
                one("text", json!(null)),
                one("speakerId", json!(0)),
                one("start", json!(-1)),
                one("start", json!("0")),
                one("end", json!([1])),
                one("confidence", json!(0.9)),
            ];
            (vec![one("text", json!(long)), one("end", json!(1e3)), many(1_001, &json!({"text": ""}))], [shapes, fields].concat())
        }
        "separateSpeakerPerChannel"
        | "enableVoiceActivityDetection"
        | "enablePunctuation"
        | "enableSpeakerDiarization"
        | "enableWordTimings" => (vec![json!(true), json!(false)], vec![json!("true"), json!(1), json!(null), json!([true])]),
        _ => panic!("{name} has no values to try"),
    }
}

const AUDIO: [&str; 4] = ["encoding", "languageCode", "source", "audioType"];
const SPEAKERS: [&str; 4] = ["separateSpeakerPerChannel", "speakerCount", "speakerIds", "enableVoiceActivityDetection"];

/// The fields of a task, after RingCentral's documents.
fn fields(task: Task) -> Vec<&'static str> {
    let own: &[&str] = match task {
        Task::SpeechToText => &["enablePunctuation", "enableSpeakerDiarization", "speechContexts"],
        Task::SpeakerDiarize => &[],
        Task::SpeakerIdentify => return [&AUDIO[..], &["speakerIds", "enableVoiceActivityDetection"]].concat(),
        Task::AnalyzeInteraction => &["insights", "speechContexts", "sampleRate", "enableWordTimings"],
        Task::Punctuate => return vec!["texts"],
        Task::Summarize => return vec!["summaryType", "utterances"],
    };
    [&AUDIO, &SPEAKERS, own].concat()
}

#[test]
fn the_rules_have_the_fields_of_the_documents() {
    for task in Task::ALL {
        let mut ruled: Vec<&str> = all(task).map(|rule| rule.name).collect();
        let mut documented = fields(task);
        ruled.sort_unstable();
        documented.sort_unstable();
        assert_eq!(ruled, documented, "{task:?}");
    }
}

#[test]
fn every_field_that_has_a_rule_is_refused_by_its_name_for_everything_but_what_the_rule_takes() {
    let mut tried = 0;
    for task in Task::ALL {
        let right = whole(rules(task));
        let input = parse(task, &right, "input").unwrap();
        assert_eq!(serde_json::from_str::<Json>(&input.write()).unwrap(), right, "{task:?}: all of it is sent as it was given");
        for (name, fields) in every_wrong(rules(task)) {
            let (field, reason) = refused(task, &fields);
            assert_eq!(field, ["input.", &name].concat(), "{task:?} {name}: {}", fields[&name]);
            assert!(!reason.is_empty() && !reason.contains("UklGRg"), "a value is not quoted: {reason}");
            tried += 1;
        }
        for (name, text) in every_double(rules(task)) {
            let fields = Value::parse(text.as_bytes()).unwrap();
            assert_eq!(JobInput::parse(task, &fields, ""), Err(Error::invalid(name, "it stands there twice")), "{task:?}");
        }
    }
    assert!(tried > 500, "{tried}");
}

#[test]
fn each_field_of_each_task_takes_what_is_right_and_refuses_what_is_wrong_by_its_name() {
    for task in Task::ALL {
        for name in fields(task) {
            let (right, wrong) = values(name);
            for value in right {
                assert!(parse(task, &with(task, name, &value), "input").is_ok(), "{task:?} {name}: {value}");
            }
            for value in wrong {
                let (field, reason) = refused(task, &with(task, name, &value));
                assert_eq!(field, ["input.", name].concat(), "{task:?} {value}");
                assert!(!reason.is_empty());
            }
        }
    }
}

#[test]
fn a_field_of_another_task_is_refused_by_its_name() {
    let mut every: Vec<&str> = Task::ALL.iter().flat_map(|task| fields(*task)).collect();
    every.extend(["content", "channelCount", "jobId", "Encoding"]);
    for task in Task::ALL {
        for name in every.iter().filter(|name| !fields(task).contains(name)) {
            let (field, reason) = refused(task, &with(task, name, &json!(["a"])));
            assert_eq!((field, reason), (["input.", name].concat(), [task.name(), " has no such field"].concat()));
        }
        for name in ["contentUri", "webhook"] {
            assert_eq!(refused(task, &with(task, name, &json!("https://h/x"))).0, ["input.", name].concat());
        }
    }
}

#[test]
fn what_a_task_cannot_do_without_is_named() {
    for (task, name) in [(Task::SpeakerIdentify, "speakerIds"), (Task::Punctuate, "texts"), (Task::Summarize, "utterances")] {
        assert_eq!(refused(task, &json!({})), (["input.", name].concat(), "it is missing".into()));
    }
    assert_eq!(refused(Task::SpeakerIdentify, &json!({"speakerIds": []})).0, "input.speakerIds");
    assert!(parse(Task::SpeakerDiarize, &json!({"speakerIds": []}), "").is_ok());
}

#[test]
fn the_place_in_a_list_is_named() {
    let wrong = json!({"utterances": [{"text": "a"}, {"text": "b", "start": "0"}]});
    let reason = "entry 2: start: it must be a number of seconds that is not negative";
    assert_eq!(refused(Task::Summarize, &wrong), ("input.utterances".into(), reason.into()));
    let (_, reason) = refused(Task::Summarize, &json!({"utterances": [{"text": "a", "words": []}]}));
    assert_eq!(reason, "entry 1: words: an utterance has no such field");
}

#[test]
fn the_old_spelling_of_the_speakers_is_read() {
    for task in [Task::SpeechToText, Task::SpeakerDiarize, Task::SpeakerIdentify, Task::AnalyzeInteraction] {
        let old = parse(task, &json!({"enrollmentIds": ["a"]}), "").unwrap();
        assert_eq!(old.write(), r#"{"speakerIds":["a"],"languageCode":"en-US"}"#);
        assert_eq!(refused(task, &json!({"enrollmentIds": "a"})).0, "input.enrollmentIds");
        let both = json!({"speakerIds": ["a"], "enrollmentIds": ["a"]}); // The test's map sorts its names.
        assert_eq!(refused(task, &both), ("input.speakerIds".into(), "it stands there twice".into()));
    }
    assert_eq!(refused(Task::Punctuate, &json!({"texts": ["a"], "enrollmentIds": ["a"]})).0, "input.enrollmentIds");
}

#[test]
fn what_is_left_out_has_the_guides_default() {
    assert_eq!(parse(Task::SpeechToText, &json!({}), "").unwrap().write(), r#"{"languageCode":"en-US"}"#);
    let summary = parse(Task::Summarize, &json!({"utterances": [{"text": "a"}]}), "").unwrap();
    assert_eq!(summary.write(), r#"{"utterances":[{"text":"a"}],"summaryType":"Extractive"}"#);
    assert_eq!(parse(Task::Punctuate, &json!({"texts": ["ä"]}), "").unwrap().write(), r#"{"texts":["ä"]}"#);
}

#[test]
fn the_examples_of_the_guide_pass_and_are_read_again_as_they_were_written() {
    let examples = [
        (Task::SpeechToText, include_str!("../../tests/payloads/request-speech-to-text.json")),
        (Task::SpeakerDiarize, include_str!("../../tests/payloads/request-speaker-diarize.json")),
        (Task::SpeakerIdentify, include_str!("../../tests/payloads/request-speaker-identify.json")),
        (Task::AnalyzeInteraction, include_str!("../../tests/payloads/request-analyze-interaction.json")),
        (Task::Punctuate, include_str!("../../tests/payloads/request-punctuate.json")),
        (Task::Summarize, include_str!("../../tests/payloads/request-summarize.json")),
    ];
    for (task, text) in examples {
        let mut fields: Json = serde_json::from_str(text).unwrap();
        fields.as_object_mut().unwrap().remove("contentUri");
        let input = parse(task, &fields, "").unwrap();
        assert_eq!(JobInput::parse(task, &Value::parse(input.write().as_bytes()).unwrap(), ""), Ok(input));
    }
}

#[test]
fn an_encoding_can_be_found_later_but_not_be_missing_when_it_is_sent() {
    let input = parse(Task::SpeechToText, &json!({}), "input").unwrap();
    assert_eq!(
        input.body(Task::SpeechToText, Some("https://h/x")),
        Err(Error::invalid("encoding", "it is missing, and the media does not tell"))
    );
    let body = input.with_encoding(Encoding::Wav).body(Task::SpeechToText, Some("https://h/x")).unwrap();
    assert_eq!(body, r#"{"languageCode":"en-US","encoding":"Wav","contentUri":"https://h/x"}"#);
}

#[test]
fn only_a_task_on_media_has_a_content_uri() {
    let texts = parse(Task::Punctuate, &json!({"texts": ["a"]}), "").unwrap();
    assert_eq!(texts.body(Task::Punctuate, None), Ok(r#"{"texts":["a"]}"#.into()));
    let named = |body: Result<String>| matches!(body, Err(Error::InvalidField { field, .. }) if field == "contentUri");
    assert!(named(texts.body(Task::Punctuate, Some("https://h/x"))));
    assert!(named(parse(Task::SpeakerDiarize, &json!({"encoding": "Wav"}), "").unwrap().body(Task::SpeakerDiarize, None)));
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    let twice = Value::parse(br#"{"encoding":"Wav","encoding":"Mpeg"}"#).unwrap();
    assert_eq!(JobInput::parse(Task::SpeechToText, &twice, ""), Err(Error::invalid("encoding", "it stands there twice")));
}

#[test]
fn what_is_not_an_object_is_named() {
    for task in Task::ALL {
        assert_eq!(refused(task, &json!([])).0, "input");
    }
}
