//! What a language model writes, held against what was said; and results without one, or without an answer of it.

use super::hearing::{CALLBACK, check, insight, made, missing};
use super::host::Host;
use super::script::{Script, Stop, response};
use ringcentral_ai::call::Event;
use ringcentral_ai::engine::chat::Chat;
use ringcentral_ai::engine::deepgram::Deepgram;
use ringcentral_ai::engine::hearing::Hearing;
use ringcentral_ai::engine::{Engine, Making, Task};
use ringcentral_ai::error::Result;
use ringcentral_ai::http::{HttpRequest, HttpResponse};
use ringcentral_ai::lifecycle::State;
use ringcentral_ai::secret::Secret;
use serde_json::{Value as Json, json};

fn engine() -> Hearing {
    let chat = Chat::new("http://127.0.0.1:9/v1", Some(Secret::new("S3CRET-chat")), None).unwrap();
    Deepgram::new(Secret::new("S3CRET-key"), "", None, Some(chat)).unwrap()
}

/// What Deepgram heard: a sentence of so many words again and again, by two speakers in turn.
fn conversation(sentences: u32) -> String {
    let mut words = Vec::new();
    for sentence in 0..sentences {
        for (place, word) in (0..).zip(["Der", "blaue", "Schal", "kommt", "am", "Montag."]) {
            let start = f64::from(sentence * 30 + place * 4) / 10.0;
            words.push(json!({"word": word.trim_end_matches('.').to_lowercase(), "punctuated_word": word, "start": start,
                "end": start + 0.3, "confidence": 0.9, "speaker": sentence % 2}));
        }
    }
    json!({"metadata": {"request_id": "7"}, "results": {"channels": [{"alternatives": [{"transcript": "…", "confidence": 0.9,
        "words": words}]}]}})
    .to_string()
}

#[allow(clippy::unnecessary_wraps)] // it is an answer as `made` takes one
fn says(content: &Json) -> Option<HttpResponse> {
    let body = json!({"choices": [{"index": 0, "message": {"role": "assistant", "content": content.to_string()}, "finish_reason": "stop"}]});
    Some(response(200, &body.to_string()))
}

fn body_of(request: &HttpRequest) -> Json {
    serde_json::from_str(request.body.as_ref().unwrap().expose()).unwrap()
}

/// What the model is given to read.
fn material(request: &HttpRequest) -> String {
    body_of(request)["messages"][1]["content"].as_str().unwrap().to_owned()
}

const FIELDS: &str = r#"{"languageCode":"de","insights":["All"]}"#;

#[test]
fn what_a_model_writes_has_the_times_of_what_it_is_about_and_what_it_makes_up_is_dropped() {
    let mut asked = Vec::new();
    let (response, made) = made(&engine(), Task::AnalyzeInteraction, FIELDS, &conversation(3), |request, _| {
        asked.push(material(request));
        says(&json!({
            "paragraphs": [{"text": " Der Schal kommt. ", "first": 0, "last": 1}, {"text": "Mehr.", "first": 2, "last": 9}, {"text": "", "first": 0, "last": 0}],
            "summary": "Ein Schal.",
            "topics": [{"topic": "Schal", "line": 1}, {"topic": "Geld", "line": 7}, {"topic": "schal", "line": 2}, {"topic": "x".repeat(81), "line": 0}],
            "phrases": ["blaue schal", "roter Schal", "Blaue Schal"],
        }))
    })
    .unwrap();
    assert_eq!(
        asked,
        [
            "[0] 0: Der blaue Schal kommt am Montag.\n[1] 1: Der blaue Schal kommt am Montag.\n[2] 0: Der blaue Schal kommt am Montag.\n"
        ]
    );
    assert_eq!(
        insight(&response, "AbstractiveSummaryLong"),
        Some(json!([{"value":"Der Schal kommt.","start":0,"end":5.3,"groupId":"0"},{"value":"Mehr.","groupId":"1"}]))
    );
    assert_eq!(insight(&response, "AbstractiveSummaryShort"), Some(json!([{"value":"Ein Schal.","start":0,"end":8.3}])));
    assert_eq!(insight(&response, "Topics"), Some(json!([{"value":"Schal","start":3,"end":5.3,"speakerId":"1"}])));
    assert_eq!(insight(&response, "KeyPhrases"), Some(json!([{"value":"blaue schal","start":0.4,"end":1.1,"speakerId":"0"}])));
    assert!(made.missing.is_empty(), "{:?}", made.missing);
}

#[test]
fn what_can_be_computed_is_not_asked_for() {
    let fields = r#"{"insights":["KeyPhrases","ExtractiveSummary","Pace"]}"#;
    let english = r#"{"metadata":{"request_id":"7"},"results":{"channels":[{"alternatives":[{"transcript":"","words":[
        {"word":"the","punctuated_word":"The","start":0,"end":1,"speaker":0},{"word":"scarf","punctuated_word":"scarf","start":1,"end":2,"speaker":0},
        {"word":"is","punctuated_word":"is","start":2,"end":3,"speaker":0},{"word":"on","punctuated_word":"on","start":3,"end":4,"speaker":0},
        {"word":"the","punctuated_word":"the","start":4,"end":5,"speaker":0},{"word":"table","punctuated_word":"table.","start":5,"end":6,"speaker":0}]}]}]}}"#;
    let (response, made) = made(&engine(), Task::AnalyzeInteraction, fields, english, super::hearing::nobody).unwrap();
    assert!(insight(&response, "KeyPhrases").is_some() && made.missing.is_empty());
    let silent = r#"{"metadata":{"request_id":"7"},"results":{"channels":[{"alternatives":[{"transcript":"","words":[]}]}]}}"#;
    let (response, made) =
        super::hearing::made(&engine(), Task::AnalyzeInteraction, "{}", silent, super::hearing::nobody).unwrap();
    assert_eq!((insight(&response, "Topics"), made.missing.len()), (Some(json!([])), 0), "in silence nobody has to look");
}

#[test]
fn a_model_that_fails_fails_no_job_and_what_it_did_not_write_is_named() {
    let names = ["AbstractiveSummaryLong", "AbstractiveSummaryShort", "Topics", "KeyPhrases"];
    let cut = json!({"choices": [{"message": {"content": "{\"paragraphs\": []"}, "finish_reason": "length"}]}).to_string();
    for (answer, times, reason) in [
        (Some(response(401, r#"{"error":{"message":"bad key S3CRET-chat"}}"#)), 1, "the speech service does not take its key"),
        (Some(response(200, &cut)), 2, "not JSON of the shape"),
        (says(&json!({"topics": []})), 2, "not JSON of the shape"),
        (Some(response(200, "<html>")), 2, "not JSON of the shape"),
        (Some(response(503, "")), 3, "not available"),
        (None, 3, "not available"),
    ] {
        let mut asked = 0;
        let (response, made) = made(&engine(), Task::AnalyzeInteraction, FIELDS, &conversation(3), |_, _| {
            asked += 1;
            answer.clone()
        })
        .unwrap();
        assert_eq!((missing(&made), asked), (names.to_vec(), times), "{answer:?}");
        let said = &made.missing[0].reason;
        assert!(said.contains(reason) && !said.contains("S3CRET"), "{said}");
        assert!(insight(&response, "ExtractiveSummary").is_some() && insight(&response, "Topics").is_none());
    }
}

#[test]
fn a_model_that_refuses_a_wish_is_asked_without_it_from_then_on() {
    let engine = engine();
    let refused = |name: &str| Some(response(400, &json!({"error": {"message": "not supported", "param": name}}).to_string()));
    let good = says(&json!({"paragraphs": [], "summary": "", "topics": [], "phrases": []}));
    let mut answers = vec![good.clone(), good, refused("response_format"), refused("max_tokens"), refused("temperature")];
    let mut bodies = Vec::new();
    for _ in 0..2 {
        made(&engine, Task::AnalyzeInteraction, FIELDS, &conversation(3), |request, _| {
            bodies.push(body_of(request));
            answers.pop().unwrap()
        })
        .unwrap();
    }
    let has = |at: usize, name: &str| bodies[at].get(name).is_some();
    let wishes: Vec<[bool; 3]> =
        (0..5).map(|at| ["temperature", "max_tokens", "response_format"].map(|name| has(at, name))).collect();
    assert_eq!(wishes, [[true; 3], [false, true, true], [false, false, true], [false; 3], [false; 3]]);
    assert!(bodies[4]["messages"][0]["content"].as_str().unwrap().contains("The JSON schema: {"));
}

#[test]
fn a_long_conversation_is_read_in_parts_that_are_put_together_in_their_order() {
    let run = || {
        let mut asked = Vec::new();
        let (response, _) = made(&engine(), Task::AnalyzeInteraction, FIELDS, &conversation(1_500), |request, _| {
            let material = material(request);
            let first = material.split([' ', ']']).next().unwrap().trim_start_matches('[').parse::<u64>().unwrap_or(u64::MAX);
            asked.push(material.len());
            if first == u64::MAX {
                return says(&json!({"summary": material}));
            }
            let topic = |name: &str, line: u64| json!({"topic": name, "line": line});
            says(&json!({
                "paragraphs": [{"text": format!("From {first}."), "first": first, "last": first}],
                "topics": [topic("Schal", first), topic(&format!("Line {first}"), first), topic("before", first.wrapping_sub(1))],
                "phrases": ["am Montag"],
            }))
        })
        .unwrap();
        (response, asked)
    };
    let (response, asked) = run();
    assert!(asked.len() == 3 && asked.iter().all(|bytes| *bytes <= 40_000), "{asked:?}");
    let paragraphs: Vec<_> = insight(&response, "AbstractiveSummaryLong")
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["value"].clone())
        .collect();
    let second = paragraphs[1].as_str().unwrap().to_owned();
    assert_eq!((paragraphs.len(), &paragraphs[0]), (2, &json!("From 0.")));
    assert_eq!(insight(&response, "AbstractiveSummaryShort").unwrap()[0]["value"], json!(format!("From 0.\n{second}")));
    let topics = insight(&response, "Topics").unwrap();
    let topics: Vec<_> = topics.as_array().unwrap().iter().map(|topic| topic["value"].as_str().unwrap()).collect();
    assert_eq!((topics.len(), topics[0], topics[1]), (3, "Schal", "Line 0"), "a line of another part is made up: {topics:?}");
    assert_eq!(insight(&response, "KeyPhrases").unwrap().as_array().unwrap().len(), 1);
    assert_eq!(run().0, response, "it is the same each time");
}

fn make(task: Task, fields: &str, answer: impl FnMut(&HttpRequest, u64) -> Option<HttpResponse>) -> Result<(Json, Vec<String>)> {
    let said = format!(r#"{{"task":"{}"}}"#, task.name());
    let (response, made) = made(&engine(), task, fields, &said, answer)?;
    Ok((response, missing(&made).into_iter().map(ToOwned::to_owned).collect()))
}

#[test]
fn a_punctuation_that_changes_a_word_is_asked_for_once_more_and_then_dropped() {
    let fields = r#"{"texts":["so its more fluid than it is","is it","","we will deliver today"]}"#;
    let mut asked = Vec::new();
    let (response, missing) = make(Task::Punctuate, fields, |request, _| {
        asked.push(material(request));
        says(&json!({"texts": [
            {"number": 1, "text": "Is it?"},
            {"number": 0, "text": if asked.len() == 1 { "So, it is more fluid than it is." } else { "So it's more fluid than it is." }},
            {"number": 2, "text": "We will deliver tomorrow."},
            {"number": 9, "text": "Nothing."},
        ]}))
    })
    .unwrap();
    assert_eq!(response["texts"], json!(["So it's more fluid than it is.", "Is it?", "", "we will deliver today"]));
    assert_eq!(missing, ["texts[3]"]);
    assert_eq!(asked[1], "[0] so its more fluid than it is\n[2] we will deliver today\n");
}

/// Each text with a full stop.
fn stopped(request: &HttpRequest) -> Option<HttpResponse> {
    let stopped = |line: &str| {
        let (number, text) = line[1..].split_once("] ").unwrap();
        json!({"number": number.parse::<u64>().unwrap(), "text": format!("{text}.")})
    };
    says(&json!({ "texts": material(request).lines().map(stopped).collect::<Vec<_>>() }))
}

#[test]
fn a_text_that_the_model_does_not_take_stays_as_it_was_given_and_the_others_are_punctuated() {
    let fields = json!({"texts": ["well ".repeat(1_900), "the forbidden word", "so it goes ".repeat(300)]}).to_string();
    let (response, missing) = make(Task::Punctuate, &fields, |request, _| {
        if material(request).contains("forbidden") {
            Some(response(400, r#"{"error":{"code":"content_filter"}}"#))
        } else {
            stopped(request)
        }
    })
    .unwrap();
    let texts: Vec<&str> = response["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    assert!(texts[0].ends_with("well."), "{}", texts[0]);
    assert_eq!(texts[1], "the forbidden word");
    assert!(texts[2].ends_with("so it goes."), "what was asked for beside it is asked for by itself: {}", texts[2]);
    assert_eq!(missing, ["texts[1]"]);
}

#[test]
fn a_long_text_without_spaces_gets_none() {
    let fields = json!({"texts": ["字".repeat(3_000)]}).to_string();
    let (response, missing) = make(Task::Punctuate, &fields, |request, _| stopped(request)).unwrap();
    let text = response["texts"][0].as_str().unwrap();
    assert_eq!((text.matches('.').count(), text.matches('字').count(), text.chars().count()), (3, 3_000, 3_003));
    assert!(missing.is_empty());
}

#[test]
fn a_long_text_is_punctuated_in_pieces() {
    let long = "word ".repeat(2_000).trim().to_owned();
    let fields = json!({"texts": [long, "so"]}).to_string();
    let mut asked = 0;
    let (response, missing) = make(Task::Punctuate, &fields, |request, _| {
        asked += 1;
        stopped(request)
    })
    .unwrap();
    assert_eq!(response["texts"][0].as_str().unwrap().matches("word.").count(), 3, "three pieces");
    assert_eq!(response["texts"][0].as_str().unwrap().replace('.', ""), long);
    assert_eq!((&response["texts"][1], missing.len(), asked), (&json!("so."), 0, 2), "no question is too long");
}

#[test]
fn where_nothing_else_was_asked_for_a_model_that_fails_fails_the_job_and_may_be_asked_later() {
    let texts = r#"{"texts":["so"]}"#;
    let short = r#"{"summaryType":"AbstractiveShort","utterances":[{"text":"The scarf comes on Monday."}]}"#;
    for (task, fields) in [(Task::Punctuate, texts), (Task::Summarize, short)] {
        let lost = make(task, fields, |_, _| None).unwrap_err();
        assert!(lost.is_retryable(), "{lost}");
        let refused = make(task, fields, |_, _| Some(response(401, ""))).unwrap_err();
        assert_eq!((refused.code(), refused.is_retryable()), ("engine_key_refused", false));
    }
    let all = short.replace("AbstractiveShort", "All");
    let (response, missing) = make(Task::Summarize, &all, |_, _| None).unwrap();
    assert_eq!(response["summaries"][0]["name"], "Extractive");
    assert_eq!(missing, ["AbstractiveSummaryLong", "AbstractiveSummaryShort"]);
}

#[test]
fn a_conversations_text_is_summed_up_through_the_door() {
    let engine = engine();
    let fields = r#"{"summaryType":"AbstractiveAll","utterances":[{"text":"The scarf comes on Monday.","speakerId":"A","start":1,"end":2.5}]}"#;
    let mut host = Host::of(&engine, Task::Summarize, fields, "", CALLBACK);
    host.submit(None);
    let made = host.make(br#"{"task":"summarize"}"#, |request, _| {
        assert_eq!(material(request), "[0] A: The scarf comes on Monday.\n");
        says(&json!({"paragraphs": [{"text": "It comes.", "first": 0, "last": 0}], "summary": "A scarf."}))
    });
    let response: Json = serde_json::from_str(&made.result).unwrap();
    let values = |at: usize| response["response"]["summaries"][at]["values"].clone();
    assert_eq!(values(0), json!([{"value":"It comes.","start":1,"end":2.5}]));
    assert_eq!(values(1), json!([{"value":"A scarf.","start":1,"end":2.5}]));
    assert_eq!(host.state(), Some(State::Succeeded));
}

#[test]
fn what_a_model_refuses_of_two_questions_at_once_is_left_out_of_both() {
    let engine = engine();
    let mut script = Script::default();
    let making = || {
        let input = check(&engine, Task::Punctuate, r#"{"texts":["so"]}"#).unwrap();
        let said = b"{}".to_vec();
        Making { task: Task::Punctuate, input, said, job_id: "1".into(), created_ms: 0, completed_ms: 0, expires_ms: 0 }
    };
    let refused = || Event::Response(response(400, r#"{"error":{"message":"no such thing","param":"temperature"}}"#));
    let mut calls = [making(), making()].map(|making| engine.make(making).unwrap());
    for call in &mut calls {
        let Stop::Sends(request) = script.go(call, Event::Go) else { panic!("it is asked") };
        assert_eq!(body_of(&request)["temperature"], 0);
    }
    for call in &mut calls {
        let Stop::Sends(request) = script.go(call, refused()) else { panic!("it is asked once more") };
        assert_eq!(body_of(&request).get("temperature"), None);
    }
}

#[test]
fn with_a_model_all_text_tasks_are_taken() {
    let engine = engine();
    assert!(engine.fields(Task::Punctuate).is_some());
    assert!(check(&engine, Task::Summarize, r#"{"summaryType":"AbstractiveLong","utterances":[{"text":"a"}]}"#).is_ok());
    let input = check(&engine, Task::Punctuate, r#"{"texts":["a"]}"#).unwrap();
    let said = b"{}".to_vec();
    let making = Making { task: Task::Punctuate, input, said, job_id: "1".into(), created_ms: 0, completed_ms: 0, expires_ms: 0 };
    let mut call = engine.make(making).unwrap();
    assert!(!format!("{:?}", Script::default().run(&mut call, |_, _| Some(response(401, "S3CRET-chat")))).contains("S3CRET"));
}
