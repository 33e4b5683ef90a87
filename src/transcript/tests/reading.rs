use super::{read, text};
use crate::error::Error;
use crate::transcript::{Format, Transcript};

macro_rules! payload {
    ($name:literal) => {
        include_str!(concat!("../../../tests/payloads/", $name, ".json"))
    };
}

/// `(start, end, word)` of every word.
fn times(transcript: &Transcript) -> Vec<(u64, u64, &str)> {
    let words = transcript.segments.iter().flat_map(|segment| &segment.words);
    words.map(|word| (word.start_ms, word.end_ms, word.text.as_str())).collect()
}

#[test]
fn bare_words_take_the_spelling_of_the_transcript() {
    let transcript = read(payload!("stt-success-no-diarization-2023-09-26"));
    let expected = "Thunderstorms could produce large hail, isolated tornadoes, and heavy rain.\n";
    assert_eq!(transcript.write(Format::Text), expected);
    assert_eq!(times(&transcript)[4], (3480, 3720, "hail,"));
    assert_eq!(times(&transcript)[9], (5800, 5960, "rain."));
}

#[test]
fn utterances_come_first_and_say_who_speaks() {
    let transcript = read(payload!("stt-success-diarized-2024-01-09"));
    assert_eq!(
        transcript.write(Format::Text),
        "Speaker 0: This call is now being recorded. Parker Scarves. How may I help you?\n\
         Speaker 1: I bought a scarf on line for my whites, and it turns out they shipped the wrong color.\n"
    );
    assert_eq!(transcript.segments[0].end_ms, 4800);
    let times = times(&transcript);
    assert_eq!(times[..3], [(160, 240, "This"), (400, 480, "call"), (640, 720, "is")]);
    // The sample gives times for three words; the others share what is left of the utterance.
    assert_eq!((times[3].0, times[12].1, times[13]), (720, 4800, (4800, 5360, "I")));
}

#[test]
fn an_interaction_has_its_words_in_its_utterances() {
    let transcript = read(payload!("analyze-interaction-success-with-emotion-2022"));
    assert_eq!(transcript.write(Format::Text), "Speaker 1: Could produce large hail isolated tornadoes and heavy rain.\n");
    assert_eq!((times(&transcript)[0].0, times(&transcript)[8].1), (2520, 6530));
}

#[test]
fn results_without_words_have_no_transcript() {
    for body in [
        payload!("diarize-success"),
        payload!("punctuate-success"),
        payload!("summarize-success"),
        payload!("recognize-emotion-success"),
        payload!("fail-contentUri-invalid"),
        payload!("job-status-inprogress"),
        payload!("job-status-success"),
        r#"{"status":"fail","response":{"transcript":"","words":[]}}"#,
        r#"{"status":"Success","response":null}"#,
        r#"{"status":"Success","response":{"speakerCount":0,"utterances":[]}}"#,
        r#"{"status":"Success","response":{"utterances":[{"speakerId":"A","start":1,"end":2}]}}"#,
        r#"{"status":"Success","response":{"speakerCount":1,"utterances":[{"speakerId":"A","start":1,"end":2}]}}"#,
        "{}",
        "[]",
        "7",
    ] {
        assert_eq!(Transcript::read(body.as_bytes()), Err(Error::NoTranscript), "{body}");
    }
}

#[test]
fn that_nobody_speaks_is_a_result() {
    for response in [
        r#"{"transcript":"","words":[]}"#,
        r#"{"transcript":" ","words":null}"#,
        r#"{"words":[{"word":" "}]}"#,
        r#"{"transcript":"","words":[],"utterances":[],"speakerCount":0}"#,
        r#"{"utterances":[]}"#,
        r#"{"utterances":[{"text":"\u0000","start":1,"end":2}]}"#,
        r#"{"utteranceInsights":[],"speakerInsights":{"speakerCount":0}}"#,
    ] {
        for body in [response.to_owned(), format!(r#"{{"status":"Success","response":{response}}}"#)] {
            let transcript = read(&body);
            assert_eq!(transcript.segments, [], "{body}");
            let written = [Format::Text, Format::Srt, Format::Vtt, Format::Json].map(|format| transcript.write(format));
            assert_eq!(written, ["", "", "WEBVTT\n\n", r#"{"segments":[]}"#]);
        }
    }
}

#[test]
fn words_are_read_whatever_the_status_says() {
    for status in ["success", "SUCCESS", "Completed", "Done", "InProgress", "Fail", ""] {
        let body = format!(r#"{{"status":"{status}","response":{{"words":[{{"word":"hello"}}]}}}}"#);
        assert_eq!(text(&body), "hello\n", "{status}");
    }
    assert_eq!(text(r#"{"status":"Success","response":{"transcript":"Hi \ud83d.","words":[]}}"#), "Hi \u{fffd}.\n");
}

#[test]
fn what_is_no_json_is_said_to_be_none() {
    for body in ["", "<html>", r#"{"status":"Success","response":{"words":["#] {
        assert_eq!(Transcript::read(body.as_bytes()).unwrap_err().code(), "unexpected_answer");
    }
}

#[test]
fn no_word_is_lost_to_a_transcript_that_says_something_else() {
    let with = |transcript: &str| {
        format!(r#"{{"transcript":"{transcript}","words":[{{"word":"one"}},{{"word":"hundred"}},{{"word":"%"}}]}}"#)
    };
    assert_eq!(text(&with("One, hundred %!")), "One, hundred %!\n");
    assert_eq!(text(&with("One hundred%.")), "One hundred%.\n");
    assert_eq!(text(&with("One hundred")), "One hundred %\n");
    assert_eq!(text(&with("100 %")), "one hundred %\n");
    assert_eq!(text(&with("")), "one hundred %\n");
}

#[test]
fn marks_alone_are_no_words_but_stay_where_there_is_nothing_else() {
    assert_eq!(text(r#"{"words":[{"word":"..."}]}"#), "...\n");
    assert_eq!(text(r#"{"transcript":"!","words":[{"word":"..."}]}"#), "...\n");
}

#[test]
fn a_transcript_alone_is_a_transcript() {
    let transcript = read(r#"{"status":"Success","response":{"transcript":"Hello  there.\nBye."}}"#);
    assert_eq!(transcript.write(Format::Text), "Hello there. Bye.\n");
    assert_eq!((transcript.segments[0].start_ms, transcript.segments[0].end_ms), (0, 13 * 70));
}

#[test]
fn speakers_and_silences_divide_bare_words() {
    let words = r#"{"words":[
        {"word":"on","start":0,"end":1,"speakerId":1},{"word":"line","start":1,"end":2,"speakerId":1},
        {"word":"yes","start":2,"end":3,"speakerId":"2"},
        {"word":"so","start":5,"end":6,"speakerId":"2"}],"transcript":"On line - yes! So?"}"#;
    assert_eq!(text(words), "Speaker 1: On line -\nSpeaker 2: yes!\nSpeaker 2: So?\n");
    let merged = words.replace("On line", "Online");
    assert_eq!(text(&merged), "Speaker 1: Online -\nSpeaker 2: yes!\nSpeaker 2: So?\n");
    let across = words.replace("On line - yes!", "On lineyes!");
    assert_eq!(text(&across), "Speaker 1: On lineyes!\nSpeaker 2: So?\n");
}

#[test]
fn utterances_without_timed_words_take_those_of_the_result() {
    let body = r#"{"utterances":[{"text":"Hi there.","start":0,"end":9},{"text":"Bye!","start":9,"end":20}],
        "words":[{"word":"hi","start":1,"end":2},{"word":"there","start":7,"end":8},{"word":"bye","start":10,"end":11}]}"#;
    assert_eq!(times(&read(body)), [(1000, 2000, "Hi"), (7000, 8000, "there."), (10_000, 11_000, "Bye!")]);
    let other = body.replace("\"bye\"", "\"by\"");
    assert_eq!(times(&read(&other))[2], (10_000, 11_000, "Bye!"));
    let strange = body.replace("\"word\":", "\"word\":\"x\",\"x\":");
    assert_eq!(times(&read(&strange))[2], (9000, 20_000, "Bye!"));
}

#[test]
fn utterances_without_text_take_their_timed_words() {
    let body = r#"{"utterances":[{"speakerId":"0","wordTimings":[{"word":"a b","start":1,"end":3},{"text":"c"}]}]}"#;
    assert_eq!(text(body), "Speaker 0: a b c\n");
    let empty = r#"{"utterances":[{"speakerId":"0","start":0,"end":1}],"words":[{"word":"a"}]}"#;
    assert_eq!(text(empty), "a\n");
}

#[test]
fn missing_times_lie_between_their_neighbours() {
    let body = r#"{"words":[{"word":"ab"},{"word":"cd","start":4,"end":"5.25"},{"word":"ef","start":null,"end":-3},{"word":"gh","start":7}]}"#;
    assert_eq!(times(&read(body)), [(3860, 4000, "ab"), (4000, 5250, "cd"), (5250, 7000, "ef"), (7000, 7140, "gh")]);
    let utterances = r#"{"utterances":[{"text":"abcd","start":1},{"text":"efgh"},{"text":"ij","start":3,"end":2}]}"#;
    assert_eq!(times(&read(utterances)), [(1000, 1280, "abcd"), (1280, 1560, "efgh"), (3000, 3140, "ij")]);
}

#[test]
fn absurd_values_are_no_times() {
    for value in
        ["1e300", "1e18", "true", "[]", "{}", r#""""#, r#""x""#, r#""1.x""#, r#""99999999999999999999""#, r#""36000000.001""#]
    {
        let body = format!(r#"{{"words":[{{"word":"a","start":{value},"end":{value}}}]}}"#);
        assert_eq!(times(&read(&body)), [(0, 70, "a")], "{value}");
    }
    for (value, ms) in
        [("4.800000000000001", 4800), ("0.0004", 0), (r#"" 12.3456 ""#, 12_346), (r#""7""#, 7000), ("360000.5", 360_000_500)]
    {
        let body = format!(r#"{{"words":[{{"word":"a","start":{value}}}]}}"#);
        assert_eq!(read(&body).segments[0].words[0].start_ms, ms, "{value}");
    }
}

#[test]
fn odd_shapes_are_stepped_over() {
    let body = r#"{"status":7,"response":{"transcript":{"x":1},"utterances":7,"utteranceInsights":[null,3,{},[1],{"text":5},{"speakerId":[]}],
        "words":[null,"x",{"word":null},{"start":1},{"word":"ok","speakerId":{},"wordTimings":"no","mood":[[{}]]}]}}"#;
    assert_eq!(text(body), "ok\n");
}

#[test]
fn control_characters_and_line_breaks_are_no_part_of_a_word() {
    let body = r#"{"utterances":[{"text":"a\u0000b\r\nc\u2028d\u0085e\u001b[0m","speakerId":"x\ny"}]}"#;
    assert_eq!(text(body), "x y: ab c d e[0m\n");
}

#[test]
fn speakers_are_called_by_the_names_that_they_are_given() {
    let names = [("0", "Ann <CEO>"), ("2", "Ann <CEO>"), ("7", "nobody")].map(|(id, name)| (id.into(), name.into()));
    let said =
        |speaker, text, start| format!(r#"{{"speakerId":"{speaker}","text":"{text}","start":{start},"end":{}}}"#, start + 1);
    let parts = [said(0, "Hello there.", 0), said(1, "Hi.", 2), said(2, "Bye now.", 4), said(0, "Bye.", 6)];
    let body = format!(r#"{{"utterances":[{}]}}"#, parts.join(","));
    let transcript = read(&body).named(names.into());
    let text = "Ann ‹CEO›: Hello there.\nSpeaker 1: Hi.\nAnn ‹CEO›: Bye now.\nAnn ‹CEO›: Bye.\n";
    assert_eq!(transcript.write(Format::Text), text);
    let srt = transcript.write(Format::Srt);
    assert_eq!(srt.matches("Ann ‹CEO›: ").count(), 2, "who goes on under the same name is named once:\n{srt}");
    assert!(transcript.write(Format::Vtt).contains("<v Ann ‹CEO›>"));
    let json = transcript.write(Format::Json);
    assert!(
        json.starts_with(r#"{"segments":[{"speaker":"0","name":"Ann <CEO>","start":"#)
            && json.contains(r#"{"speaker":"1","start""#)
    );
}
